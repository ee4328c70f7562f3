/** Normalises a name for comparison: width, case, space and punctuation do not count. */
export const normalizeName = (name: string): string =>
  [...name.normalize('NFKC').toLowerCase()].filter((each) => /[\p{L}\p{N}]/u.test(each)).join('');

/** Splits a name into its pairs of neighbouring characters, each once; a name of one character is its own pair. */
export function splitPairs(name: string): readonly string[] {
  const characters = [...normalizeName(name)];
  if (characters.length < 2) return characters;
  return [...new Set(characters.slice(1).map((each, at) => `${characters[at]}${each}`))];
}

/** Measures how similar two names are, from 0 to 1, by their common pairs (Dice coefficient). Chinese names are short, and
 *  a pair of characters says about as much as a trigram in other scripts. */
export function measureSimilarity(one: string, other: string): number {
  const [a, b] = [splitPairs(one), splitPairs(other)];
  if (a.length === 0 || b.length === 0) return 0;
  const common = a.filter((pair) => b.includes(pair)).length;
  return (2 * common) / (a.length + b.length);
}

/** Similarity from which two names are taken for one thing until somebody has looked. */
export const SIMILAR = 0.6;
