import { toPlainIdentifier } from './typed-text.js';

/** Unified social credit codes (统一社会信用代码) of organisations: registering department, kind, six digits of the county,
 *  nine characters of the organisation code, a check character. @source GB 32100-2015, GB 11714-1997; YN-12c, HZ-7.3e */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Registering authority and kind: 91 enterprise (market supervision), 12 public institution (staffing office). */
export type CreditCodeKind = '91' | '92' | '12' | '11' | '51';

/** Builds a valid code.
 *  @param county        six digits
 *  @param organisation  eight digits or letters of the code's own alphabet */
export function creditCode(kind: CreditCodeKind, county: string, organisation: string): string {
  const body = kind + county + organisation + organisationCheck(organisation);
  return body + checkCharacter(body);
}

/** True for a well-formed code: its alphabet and both check characters. */
export function isCreditCode(text: string): boolean {
  return hasForm(text) && text[16] === organisationCheck(text.slice(8, 16));
}

/** The one form of a code as people type it.
 *  @returns  undefined when it is no valid code; `oldOrganisation` for one whose organisation part has no valid check
 *            character, as codes that were issued before 2016 may */
export function normaliseCreditCode(
  typed: string,
): { readonly code: string; readonly oldOrganisation: boolean } | undefined {
  const code = toPlainIdentifier(typed);
  return hasForm(code) ? { code, oldOrganisation: !isCreditCode(code) } : undefined;
}

const hasForm = (text: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) && text[17] === checkCharacter(text);

/** Check character of the first seventeen characters. */
function checkCharacter(text: string): string {
  let sum = 0;
  for (let at = 0, weight = 1; at < 17; at++, weight = (weight * 3) % 31) sum += weight * ALPHABET.indexOf(text[at]!);
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** Check character of an organisation code; here letters count from A = 10 on, as GB 11714 does. */
function organisationCheck(text: string): string {
  const value = (character: string) => parseInt(character, 36);
  const sum = ORGANISATION_WEIGHTS.reduce<number>((total, weight, at) => total + weight * value(text[at]!), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}
