/** A name as it is compared: width, case, space and punctuation count for nothing. */
export const plainName = (name: string): string =>
  [...name.normalize('NFKC').toLowerCase()].filter((each) => /[\p{L}\p{N}]/u.test(each)).join('');

/** Pairs of neighbouring characters of a name, each once; a name of one character is its own. */
export function gramsOf(name: string): readonly string[] {
  const characters = [...plainName(name)];
  if (characters.length < 2) return characters;
  return [...new Set(characters.slice(1).map((each, at) => `${characters[at]}${each}`))];
}

/** How alike two names are, 0 to 1: the share of their pairs that both have (Dice). Chinese names are short, and a pair of
 *  characters is about what a trigram is in other scripts. */
export function likeness(one: string, other: string): number {
  const [a, b] = [gramsOf(one), gramsOf(other)];
  if (a.length === 0 || b.length === 0) return 0;
  const both = a.filter((gram) => b.includes(gram)).length;
  return (2 * both) / (a.length + b.length);
}

/** From here on two names are taken for one thing until somebody has looked. */
export const NEAR = 0.6;
