/** Most words of catalogues for one word of everyday life. */
export const MOST_MEANINGS = 10;

/** A word as it is kept and looked up: in one form of its characters, without capitals. */
export const foldWord = (word: string): string => word.normalize('NFKC').trim().toLowerCase();

/** A problem of a synonym; undefined where it can be kept. */
export function findSynonymProblem(
  word: string,
  meanings: readonly string[],
): 'synonym.word' | 'synonym.meanings' | 'synonym.same' | undefined {
  if (!/^[\p{L}\p{N}]{1,20}$/u.test(word)) return 'synonym.word';
  if (meanings.length === 0 || meanings.length > MOST_MEANINGS) return 'synonym.meanings';
  if (meanings.some((meaning) => !/^[\p{L}\p{N}]{1,40}$/u.test(meaning))) return 'synonym.meanings';
  if (new Set(meanings).size < meanings.length || meanings.every((meaning) => meaning === word)) return 'synonym.same';
  return undefined;
}
