import type { Jieba } from '@node-rs/jieba';
import { splitPairs } from './name-similarity.rule.js';

let loading: Promise<Jieba> | undefined;

/** Loads the dictionary when words are first asked for: it takes some tenths of a second. */
const loadJieba = (): Promise<Jieba> =>
  (loading ??= (async () => {
    const [{ Jieba }, { dict }] = await Promise.all([import('@node-rs/jieba'), import('@node-rs/jieba/dict.js')]);
    return Jieba.withDict(dict);
  })());

/** Splits a text into words for a search: Chinese into words and the shorter words within them, other scripts at every
 *  character that is no letter or digit and where a name goes from small letters to capitals. */
export async function splitWords(text: string): Promise<string[]> {
  const spaced = text
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
  const cut = (await loadJieba()).cutForSearch(spaced, true);
  return [...new Set(cut.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter((word) => word !== ''))];
}

/** Texts by which a search finds an item, the weightiest first: its own name, its resource's, and the rest. */
export interface SearchableItem {
  readonly name: string;
  readonly resource: string;
  readonly rest: string;
}

/** Builds an item's search vector, as PostgreSQL reads it. */
export async function buildSearchVector({ name, resource, rest }: SearchableItem): Promise<string> {
  const weights = new Map<string, string>();
  for (const [text, weight] of [
    [name, 'A'],
    [resource, 'B'],
    [rest, 'D'],
  ] as const)
    for (const word of await splitWords(text)) if (!weights.has(word)) weights.set(word, weight);
  return [...weights]
    .slice(0, 200)
    .map(([word, weight]) => `${quote(word)}:1${weight}`)
    .join(' ');
}

/** Builds the search vector of a name's pairs of characters, by which a mistyped word still finds it. */
export const buildPairVector = (name: string): string => splitPairs(name).slice(0, 60).map(quote).join(' ');

/** Builds a search for all words of a text, of which the last may be begun only.
 *  @returns  undefined for a text without a word */
export async function buildWordQuery(text: string): Promise<string | undefined> {
  const words = (await splitWords(text)).slice(0, 20);
  return words.length === 0
    ? undefined
    : words.map((word, at) => quote(word) + (at === words.length - 1 ? ':*' : '')).join(' & ');
}

/** Builds a search for any pair of characters of a text.
 *  @returns  undefined for a text without a letter or digit */
export function buildPairQuery(text: string): string | undefined {
  const pairs = splitPairs(text).slice(0, 20);
  return pairs.length === 0 ? undefined : pairs.map(quote).join(' | ');
}

const quote = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
