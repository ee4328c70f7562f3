import type { Jieba } from '@node-rs/jieba';
import { foldWord } from './search-synonym.rule.js';
import type { Synonyms } from './search-synonym.store.js';
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

/** Writes a Chinese name in Pinyin without tones, as people type it: each of its words, and the whole. */
async function toPinyin(name: string): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro');
  const words = [name, ...(await splitWords(name))].filter((word) => /\p{Script=Han}/u.test(word));
  const spell = (word: string) => pinyin(word, { toneType: 'none', type: 'array', nonZh: 'removed', v: true }).join('');
  return [...new Set(words.map(spell))];
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
  for (const word of await toPinyin(name)) if (!weights.has(word)) weights.set(word, 'C');
  return [...weights]
    .slice(0, 200)
    .map(([word, weight]) => `${quote(word)}:1${weight}`)
    .join(' ');
}

/** Builds the search vector of a name's pairs of characters, by which a mistyped word still finds it. */
export const buildPairVector = (name: string): string => splitPairs(name).slice(0, 60).map(quote).join(' ');

/** Builds a search for all words of a text, of which the last may be begun only. A word of everyday life finds what
 *  catalogues say for it.
 *  @param findSynonyms  finds the words of catalogues for words of everyday life
 *  @returns             undefined for a text without a word */
export async function buildWordQuery(
  text: string,
  findSynonyms: (words: readonly string[]) => Promise<Synonyms>,
): Promise<string | undefined> {
  const words = (await splitWords(text)).slice(0, 20);
  if (words.length === 0) return undefined;
  const whole = foldWord(text);
  const synonyms = await findSynonyms([...words, whole]);
  const meaningsOf = async (word: string): Promise<string[]> =>
    (await Promise.all((synonyms.get(word) ?? []).map(splitWords))).map((same) => same.map(quote).join(' & '));
  const terms = words.map(async (word, at) => {
    const asked = quote(word) + (at === words.length - 1 ? ':*' : '');
    return joinChoices([asked, ...(await meaningsOf(word))]);
  });
  const all = (await Promise.all(terms)).map((term) => `(${term})`).join(' & ');
  // A synonym that the dictionary does not know is split, and stands for the whole text.
  return words.includes(whole) ? all : joinChoices([all, ...(await meaningsOf(whole))]);
}

const joinChoices = (choices: readonly string[]): string => choices.map((each) => `(${each})`).join(' | ');

/** Builds a search for any pair of characters of a text.
 *  @returns  undefined for a text without a letter or digit */
export function buildPairQuery(text: string): string | undefined {
  const pairs = splitPairs(text).slice(0, 20);
  return pairs.length === 0 ? undefined : pairs.map(quote).join(' | ');
}

const quote = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
