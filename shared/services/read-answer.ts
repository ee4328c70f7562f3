import type { AnswerTest, ServiceAccess, ServiceCall } from '../declaration/service-schema.js';
import { ExactNumber, parseJsonExactly } from '../kernel/exact-number.js';
import { valueAtPointer } from './json-pointer.js';
import { parseXml } from './parse-xml.js';
import type { ServiceAnswer } from './service-origin.js';
import { SourceFault } from '../sources/source-fault.js';

/** A row as the service gives it; long numbers have their digits. */
export type RawRow = Readonly<Record<string, unknown>>;
export interface ReadAnswer {
  readonly rows: readonly RawRow[];
  /** Number of all rows of the list, where the service says it. */
  readonly total?: number | undefined;
  /** Cursor of the next page. */
  readonly next?: string | number | undefined;
  readonly bytes: number;
}

/** Reads an answer by what the declaration says of it.
 *  @throws SourceFault */
export function readAnswer(
  { status, text, bytes }: ServiceAnswer,
  { rows: at, pages, xml }: Pick<ServiceCall, 'rows' | 'pages' | 'xml'>,
  { success, absent }: Pick<ServiceAccess, 'success' | 'absent'>,
): ReadAnswer {
  if (absent && 'status' in absent && absent.status.includes(status)) return { rows: [], bytes };
  const isSuccess = status >= 200 && status < 300;
  const document =
    isSuccess || (absent && 'at' in absent)
      ? parse(text, xml === undefined ? parseJsonExactly : parseXml, isSuccess)
      : undefined;
  if (absent && 'at' in absent && document !== undefined && meetsTest(document, absent)) return { rows: [], bytes };
  if (!isSuccess) throw new SourceFault('STATUS_REFUSED', String(status));
  if (success !== 'status' && !meetsTest(document, success)) throw new SourceFault('ANSWER_FAILED');
  const found = valueAtPointer(document, at);
  if (found === undefined) throw new SourceFault('ROWS_MISSING', at);
  const rows = found === null ? [] : Array.isArray(found) ? (found as unknown[]) : [found];
  if (!rows.every(isRow)) throw new SourceFault('ROWS_MISSING', at);
  if (typeof pages !== 'object') return { rows, bytes };
  return { rows, bytes, total: totalOf(document, pages.total), next: nextOf(document, pages.next) };
}

function parse(text: string, read: (text: string) => unknown, isRequired: boolean): unknown {
  try {
    return read(text);
  } catch (error) {
    if (!isRequired) return undefined;
    throw new SourceFault('ANSWER_UNREADABLE', undefined, error);
  }
}

/** A number and its text are one: services are of two minds about codes. */
const meetsTest = (document: unknown, { at, is }: AnswerTest): boolean => {
  const value = valueAtPointer(document, at);
  return is.some((each) => each === value || (isCode(each) && isCode(value) && String(each) === String(value)));
};
const isCode = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const isRow = (value: unknown): value is RawRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

function totalOf(document: unknown, at: string | undefined): number | undefined {
  if (at === undefined) return undefined;
  const total = Number(valueAtPointer(document, at) ?? NaN);
  if (!Number.isSafeInteger(total) || total < 0) throw new SourceFault('ROWS_MISSING', at);
  return total;
}

function nextOf(document: unknown, at: string | undefined): string | number | undefined {
  const next = at === undefined ? undefined : valueAtPointer(document, at);
  if (next instanceof ExactNumber) return next.text;
  return isCode(next) && next !== '' ? next : undefined;
}
