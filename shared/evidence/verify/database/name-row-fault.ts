import { isSameChainPosition, type ChainPosition } from '../../record-line.js';
import type { Finding } from '../finding.js';

/** The row at which a chain breaks, and observations of the rows behind it. */
export interface RowBreak {
  /** Partition that the row is in. */
  readonly file: string;
  /** The place that the row should have. */
  readonly expected: ChainPosition;
  /** The place that the record in the row says it has; undefined for one that does not fit its hash. */
  readonly found?: ChainPosition | undefined;
  /** Of a row that does not fit its hash: the place of the next one that does. */
  after?: ChainPosition;
  /** The expected record came later. */
  later: boolean;
  /** The record that was found came once more. */
  again: boolean;
}

/** Says what was done to a chain at the row that does not belong where it stands; of rows as `nameFault` of lines. */
export function nameRowFault({ file, expected, found, after, later, again }: RowBreak): Finding {
  const { writer, seq } = expected;
  const finding = { writer, seq, file };
  if (!found)
    return after && isSameChainPosition(after, expected)
      ? { ...finding, kind: 'inserted', says: `a row that is no record stands before record ${seq}` }
      : { ...finding, kind: 'altered', says: `record ${seq} does not fit its hash` };
  if (found.writer !== writer)
    return { ...finding, kind: 'inserted', says: `record ${found.seq} of chain ${found.writer} stands at ${seq}` };
  if (found.seq < seq)
    return { ...finding, kind: 'inserted', seq: found.seq, says: `there is a record ${found.seq} too many` };
  if (found.seq === seq) {
    if (seq === 1) return { ...finding, kind: 'altered', says: 'the first record names one before it' };
    return {
      ...finding,
      kind: 'altered',
      seq: seq - 1,
      says: `record ${seq - 1} is not the one that record ${seq} follows`,
    };
  }
  if (later && again) {
    const says = `record ${found.seq} stands before ${seq}, and again later`;
    return { ...finding, kind: 'inserted', seq: found.seq, says };
  }
  if (later) return { ...finding, kind: 'reordered', says: `record ${found.seq} stands where record ${seq} belongs` };
  const until = found.seq - 1;
  const says = until === seq ? `record ${seq} is missing` : `records ${seq} to ${until} are missing`;
  return { ...finding, kind: 'dropped', until, says };
}
