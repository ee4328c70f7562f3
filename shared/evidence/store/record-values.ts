import type { StoredRecord } from '../record-line.js';
import { rowOf } from './record-row.js';

/** Columns of `evidence.record`, in the order of `recordValues`. */
export const RECORD_COLUMNS = [
  'month',
  'position',
  'writer',
  'seq',
  'at',
  'kind',
  'department',
  'system',
  'person',
  'scenario',
  'mode',
  'outcome',
  'code',
  'request',
  'items',
  'object',
  'concerns',
  'subjects',
  'line',
];
export type RecordValues = readonly (string | number | readonly string[] | null | undefined)[];

/** The row of a record.
 *  @param at  `month` as YYYY-MM-01; `items`, the number of its set, where it is an access record */
export function recordValues(
  { record, line }: { readonly record: StoredRecord; readonly line: string },
  at: { readonly month: string; readonly position: number; readonly items: number | undefined },
): RecordValues {
  const row = rowOf(record);
  return [
    at.month,
    at.position,
    row.writer,
    row.seq,
    row.at,
    row.kind,
    row.department,
    row.system,
    row.person,
    row.scenario,
    row.mode,
    row.outcome,
    row.code,
    row.request,
    at.items,
    row.object,
    row.concerns,
    row.subjects,
    line,
  ];
}
