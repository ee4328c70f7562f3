import { WORDS, type Meaning, type Word } from './words.js';

/** The part of a comment that names a column: what stands before the first explanation of it. */
export function titleOf(comment: string | undefined): string {
  const plain = (comment ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim();
  const [title = ''] = plain.split(/[:：(（,，;；。|]|\s{2,}|\s[-–—]/);
  return (title.trim() || plain).slice(0, 100).trim();
}

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** A name without case and separators, as abbreviations are compared. */
export const foldLatin = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const BY_LATIN = new Map<string, Word>();
for (const word of WORDS) for (const latin of word.latin) if (!BY_LATIN.has(latin)) BY_LATIN.set(latin, word);

const BY_CHINESE = WORDS.flatMap((word) => word.chinese.map((chinese) => ({ chinese, word }))).sort(
  (one, other) => other.chinese.length - one.chinese.length,
);

/** The word that a column's Latin name is. */
export const findLatinWord = (name: string): Word | undefined => BY_LATIN.get(foldLatin(name));

/** The word that a Chinese name is, whole. */
export const findChineseWord = (title: string): Word | undefined =>
  BY_CHINESE.find(({ chinese }) => chinese === title)?.word;

/** Finds the meaning of a column in its name and its comment.
 *  @param ofPerson  the table is about persons, so that a `name` is a person's */
export function meaningOf(name: string, comment: string | undefined, ofPerson: boolean): Meaning | undefined {
  const texts = [titleOf(comment), isChinese(name) ? name : ''].filter((text) => text !== '');
  for (const { chinese, word } of BY_CHINESE)
    if (word.meaning && texts.some((text) => text.includes(chinese))) return word.meaning;
  // A Chinese name that says nothing of the kind says what it is; an abbreviation is not read against it.
  const latin = findLatinWord(name) ?? lastWord(name);
  if (!latin?.meaning) return undefined;
  if (latin.meaning === 'PERSON_NAME' && foldLatin(name).endsWith('name') && !ofPerson) return undefined;
  return latin.meaning;
}

/** The word that a compound Latin name ends with: `guardian_id_card`. */
function lastWord(name: string): Word | undefined {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
  for (let from = 1; from < parts.length; from++) {
    const found = BY_LATIN.get(parts.slice(from).join(''));
    if (found) return found;
  }
  return undefined;
}
