import { join } from 'node:path';
import type { Segment } from '../evidence-folder.js';
import { linesOf, type Line } from '../lines.js';
import { hashOf, lineStart, placeOf } from '../record-line.js';
import type { Finding } from './finding.js';
import { nameFault } from './name-fault.js';
import type { Vouch } from './vouch.js';

export interface ChainToCheck {
  readonly folder: string;
  readonly writer: string;
  /** The segments to check, in order. */
  readonly segments: readonly Segment[];
  /** Number of the first record that must be there. */
  readonly first: number;
  /** Number of the record that must follow the last of these segments; absent when they end the chain. */
  readonly next?: number;
  /** Who vouches for what of it, in the order of the records. */
  readonly vouches: readonly Vouch[];
}
export interface CheckedChain {
  readonly records: number;
  /** Records behind the newest one that anybody vouches for. */
  readonly unsigned: number;
  /** Something without a line end stands behind the last record: being written, or left by a crash; nobody was answered. */
  readonly unfinished: boolean;
  readonly finding?: Finding;
}

/** Walks along a chain: every record fits its hash, follows the one before it, and is the one that is vouched for.
 *  @param passed  told of the records and bytes that were found good since the last call */
export async function checkChain(
  { folder, writer, segments, first, next, vouches }: ChainToCheck,
  passed: (records: number, bytes: number) => void,
): Promise<CheckedChain> {
  const newest = vouches.at(-1);
  let [seq, prev, records, unfinished] = [first, prevOf(first, vouches), 0, false];
  let [before, at, vouched]: [string | undefined, number, number] = [undefined, 0, first - 1];
  while (vouches[at] && vouches[at]!.seq < Math.max(first - 1, 1)) at++;
  const result = (finding?: Finding): CheckedChain => ({
    records,
    unsigned: seq - 1 - vouched,
    unfinished,
    ...(finding && { finding }),
  });

  for (; first > 1 && vouches[at]?.seq === first - 1; at++)
    if (vouches[at]!.hash !== prev) return result(rewritten(writer, undefined, vouched, vouches[at]!));

  for (const [index, { name }] of segments.entries()) {
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
          unfinished = feed < 0 && next === undefined && index === segments.length - 1 && (newest?.seq ?? 0) < seq;
          if (unfinished) break;
          const line: Line = { bytes: Buffer.from(text), end: offset + stop + 1, ended: feed >= 0 };
          return result(
            await nameFault({ folder, segments, at: index, line, expected: { writer, seq, prev }, before }),
          );
        }
        for (; vouches[at]?.seq === seq; at++) {
          if (vouches[at]!.hash !== digest) return result(rewritten(writer, name, vouched + 1, vouches[at]!));
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

/** The hash of the record before the first: none before record 1; else as is vouched for, or as the first record says. */
function prevOf(first: number, vouches: readonly Vouch[]): string | undefined {
  return first === 1 ? '' : vouches.find(({ seq }) => seq === first - 1)?.hash;
}

function rewritten(writer: string, file: string | undefined, seq: number, { seq: until, by }: Vouch): Finding {
  const range = seq === until ? `record ${seq} was` : `one of the records ${seq} to ${until} was`;
  return { kind: 'altered', writer, file, seq, until, says: `${range} rewritten: ${by} names another` };
}

function cutOff(end: {
  writer: string;
  seq: number;
  file?: string;
  next?: number;
  newest?: Vouch;
}): Finding | undefined {
  const { writer, seq, file, next, newest } = end;
  if (next !== undefined) {
    if (next === seq) return undefined;
    return { kind: 'dropped', writer, file, seq, until: next - 1, says: `the next segment begins with record ${next}` };
  }
  if (!newest || newest.seq < seq) return undefined;
  const says = `${newest.by} vouches for ${newest.seq} records`;
  return { kind: 'truncated', writer, file, seq, until: newest.seq, says };
}
