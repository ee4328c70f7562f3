import type { StoredRecord } from '../../record-line.js';
import { rowOf, type RecordRow } from '../../store/record-row.js';
import type { CopiedRow, RowColumn } from './copied-row.js';
import type { RecordLineScanner, MemberName } from './record-line-scanner.js';

/** Columns that repeat a text member of an access record. */
const REPEATED: readonly (readonly [RowColumn, MemberName])[] = [
  ['kind', 'kind'],
  ['department', 'department'],
  ['system', 'system'],
  ['person', 'person'],
  ['scenario', 'scenario'],
  ['mode', 'mode'],
  ['outcome', 'outcome'],
  ['code', 'code'],
  ['request', 'requestId'],
];
const DAY = 86_400_000;

/** Compares the columns of an access record's row with the scanned members of its line. `false` says only
 *  that it has to be looked at more closely. */
export function matchesScannedLine(row: CopiedRow, members: RecordLineScanner): boolean {
  for (const [column, member] of REPEATED) if (row.latin1(column) !== members.string(member)) return false;
  if (row.has('object') || row.has('concerns') || row.latin1('kind') !== 'access') return false;
  const time = Date.parse(members.string('time')!);
  return time === row.instant('at') && fitsMonth(row, time) && subjectsAgree(row, members);
}

/** The first column of a row that does not say what its record says; undefined when all do. */
export function findDifferingColumn(row: CopiedRow, record: StoredRecord): RowColumn | undefined {
  const { at, writer, seq, ...rest } = rowOf(record);
  if (row.string('writer') !== writer) return 'writer';
  if (row.big('seq') !== seq) return 'seq';
  if (row.instant('at') !== Date.parse(at)) return 'at';
  for (const column of TEXTS) if (row.string(column) !== rest[column]) return column;
  if (row.bigs('subjects')?.join() !== rest.subjects?.join()) return 'subjects';
  if (row.strings('concerns')?.join('\n') !== rest.concerns?.join('\n')) return 'concerns';
  return fitsMonth(row, Date.parse(at)) ? undefined : 'month';
}
const TEXTS = [
  ...(['kind', 'department', 'system', 'person', 'scenario', 'mode', 'outcome', 'code', 'request', 'object'] as const),
] satisfies readonly (RowColumn & keyof RecordRow)[];

/** A record may stand in a later month than that of its time, because a chain never goes back; in an earlier one only
 *  when clocks differed. So none can be moved to where it would be archived, and deleted, too soon. */
function fitsMonth(row: CopiedRow, time: number): boolean {
  const date = row.date('month');
  if (date !== month.date) month = { date, until: endOf(date) };
  return time < month.until;
}
/** Rows come month by month. */
let month = { date: NaN, until: NaN };

function endOf(date: number): number {
  const first = new Date(date);
  return first.getUTCDate() === 1 ? Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1) + DAY : -Infinity;
}

function subjectsAgree(row: CopiedRow, members: RecordLineScanner): boolean {
  const list = members.raw('subjects');
  if (!row.has('subjects')) return list === '[]';
  let at = 2;
  const same = row.everyBig('subjects', (high, low) => {
    const fits = numberIs(list, at, high, low);
    at = list.indexOf('"', at) + 3;
    return fits;
  });
  return same && at === list.length + 1;
}

/** True if a hash, base64url, begins with these 64 bits. */
function numberIs(text: string, at: number, high: number, low: number): boolean {
  const six = (i: number) => SIX_BITS[text.charCodeAt(at + i)]!;
  return (
    ((six(0) << 26) | (six(1) << 20) | (six(2) << 14) | (six(3) << 8) | (six(4) << 2) | (six(5) >> 4)) === high &&
    ((six(5) << 28) | (six(6) << 22) | (six(7) << 16) | (six(8) << 10) | (six(9) << 4) | (six(10) >> 2)) === low
  );
}
const SIX_BITS = Array.from({ length: 256 }, (_, code) =>
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(String.fromCharCode(code)),
);
