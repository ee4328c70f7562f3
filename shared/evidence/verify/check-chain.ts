import { join } from 'node:path';
import type { Segment } from '../evidence-folder.js';
import { linesOf, type Line } from '../lines.js';
import { hashOf, lineStart, placeOf } from '../record-line.js';
import type { SignedHead } from '../signed-head.js';
import type { Finding } from './finding.js';
import { nameFault } from './name-fault.js';

export interface ChainToCheck {
  readonly folder: string;
  readonly writer: string;
  /** The segments to check, in order. */
  readonly segments: readonly Segment[];
  /** Number of the first record that must be there. */
  readonly first: number;
  /** Number of the record that must follow the last of these segments; absent when they end the chain. */
  readonly next?: number;
  readonly heads: readonly SignedHead[];
}
export interface CheckedChain {
  readonly records: number;
  /** Records behind the newest head that vouches for the chain. */
  readonly unsigned: number;
  /** Something without a line end stands behind the last record: being written, or left by a crash; nobody was answered. */
  readonly unfinished: boolean;
  readonly finding?: Finding;
}

/** Walks along a chain: every record fits its hash, follows the one before it, and is the one that the heads vouch for.
 *  @param passed  told of the records and bytes that were found good since the last call */
export async function checkChain(
  { folder, writer, segments, first, next, heads }: ChainToCheck,
  passed: (records: number, bytes: number) => void,
): Promise<CheckedChain> {
  const newest = heads.at(-1)?.seq ?? 0;
  let [seq, prev, records, unfinished] = [first, prevOf(first, heads), 0, false];
  let [before, head, vouched]: [string | undefined, number, number] = [undefined, 0, first - 1];
  while (heads[head] && heads[head]!.seq < first) head++;
  const result = (finding?: Finding): CheckedChain => ({
    records,
    unsigned: seq - 1 - vouched,
    unfinished,
    ...(finding && { finding }),
  });

  for (const [at, { name }] of segments.entries()) {
    for await (const { bytes, offset } of linesOf(join(folder, name))) {
      const known = records;
      for (let start = 0; start < bytes.length;) {
        const feed = bytes.indexOf(10, start);
        const stop = feed < 0 ? bytes.length : feed;
        const text = bytes.subarray(start, stop);
        prev ??= placeOf(text)?.prev ?? '';
        const begin = lineStart({ writer, seq, prev });
        const digest = text.toString('latin1', 0, begin.length) === begin ? hashOf(text) : undefined;
        if (digest === undefined) {
          unfinished = feed < 0 && next === undefined && at === segments.length - 1 && newest < seq;
          if (unfinished) break;
          const line: Line = { bytes: Buffer.from(text), end: offset + stop + 1, ended: feed >= 0 };
          return result(await nameFault({ folder, segments, at, line, expected: { writer, seq, prev }, before }));
        }
        for (; heads[head]?.seq === seq; head++) {
          if (heads[head]!.hash !== digest) return result(rewritten(writer, name, vouched + 1, seq));
          vouched = seq;
        }
        [prev, before] = [digest, name];
        start = stop + 1;
        seq++;
        records++;
      }
      passed(records - known, bytes.length);
    }
  }
  return result(cutOff({ writer, seq, file: before, next, newest }));
}

/** The hash of the record before the first: none before record 1; else as a head says, or as the first record does. */
function prevOf(first: number, heads: readonly SignedHead[]): string | undefined {
  return first === 1 ? '' : heads.find((head) => head.seq === first - 1)?.hash;
}

function rewritten(writer: string, file: string, seq: number, until: number): Finding {
  const range = seq === until ? `record ${seq} was` : `one of the records ${seq} to ${until} was`;
  return { kind: 'altered', writer, file, seq, until, says: `${range} rewritten: a signed head names another` };
}

function cutOff(end: {
  writer: string;
  seq: number;
  file?: string;
  next?: number;
  newest: number;
}): Finding | undefined {
  const { writer, seq, file, next, newest } = end;
  if (next !== undefined) {
    if (next === seq) return undefined;
    return { kind: 'dropped', writer, file, seq, until: next - 1, says: `the next segment begins with record ${next}` };
  }
  if (newest < seq) return undefined;
  return { kind: 'truncated', writer, file, seq, until: newest, says: `a signed head vouches for ${newest} records` };
}
