import { isSameChainPosition, type ChainPosition } from '../../record-line.js';
import type { Finding } from '../finding.js';
import { nameGap, nameMisplacedRecord } from '../name-misplaced-record.js';

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

/** Names the tampering at the row that does not belong where it stands, as `nameFault` does for lines. */
export function nameRowFault({ file, expected, found, after, later, again }: RowBreak): Finding {
  const { writer, seq } = expected;
  const finding = { writer, seq, file };
  if (!found)
    return after && isSameChainPosition(after, expected)
      ? { ...finding, kind: 'inserted', message: `a row that is no record stands before record ${seq}` }
      : { ...finding, kind: 'altered', message: `record ${seq} does not fit its hash` };
  const misplaced = { expected, found, file };
  return nameMisplacedRecord(misplaced) ?? nameGap(misplaced, { later, again });
}
