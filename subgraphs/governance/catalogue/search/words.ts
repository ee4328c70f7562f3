import type { Jieba } from '@node-rs/jieba';
import { gramsOf, plainName } from './similar.rule.js';

let loading: Promise<Jieba> | undefined;

/** The dictionary is read when words are first asked for: it takes some tenths of a second. */
const jieba = (): Promise<Jieba> =>
  (loading ??= (async () => {
    const [{ Jieba }, { dict }] = await Promise.all([import('@node-rs/jieba'), import('@node-rs/jieba/dict.js')]);
    return Jieba.withDict(dict);
  })());

/** Words of a text for a search: Chinese is cut into words and the shorter words within them, other scripts at what is no
 *  letter or digit and where a name goes from small letters to capitals. */
export async function wordsOf(text: string): Promise<string[]> {
  const spaced = text
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
  const cut = (await jieba()).cutForSearch(spaced, true);
  return [...new Set(cut.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter((word) => word !== ''))];
}

/** What an item is found by, the weightiest first: its own name, its resource's, and the rest. */
export interface FoundBy {
  readonly name: string;
  readonly resource: string;
  readonly rest: string;
}

/** A search vector of PostgreSQL as its input text. */
export async function vectorOf({ name, resource, rest }: FoundBy): Promise<string> {
  const weights = new Map<string, string>();
  for (const [text, weight] of [
    [name, 'A'],
    [resource, 'B'],
    [rest, 'D'],
  ] as const)
    for (const word of await wordsOf(text)) if (!weights.has(word)) weights.set(word, weight);
  return [...weights]
    .slice(0, 200)
    .map(([word, weight]) => `${quoted(word)}:1${weight}`)
    .join(' ');
}

/** Pairs of characters of a name as a search vector: what a word that was mistyped is found by. */
export const gramVectorOf = (name: string): string => gramsOf(name).slice(0, 60).map(quoted).join(' ');

/** Every word of a query is there; the last may be begun only. `undefined` for a query without a word. */
export async function wordQueryOf(text: string): Promise<string | undefined> {
  const words = (await wordsOf(text)).slice(0, 20);
  return words.length === 0
    ? undefined
    : words.map((word, at) => quoted(word) + (at === words.length - 1 ? ':*' : '')).join(' & ');
}

/** Some pair of characters of a query is there. */
export function gramQueryOf(text: string): string | undefined {
  const grams = gramsOf(plainName(text)).slice(0, 20);
  return grams.length === 0 ? undefined : grams.map(quoted).join(' | ');
}

const quoted = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
