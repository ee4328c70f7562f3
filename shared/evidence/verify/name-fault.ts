import { join } from 'node:path';
import type { Segment } from '../log/evidence-folder.js';
import { readLines, type Line } from '../log/read-lines.js';
import { hashOf, isSameChainPosition, readChainPosition, type ChainPosition } from '../record-line.js';
import type { Finding } from './finding.js';

/** The line at which a chain breaks. */
export interface Break {
  readonly folder: string;
  readonly segments: readonly Segment[];
  /** Index of the segment with the bad line. */
  readonly at: number;
  readonly line: Line;
  /** The place that the line should have. */
  readonly expected: ChainPosition;
  /** File of the record before it. */
  readonly before?: string;
}

/** Says what was done to a chain at the line that does not belong where it stands. */
export async function nameFault(broken: Break): Promise<Finding> {
  const { line, expected, segments, at, before } = broken;
  const { writer, seq } = expected;
  const finding = { writer, seq, file: segments[at]!.name };
  const found = hashOf(line.bytes) === undefined ? undefined : readChainPosition(line.bytes);
  if (!found) {
    if (!line.ended && !startsWithRecord(line.bytes))
      return { ...finding, kind: 'truncated', says: `the file ends in the middle of record ${seq}` };
    // The next readable line shows if something was inserted before the record, or if the record was altered.
    for await (const chainPosition of readChainPositionsAfter(broken)) {
      if (isSameChainPosition(chainPosition, expected))
        return { ...finding, kind: 'inserted', says: `a line that is no record stands before record ${seq}` };
      break;
    }
    return { ...finding, kind: 'altered', says: `record ${seq} does not fit its hash` };
  }
  if (found.writer !== writer)
    return { ...finding, kind: 'inserted', says: `record ${found.seq} of chain ${found.writer} stands at ${seq}` };
  if (found.seq < seq)
    return { ...finding, kind: 'inserted', seq: found.seq, says: `there is a record ${found.seq} too many` };
  if (found.seq === seq) {
    if (seq === 1) return { ...finding, kind: 'altered', says: 'the first record names one before it' };
    const altered = { ...finding, kind: 'altered' as const, seq: seq - 1, file: before ?? finding.file };
    return { ...altered, says: `record ${seq - 1} is not the one that record ${seq} follows` };
  }
  let [later, again] = [false, false];
  for await (const chainPosition of readChainPositionsAfter(broken)) {
    later ||= isSameChainPosition(chainPosition, expected);
    again ||= chainPosition.writer === writer && chainPosition.seq === found.seq;
    if (later && again) break;
  }
  if (later && again)
    return {
      ...finding,
      kind: 'inserted',
      seq: found.seq,
      says: `record ${found.seq} stands before ${seq}, and again later`,
    };
  if (later) return { ...finding, kind: 'reordered', says: `record ${found.seq} stands where record ${seq} belongs` };
  const until = found.seq - 1;
  const says = until === seq ? `record ${seq} is missing` : `records ${seq} to ${until} are missing`;
  return { ...finding, kind: 'dropped', until, says };
}

/** True if a whole record precedes the bytes without a line end. */
function startsWithRecord(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf('"}');
  return end >= 0 && hashOf(bytes.subarray(0, end + 2)) !== undefined;
}

/** The places of the unaltered records behind the bad line. */
async function* readChainPositionsAfter({ folder, segments, at, line }: Break): AsyncGenerator<ChainPosition> {
  for (const [i, { name }] of segments.slice(at).entries()) {
    for await (const { bytes, end } of readLines(join(folder, name))) {
      if (i === 0 && end <= line.end) continue;
      const chainPosition = hashOf(bytes) === undefined ? undefined : readChainPosition(bytes);
      if (chainPosition) yield chainPosition;
    }
  }
}
