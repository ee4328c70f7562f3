/** An identifier as people type it, in plain capital letters and digits: full width, blanks and hyphens of every kind are
 *  habits of keyboards and of print, and say nothing. */
export const toPlainIdentifier = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Dash_Punctuation}\u2212\u200b\ufeff]/gu, '')
    .toUpperCase();
