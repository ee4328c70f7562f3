import { join } from 'node:path';
import type { Segment } from '../log/evidence-folder.js';
import { readLines, type Line } from '../log/read-lines.js';
import { hashOf, isSameChainPosition, readChainPosition, type ChainPosition } from '../record-line.js';
import type { Finding } from './finding.js';
import { nameGap, nameMisplacedRecord } from './name-misplaced-record.js';

/** The line at which a chain breaks. */
export interface LineBreak {
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

/** Names the tampering at the line that does not belong where it stands. */
export async function nameFault(lineBreak: LineBreak): Promise<Finding> {
  const { line, expected, segments, at, before } = lineBreak;
  const { writer, seq } = expected;
  const finding = { writer, seq, file: segments[at]!.name };
  const found = hashOf(line.bytes) === undefined ? undefined : readChainPosition(line.bytes);
  if (!found) {
    if (!line.ended && !startsWithRecord(line.bytes))
      return { ...finding, kind: 'truncated', message: `the file ends in the middle of record ${seq}` };
    // The next readable line shows if something was inserted before the record, or if the record was altered.
    for await (const chainPosition of readChainPositionsAfter(lineBreak)) {
      if (isSameChainPosition(chainPosition, expected))
        return { ...finding, kind: 'inserted', message: `a line that is no record stands before record ${seq}` };
      break;
    }
    return { ...finding, kind: 'altered', message: `record ${seq} does not fit its hash` };
  }
  const misplaced = { expected, found, file: finding.file, before };
  const fault = nameMisplacedRecord(misplaced);
  if (fault) return fault;
  let [later, again] = [false, false];
  for await (const chainPosition of readChainPositionsAfter(lineBreak)) {
    later ||= isSameChainPosition(chainPosition, expected);
    again ||= chainPosition.writer === writer && chainPosition.seq === found.seq;
    if (later && again) break;
  }
  return nameGap(misplaced, { later, again });
}

/** True if a whole record precedes the bytes without a line end. */
function startsWithRecord(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf('"}');
  return end >= 0 && hashOf(bytes.subarray(0, end + 2)) !== undefined;
}

/** The places of the unaltered records behind the bad line. */
async function* readChainPositionsAfter({ folder, segments, at, line }: LineBreak): AsyncGenerator<ChainPosition> {
  for (const [i, { name }] of segments.slice(at).entries()) {
    for await (const { bytes, end } of readLines(join(folder, name))) {
      if (i === 0 && end <= line.end) continue;
      const chainPosition = hashOf(bytes) === undefined ? undefined : readChainPosition(bytes);
      if (chainPosition) yield chainPosition;
    }
  }
}
