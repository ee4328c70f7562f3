import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../kernel/index.js';
import type { KnownKeys } from '../keys/evidence-keys.js';
import { readLines } from '../log/read-lines.js';
import { isSigned } from '../keys/signed-line.js';
import type { Finding } from '../verify/finding.js';
import type { Attestation } from '../verify/attestation.js';
import { anchoredHead, type AnchoredHead } from './anchor-text.js';
import type { TimeStamp } from './check-time-stamp.js';
import { ANCHOR, readTimeStamps } from './read-time-stamps.js';

export interface AnchorsToRead {
  /** The evidence, where time-stamps are kept. */
  readonly folder: string;
  /** The second store. */
  readonly anchorFolder?: string;
  /** Certificates of time-stamp authorities that are trusted, PEM. */
  readonly roots?: readonly string[];
  readonly keys: KnownKeys;
  /** True for a head that was checked already. */
  readonly isKnown: (head: AnchoredHead) => boolean;
}
/** Attestations by anchors that are not known from elsewhere. */
export interface Anchors {
  /** By writer. */
  readonly files: ReadonlyMap<string, readonly Attestation[]>;
  readonly database: ReadonlyMap<string, readonly Attestation[]>;
  readonly findings: readonly Finding[];
  /** Heads in the second store. */
  readonly stored: number;
  readonly timeStamps: number;
  readonly newest?: Pick<TimeStamp, 'time' | 'authority'>;
}

/** Reads what was anchored, in the evidence and in a second store, and checks it.
 *  @throws HubError CONFIG_INVALID when the second store is not there */
export async function readAnchors(asked: AnchorsToRead): Promise<Anchors> {
  const { folder, anchorFolder, roots, keys, isKnown } = asked;
  const [files, database] = [new Map<string, Attestation[]>(), new Map<string, Attestation[]>()];
  const findings: Finding[] = [];
  const take = (head: AnchoredHead, source: string): boolean => {
    if (isKnown(head)) return true;
    if (!isSigned(Buffer.from(head.line), keys)) return false;
    const chains = head.inDatabase ? database : files;
    const attestations = chains.get(head.writer) ?? [];
    attestations.push({ seq: head.seq, hash: head.hash, source });
    chains.set(head.writer, attestations);
    return true;
  };
  const names = anchorFolder === undefined ? [] : await namesIn(anchorFolder);
  const stamps = { count: 0, newest: undefined as TimeStamp | undefined };
  let bad: Finding | undefined;
  for await (const { stamp, heads, finding } of readTimeStamps({ folder, copy: anchorFolder, roots })) {
    bad ??= finding;
    if (!stamp) continue;
    stamps.count++;
    stamps.newest = stamp;
    const source = `a time-stamp of ${stamp.time.toISOString()}`;
    const odd = heads.find((head) => !take(head, source));
    if (odd)
      bad ??= {
        ...ANCHOR,
        kind: 'altered',
        seq: stamps.count,
        message: `${source} covers a head that the hub did not sign`,
      };
  }
  if (bad) findings.push(bad);
  let stored = 0;
  for (const name of names) {
    const [, writer, home] = HEADS.exec(name) ?? [];
    if (writer === undefined) continue;
    const file = join(anchorFolder!, name);
    let number = 0;
    for await (const { bytes, ended } of readLines(file)) {
      if (!ended) break;
      number++;
      const head = anchoredHead(bytes.toString(), home !== undefined);
      if (head?.writer !== writer || !take(head, 'a head in the second store')) {
        const message = `line ${number} of the second store is no head of this chain that the hub signed`;
        findings.push({ kind: 'altered', writer, file, seq: head?.seq ?? 0, message });
        break;
      }
      stored++;
    }
  }
  return { files, database, findings, stored, timeStamps: stamps.count, newest: stamps.newest };
}

const HEADS = /^([0-9a-f]{12})\.(database-)?heads\.ndjson$/;

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new HubError(
      'CONFIG_INVALID',
      `The anchors in ${folder} cannot be read: ${error.code}.`,
      {},
      { cause: error },
    );
  });
}
