import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';

/** Finds what to say about a credit code that is accepted: one issued before 2016 may hold an organisation code whose check
 *  character does not fit, and a mistyped one looks the same. */
export const findCreditCodeWarning = (creditCode: string): string | undefined =>
  normaliseCreditCode(creditCode)?.oldOrganisation
    ? `The organisation code within ${creditCode} has no valid check character, as with codes issued before 2016. Compare it with the certificate.`
    : undefined;
