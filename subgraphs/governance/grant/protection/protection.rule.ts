import type { Text } from '../../../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { normaliseIdentityNumber } from '../../../../shared/kernel/identity-number.js';
import type { SubjectKind } from '../../../../shared/trust/protected-subjects.js';
import type { RefusalCode } from '../../core/index.js';
import { findGroundsProblem } from '../../core/audit-log/grounds.rule.js';
import { findTextProblem } from '../../core/text.rule.js';
import { say } from '../messages/index.js';

/** Longest time of a protection, days, and most purposes that it leaves alone. */
const LONGEST_DAYS = 3_660;
const MOST_PURPOSES = 100;
const DAY_MS = 86_400_000;

/** Reason for which nothing is done, as data. */
export interface ProtectionProblem {
  readonly code: RefusalCode;
  readonly message: Text;
}
interface ProposedProtection {
  readonly purposes: readonly { readonly department: string; readonly scenario: string }[];
  readonly reference: string;
  readonly reason: string;
  readonly basis: readonly string[];
}
interface Subject {
  readonly kind: SubjectKind;
  readonly identifier: string;
}

/** The one form of a subject's identifier; undefined for what is none. */
export const normaliseSubject = ({ kind, identifier }: Subject): string | undefined =>
  kind === 'PERSON' ? normaliseIdentityNumber(identifier) : normaliseCreditCode(identifier)?.code;

/** Checks what a person writes of a protection. Its texts stand in the department's list and in nobody's evidence; they must not
 *  name whom they protect all the same.
 *  @param until  end, milliseconds */
export function checkProtection(
  { purposes, reference, reason, basis }: ProposedProtection,
  until: number,
  now: number,
): ProtectionProblem | undefined {
  const problem =
    findTextProblem('reference', reference, { max: 100 }) ??
    findTextProblem('reason', reason, { max: 300 }) ??
    findGroundsProblem({ basis }) ??
    findNumber({ reference, reason, basis: basis.join(' ') });
  if (problem) return { code: 'PROTECTION_MALFORMED', message: problem };
  if (!basis.some((provision) => provision.trim() !== ''))
    return { code: 'BASIS_MISSING', message: say('protection.basis') };
  if (purposes.length > MOST_PURPOSES)
    return { code: 'PROTECTION_MALFORMED', message: say('protection.purposes', { most: MOST_PURPOSES }) };
  if (until <= now) return { code: 'PERIOD_WRONG', message: say('until.over') };
  return until - now > LONGEST_DAYS * DAY_MS ? { code: 'PERIOD_WRONG', message: say('protection.long') } : undefined;
}

/** Checks the reason of an end or a refusal. */
export function checkReason(reason: string): ProtectionProblem | undefined {
  if (reason.trim() === '') return { code: 'REASON_MISSING', message: say('reason.missing') };
  const problem = findTextProblem('reason', reason, { max: 300 }) ?? findNumber({ reason });
  return problem === undefined ? undefined : { code: 'PROTECTION_MALFORMED', message: problem };
}

/** A number of fifteen digits or more names somebody. */
function findNumber(texts: Readonly<Record<string, string>>): Text | undefined {
  const [name] = Object.entries(texts).find(([, text]) => /[0-9A-Z]{15}/i.test(text.normalize('NFKC'))) ?? [];
  return name === undefined ? undefined : say('protection.names', { name });
}
