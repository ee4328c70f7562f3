import { join } from 'node:path';
import type { Segment } from '../log/evidence-folder.js';
import { readLineChunks, type Line } from '../log/read-lines.js';
import { hashOf, lineStart, readChainPosition } from '../record-line.js';
import type { Finding } from './finding.js';
import { nameFault } from './name-fault.js';
import type { Attestation } from './attestation.js';

export interface ChainToCheck {
  readonly folder: string;
  readonly writer: string;
  /** The segments to check, in order. */
  readonly segments: readonly Segment[];
  /** Number of the first record that must be there. */
  readonly first: number;
  /** Number of the record that must follow the last of these segments; absent when they end the chain. */
  readonly next?: number;
  /** Attestations about its records, in the order of the records. */
  readonly attestations: readonly Attestation[];
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
  { folder, writer, segments, first, next, attestations }: ChainToCheck,
  passed: (records: number, bytes: number) => void,
): Promise<CheckedChain> {
  const newest = attestations.at(-1);
  let [seq, prev, records, unfinished] = [first, findPrecedingHash(first, attestations), 0, false];
  let [before, at, attested]: [string | undefined, number, number] = [undefined, 0, first - 1];
  while (attestations[at] && attestations[at]!.seq < Math.max(first - 1, 1)) at++;
  const result = (finding?: Finding): CheckedChain => ({
    records,
    unsigned: seq - 1 - attested,
    unfinished,
    ...(finding && { finding }),
  });

  for (; first > 1 && attestations[at]?.seq === first - 1; at++)
    if (attestations[at]!.hash !== prev) return result(describeRewrite(writer, undefined, attested, attestations[at]!));

  for (const [index, { name }] of segments.entries()) {
    for await (const { bytes, offset } of readLineChunks(join(folder, name))) {
      const known = records;
      for (let start = 0; start < bytes.length;) {
        const feed = bytes.indexOf(10, start);
        const stop = feed < 0 ? bytes.length : feed;
        const text = bytes.subarray(start, stop);
        prev ??= readChainPosition(text)?.prev ?? '';
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
        for (; attestations[at]?.seq === seq; at++) {
          if (attestations[at]!.hash !== digest)
            return result(describeRewrite(writer, name, attested + 1, attestations[at]!));
          attested = seq;
        }
        [prev, before] = [digest, name];
        start = stop + 1;
        seq++;
        records++;
      }
      passed(records - known, bytes.length);
    }
  }
  return result(findTruncation({ writer, seq, file: before, next, newest }));
}

/** The hash of the record before the first: none before record 1; else as is vouched for, or as the first record says. */
function findPrecedingHash(first: number, attestations: readonly Attestation[]): string | undefined {
  return first === 1 ? '' : attestations.find(({ seq }) => seq === first - 1)?.hash;
}

function describeRewrite(
  writer: string,
  file: string | undefined,
  seq: number,
  { seq: until, source }: Attestation,
): Finding {
  const range = seq === until ? `record ${seq} was` : `one of the records ${seq} to ${until} was`;
  return { kind: 'altered', writer, file, seq, until, message: `${range} rewritten: ${source} names another` };
}

function findTruncation(end: {
  writer: string;
  seq: number;
  file?: string;
  next?: number;
  newest?: Attestation;
}): Finding | undefined {
  const { writer, seq, file, next, newest } = end;
  if (next !== undefined) {
    if (next === seq) return undefined;
    return {
      kind: 'dropped',
      writer,
      file,
      seq,
      until: next - 1,
      message: `the next segment begins with record ${next}`,
    };
  }
  if (!newest || newest.seq < seq) return undefined;
  const message = `${newest.source} vouches for ${newest.seq} records`;
  return { kind: 'truncated', writer, file, seq, until: newest.seq, message };
}
