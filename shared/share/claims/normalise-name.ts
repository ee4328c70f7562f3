/** Middle dots of names, as keyboards and fonts have them. */
const MIDDLE_DOTS = /[\u00b7\u0387\u16eb\u2022\u2024\u2027\u2219\u22c5\u2e31\u2e33\u30fb\uff65\u318d\u119e.]/g;

/** Characters of names that had no place in Unicode of their own when GB 18030-2005 was written, and were given private
 *  ones. @source GB 18030-2022, annex D */
const FORMERLY_PRIVATE: ReadonlyMap<string, string> = new Map([
  ['\ue81e', '\u9fb4'],
  ['\ue826', '\u9fb5'],
  ['\ue82b', '\u9fb6'],
  ['\ue82c', '\u9fb7'],
  ['\ue832', '\u9fb8'],
  ['\ue843', '\u9fb9'],
  ['\ue854', '\u9fba'],
  ['\ue864', '\u9fbb'],
]);

/** Selectors of a glyph's variant, and characters that are not seen. */
const UNSEEN = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\p{Cf}]/gu;

/** The form in which names are compared, never stored: width, middle dots, compatibility and rare characters, blanks and
 *  capitals say nothing about who it is. */
export function normaliseName(name: string): string {
  return name
    .replace(/[\ue81e-\ue864]/g, (character) => FORMERLY_PRIVATE.get(character) ?? character)
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(MIDDLE_DOTS, '\u00b7')
    .replace(/\s*\u00b7\s*/g, '\u00b7')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim()
    .toUpperCase();
}

/** The form in which other text is compared: width and blanks around it say nothing. */
export const normaliseText = (text: string): string => text.normalize('NFKC').replace(UNSEEN, '').trim();
