import { join } from 'node:path';
import { headsName } from '../log/evidence-folder.js';
import type { KnownKeys } from '../keys/evidence-keys.js';
import { readLines } from '../log/read-lines.js';
import { readHead, type SignedHead } from '../log/signed-head.js';
import { isSigned } from '../keys/signed-line.js';
import type { FaultKind, Finding } from './finding.js';

export interface CheckedHeads {
  /** Those that are signed by a known key, up to the first that is not. */
  readonly heads: readonly SignedHead[];
  readonly finding?: Finding;
}

/** Reads the signed heads of a chain. What stands behind the last line end is being written, or was when its writer was
 *  killed. */
export const checkHeads = (folder: string, writer: string, keys: KnownKeys): Promise<CheckedHeads> =>
  checkHeadLines(endedLines(join(folder, headsName(writer))), { file: headsName(writer), writer, keys });

/** Checks signed heads, wherever they are kept: each is signed by a key in use then, and follows the one before it.
 *  `file` says where they are kept, for a finding. */
export async function checkHeadLines(
  lines: AsyncIterable<Buffer>,
  kept: { readonly file: string; readonly writer: string; readonly keys: KnownKeys },
): Promise<CheckedHeads> {
  const { file, writer, keys } = kept;
  const heads: SignedHead[] = [];
  let order = 0;
  const bad = (kind: FaultKind, message: string): CheckedHeads => ({
    heads,
    finding: { kind, writer, file, seq: heads.at(-1)?.seq ?? 0, message: `head ${heads.length + 1} ${message}` },
  });
  for await (const bytes of lines) {
    const head = readHead(bytes);
    if (!head) return bad('altered', 'cannot be read');
    const key = keys.get(head.key);
    if (!key) return bad('altered', `names key ${head.key}, which is not among the known keys`);
    if (!isSigned(bytes, keys)) return bad('altered', 'does not fit its signature');
    if (head.writer !== writer) return bad('inserted', 'belongs to another chain');
    if (head.number <= heads.length) return bad('inserted', `stands there as number ${head.number}, once too often`);
    if (head.number > heads.length + 1) return bad('dropped', `is missing; number ${head.number} stands in its place`);
    if (key.order < order) return bad('altered', 'was signed with a key that was out of use by then');
    order = key.order;
    heads.push(head);
  }
  return { heads };
}

async function* endedLines(path: string): AsyncGenerator<Buffer> {
  for await (const { bytes, ended } of readLines(path)) if (ended) yield bytes;
}
