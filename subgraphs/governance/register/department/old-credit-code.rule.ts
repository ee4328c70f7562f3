import type { Text } from '../../../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { say } from '../messages/index.js';

/** Finds what to say about a credit code that is accepted: one issued before 2016 may hold an organisation code whose check
 *  character does not fit, and a mistyped one looks the same. */
export const findCreditCodeWarning = (creditCode: string): Text | undefined =>
  normaliseCreditCode(creditCode)?.oldOrganisation ? say('department.oldCreditCode', { code: creditCode }) : undefined;
