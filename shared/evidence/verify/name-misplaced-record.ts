import type { ChainPosition } from '../record-line.js';
import type { Finding } from './finding.js';

/** A sound record that is not the one its place should hold. */
export interface MisplacedRecord {
  readonly expected: ChainPosition;
  readonly found: ChainPosition;
  readonly file: string;
  /** File of the record before it. */
  readonly before?: string | undefined;
}
/** Observations of the records behind it. */
export interface LaterRecords {
  /** The expected record came later. */
  readonly later: boolean;
  /** The record that was found came once more. */
  readonly again: boolean;
}

/** The tampering that put a record in a place that is not its own, whether it is a line or a row.
 *  @returns  undefined when only the records behind it can tell; see `nameGap` */
export function nameMisplacedRecord({ expected, found, file, before }: MisplacedRecord): Finding | undefined {
  const { writer, seq } = expected;
  const inserted = { kind: 'inserted', writer, file } as const;
  if (found.writer !== writer)
    return { ...inserted, seq, message: `record ${found.seq} of chain ${found.writer} stands at ${seq}` };
  if (found.seq < seq) return { ...inserted, seq: found.seq, message: `there is a record ${found.seq} too many` };
  if (found.seq > seq) return undefined;
  if (seq === 1) return { kind: 'altered', writer, file, seq, message: 'the first record names one before it' };
  const message = `record ${seq - 1} is not the one that record ${seq} follows`;
  return { kind: 'altered', writer, file: before ?? file, seq: seq - 1, message };
}

/** The tampering that put a later record of the same chain in a place. */
export function nameGap({ expected, found, file }: MisplacedRecord, { later, again }: LaterRecords): Finding {
  const { writer, seq } = expected;
  const place = { writer, file, seq };
  if (later && again) {
    const message = `record ${found.seq} stands before ${seq}, and again later`;
    return { ...place, kind: 'inserted', seq: found.seq, message };
  }
  if (later) return { ...place, kind: 'reordered', message: `record ${found.seq} stands where record ${seq} belongs` };
  const until = found.seq - 1;
  const message = until === seq ? `record ${seq} is missing` : `records ${seq} to ${until} are missing`;
  return { ...place, kind: 'dropped', until, message };
}
