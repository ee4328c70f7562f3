/** A citizen's number: a division, a day of birth of 1800 to 2099, three digits and a check digit. @source GB 11643-1999 */
const IDENTITY_NUMBER =
  /(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/;

/** True for a text in which a number stands that looks like a citizen's: it belongs into a variable. */
export const hasIdentityNumber = (text: string): boolean => IDENTITY_NUMBER.test(text);
