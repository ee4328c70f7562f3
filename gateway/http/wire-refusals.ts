import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HubError, type Caller } from '../../shared/kernel/index.js';
import { refuseDuplicates } from './request-headers.js';
import { within } from './within.js';

/** A request that was refused before it became an exchange: malformed, too large, of a wrong type or method, one too many. */
export interface WireRefusal {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly milliseconds: number;
  readonly error: HubError;
  /** Who sent it, where a token that came with it says so. */
  readonly caller?: Caller | undefined;
  /** How many with the same code, in the same second, this one stands for; absent for itself alone. */
  readonly repeated?: number;
}

export interface WireRefusalsOptions {
  /** Resolves when it is on stable storage. */
  readonly store: (refusal: WireRefusal) => Promise<void>;
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** How many a second are stored one by one. */
  readonly perSecond: number;
  /** Longest wait for the record, milliseconds. */
  readonly recordMs: number;
  /** Told of what cannot be stored. */
  readonly onFault: (error: unknown, requestId: string) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** How long finding out who sent a refused request may take, milliseconds. */
const WHO_MS = 1_000;

/** Keeps evidence of what the wire refuses, without giving a flood of nonsense the disk: beyond so many a second,
 *  refusals with the same code become one record for each second, which says how many they were. A process that is
 *  killed loses what it counted together in its last second; what is stored one by one is never lost. */
export class WireRefusals {
  #second = 0;
  #stored = 0;
  #counted = new Map<string, WireRefusal>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WireRefusalsOptions) {}

  /** Resolves when the refusal is on stable storage, or at once when it is counted together with others.
   *  @returns what the client is told instead when it could not be stored */
  async keep(refusal: WireRefusal, request: IncomingMessage): Promise<HubError | undefined> {
    const { store, perSecond, recordMs, onFault, now = Date.now } = this.options;
    const second = Math.floor(now() / 1000);
    if (second !== this.#second) {
      [this.#second, this.#stored] = [second, 0];
      if (this.#counted.size > 0) void this.#storeCounted();
    }
    if (this.#stored >= perSecond) {
      this.#count(refusal);
      return undefined;
    }
    this.#stored++;
    try {
      const stored = this.#whoSent(request).then((caller) => store({ ...refusal, caller }));
      await within(stored, recordMs, () => {
        throw new Error(`The record of a refusal was not on disk after ${recordMs} ms.`);
      });
      return undefined;
    } catch (error) {
      onFault(error, refusal.requestId);
      return unrecorded();
    }
  }

  /** Stores what was counted together. */
  async close(): Promise<void> {
    await this.#storeCounted();
    clearTimeout(this.#timer);
  }

  /** Whose token came with it; undefined when none did, or it is nobody's, or there were two. */
  async #whoSent(request: IncomingMessage): Promise<Caller | undefined> {
    try {
      refuseDuplicates(request);
      return await within(this.options.identify(request.headers), WHO_MS, () => undefined);
    } catch {
      return undefined;
    }
  }

  #count(refusal: WireRefusal): void {
    const { code } = refusal.error;
    const first = this.#counted.get(code);
    const repeated = (first ? (first.repeated ?? 1) : 0) + (refusal.repeated ?? 1);
    this.#counted.set(code, repeated > 1 ? { ...(first ?? refusal), repeated } : refusal);
    this.#timer ??= setTimeout(() => void this.#storeCounted(), 1_000).unref();
  }

  async #storeCounted(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counted = [...this.#counted.values()];
    this.#counted = new Map();
    for (const refusal of counted) {
      try {
        await this.options.store(refusal);
      } catch (error) {
        this.options.onFault(error, refusal.requestId);
        this.#count(refusal);
      }
    }
  }
}

/** What a caller is told whose record could not be stored. */
export const unrecorded = (): HubError =>
  new HubError('EVIDENCE_UNAVAILABLE', 'The access record could not be written, so nothing is released.');
