/** Groups of characters that are mistaken for one another: Chinese ones by their form, letters of other scripts for
 *  Latin ones. */
const ALIKE = [
  ...['未末', '己已巳', '土士', '日曰', '人入八', '干千于', '戊戌戍', '大太犬', '天夭', '王玉', '木本', '厂广', '儿几'],
  ...['oOοОо0〇○', 'lI1іΙІ|', 'aаα', 'AАΑ', 'eе', 'EЕΕ', 'pрρ', 'PРΡ', 'cс', 'CС', 'xхχ', 'XХΧ', 'yу', 'YУΥ'],
  ...['BВΒ', 'HНΗ', 'KКΚ', 'MМΜ', 'TТΤ', 'NΝ', 'ZΖ', 'sѕ', 'SЅ', 'jј', 'JЈ', 'kκк'],
];
const FORMS = new Map(ALIKE.flatMap((group) => [...group].map((each) => [each, [...group][0]!] as const)));

/** Folds a name to its look: two names with one look cannot be told apart by a reader. Width, case, punctuation and space
 *  count for nothing. */
export function foldLookAlikes(name: string): string {
  const plain = [...name.normalize('NFKC')].filter((each) => /[\p{L}\p{N}]/u.test(each));
  return plain
    .map((each) => FORMS.get(each) ?? each)
    .join('')
    .toLowerCase();
}

/** Reports whether two identifiers are one to a reader. Unlike in a name, punctuation counts. */
export const looksLike = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase() || foldCharacters(one) === foldCharacters(other);

const foldCharacters = (text: string): string =>
  [...text]
    .map((each) => FORMS.get(each) ?? each)
    .join('')
    .toLowerCase();
