import type { Text } from '../../../shared/kernel/index.js';
import type { RefusalCode } from '../core/index.js';
import { findTextProblem } from '../core/text.rule.js';
import { say } from './messages/index.js';

/** A report, as far as it can be checked by itself. */
export interface Report {
  readonly items: readonly string[];
  readonly description: string;
  /** ms since the epoch. */
  readonly errorSince?: number | undefined;
  /** ms since the epoch. */
  readonly foundAt?: number | undefined;
  /** How a desk has made sure that the person is the one concerned; undefined for a department's own report. */
  readonly identityCheck?: string | undefined;
}
export interface ReportProblem {
  readonly code: RefusalCode;
  readonly message: Text;
  readonly clauses: readonly string[];
}

/** Most items of one report, and most characters of its description. */
const MOST_ITEMS = 20;
const MOST_CHARACTERS = 500;

/** Checks a report by itself: it names items, and says briefly what is wrong with them.
 *  @param now  ms since the epoch
 *  @returns    undefined where there is no problem
 *  @source QZ-7.1b */
export function checkReport(report: Report, now: number): ReportProblem | undefined {
  const { items, description, errorSince, foundAt, identityCheck } = report;
  if (items.length === 0) return malformed(say('report.items'));
  if (items.length > MOST_ITEMS) return malformed(say('report.most', { most: MOST_ITEMS }));
  if (new Set(items).size < items.length) return malformed(say('report.twice'));
  const text =
    findTextProblem('description', description, { max: MOST_CHARACTERS, lines: true }) ??
    (identityCheck === undefined ? undefined : findTextProblem('identityCheck', identityCheck, { max: 200 }));
  if (text) return malformed(text);
  if ((errorSince ?? 0) > now || (foundAt ?? 0) > now) return malformed(say('report.future'));
  return undefined;
}

const malformed = (message: Text): ReportProblem => ({ code: 'CORRECTION_MALFORMED', message, clauses: ['QZ-7.1b'] });
