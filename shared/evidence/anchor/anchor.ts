import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLockFile } from '../../files/try-lock-file.js';
import { databaseHeadsName, headsName, listWriters } from '../log/evidence-folder.js';
import { readLastLine } from '../log/read-last-line.js';
import {
  anchoredHead,
  anchorsFile,
  anchorText,
  hashOfLine,
  headsIn,
  readAnchorLine,
  readAnchorText,
  type AnchoredHead,
} from './anchor-text.js';
import { appendLine } from './append-line.js';
import { copyLines } from './copy-lines.js';
import { requestTimeStamp } from './request-time-stamp.js';

export interface AnchorOptions {
  /** The evidence. */
  readonly folder: string;
  /** A folder on another disk, which must be there. */
  readonly anchorFolder?: string;
  readonly timeStamps?: {
    /** Address of a time-stamp authority. */
    readonly url: string;
    /** Certificates that are trusted, PEM. */
    readonly roots?: readonly string[];
    /** Least time between two time-stamps, milliseconds. */
    readonly every: number;
    /** Least time before a failed request is made again, milliseconds. */
    readonly retry?: number;
    /** Longest time for a request, milliseconds. */
    readonly timeout?: number;
  };
  /** The newest signed head of each chain that is written in the database, as it was signed. */
  readonly databaseHeads?: () => Promise<readonly string[]>;
  readonly now?: () => number;
}
/** State of one way of anchoring. */
export interface Anchoring {
  /** Time of the last success, ISO 8601. */
  readonly at?: string;
  /** Why it does not work, and since when. */
  readonly failing?: { readonly why: string; readonly since: string };
}
export interface AnchorStatus {
  /** The second store, where there is one; on the same disk it outlives nothing that the evidence does not. */
  readonly store?: Anchoring & { readonly sameDisk?: boolean };
  readonly timeStamps?: Anchoring;
  /** Reading the heads that are in the database. */
  readonly database?: Anchoring;
  /** Another process anchors this evidence. */
  readonly elsewhere: boolean;
}

/** Puts signed heads where who can change the evidence cannot change them too: into a second folder, and under a
 *  time-stamp. `run` does what is due and is called again and again; what fails is shown by `status` and tried again, and
 *  keeps nothing else from being done.
 *  @source QZ-8.2e; RFC 3161 */
export class Anchor {
  private running?: Promise<void>;
  private readonly states: { store?: Anchoring; timeStamps?: Anchoring; database?: Anchoring };
  private sameDisk?: boolean;
  private elsewhere = false;
  private notBefore = 0;

  constructor(private readonly options: AnchorOptions) {
    this.states = {
      ...(options.anchorFolder !== undefined && { store: {} }),
      ...(options.timeStamps && { timeStamps: {} }),
      ...(options.databaseHeads && { database: {} }),
    };
  }

  status(): AnchorStatus {
    const { store, timeStamps, database } = this.states;
    return { store: store && { ...store, sameDisk: this.sameDisk }, timeStamps, database, elsewhere: this.elsewhere };
  }

  /** Anchors what is due. Never rejects; calls at the same time are one. */
  run(): Promise<void> {
    return (this.running ??= this.round().finally(() => (this.running = undefined)));
  }

  private async round(): Promise<void> {
    const { folder, anchorFolder, timeStamps } = this.options;
    if (anchorFolder === undefined && !timeStamps) return;
    let release: (() => void) | undefined;
    try {
      release = tryLockFile(join(folder, 'anchor.lock'));
    } catch (error) {
      for (const part of ['store', 'timeStamps'] as const) this.failed(part, error);
      return;
    }
    this.elsewhere = !release;
    if (!release) return;
    try {
      const inDatabase = (await this.part('database', () => this.databaseHeads())) ?? [];
      await this.part('timeStamps', () => this.stamp(inDatabase));
      await this.part('store', () => this.copy(inDatabase));
    } finally {
      release();
    }
  }

  /** Does a part that is wanted, and notes how it went.
   *  @param act  resolves with NOT_DUE where all stays as it was */
  private async part<T>(name: keyof typeof this.states, act: () => Promise<T>): Promise<T | undefined> {
    if (!this.states[name]) return undefined;
    try {
      const done = await act();
      if (done !== NOT_DUE) this.states[name] = { at: this.time() };
      return done;
    } catch (error) {
      this.failed(name, error);
      return undefined;
    }
  }

  private failed(name: keyof typeof this.states, error: unknown): void {
    const state = this.states[name];
    if (!state) return;
    const { code, message } = error as NodeJS.ErrnoException;
    this.states[name] = { at: state.at, failing: { why: code ?? message, since: state.failing?.since ?? this.time() } };
  }

  private async databaseHeads(): Promise<AnchoredHead[]> {
    const lines = await this.options.databaseHeads!();
    return lines.map((line) => anchoredHead(line.trimEnd(), true)).filter((head) => head !== undefined);
  }

  private async copy(inDatabase: readonly AnchoredHead[]): Promise<void> {
    const { folder, anchorFolder } = this.options;
    const [own, other] = [await stat(folder), await stat(anchorFolder!).catch(isNotThere)];
    this.sameDisk = own.dev === other.dev;
    for (const writer of await listWriters(folder))
      await copyLines(join(folder, headsName(writer)), join(anchorFolder!, headsName(writer)));
    for (const { writer, line } of inDatabase) {
      const path = join(anchorFolder!, databaseHeadsName(writer));
      if ((await readLastLine(path, (last) => last)).line?.toString() !== line) await appendLine(path, line);
    }
    await copyLines(anchorsFile(folder), anchorsFile(anchorFolder!));
  }

  private async stamp(inDatabase: readonly AnchoredHead[]): Promise<typeof NOT_DUE | undefined> {
    const { url, roots, every, retry = Math.min(every, 60_000), timeout = 10_000 } = this.options.timeStamps!;
    const path = anchorsFile(this.options.folder);
    const { value: last, line } = await readLastLine(path, readAnchorLine);
    this.states.timeStamps = { at: last?.time, ...this.states.timeStamps };
    const now = this.now();
    if (now < this.notBefore || (last && now - Date.parse(last.time) < every)) return NOT_DUE;
    const heads = [...(await this.folderHeads()), ...inDatabase];
    const number = 1 + (last ? (readAnchorText(last.text)?.number ?? 0) : 0);
    const text = anchorText(number, line ? hashOfLine(line) : '', heads);
    if (heads.length === 0 || (last && headsIn(last.text) === headsIn(text))) return NOT_DUE;
    this.notBefore = now + retry;
    const { time, token } = await requestTimeStamp({ url, text, roots, timeout });
    await appendLine(path, JSON.stringify({ time: time.toISOString(), text, token: token.toString('base64') }));
    this.notBefore = 0;
    return undefined;
  }

  private async folderHeads(): Promise<AnchoredHead[]> {
    const { folder } = this.options;
    const heads: AnchoredHead[] = [];
    for (const writer of await listWriters(folder)) {
      const { value } = await readLastLine(join(folder, headsName(writer)), (line) => anchoredHead(line.toString()));
      if (value) heads.push(value);
    }
    return heads;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private time(): string {
    return new Date(this.now()).toISOString();
  }
}

const NOT_DUE = Symbol('not due');

function isNotThere(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error;
  throw new Error('the anchor folder is not there');
}
