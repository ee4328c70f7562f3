import { findChineseWord, findLatinWord, foldLatin, isChinese } from './find-word.js';
import { PARTS, WORDS } from './words.js';

/** Proposes names of the graph. They are proposals until the first publication, and the same for the same source. */

/** Chinese parts of names, the longest first. */
const CHINESE_PARTS: readonly (readonly [string, string])[] = [
  ...WORDS.flatMap(({ english, chinese }) => chinese.map((each) => [each, english] as const)),
  ...Object.entries(PARTS),
].sort(([one], [other]) => other.length - one.length);

/** Proposes the name of an item.
 *  @param title  Chinese name, where there is one */
export async function proposeItemName(column: string, title: string): Promise<string> {
  return toItemName(await englishOf(column, title)) ?? 'item';
}

/** Proposes the name of a type. */
export async function proposeTypeName(table: string, title: string): Promise<string> {
  const plain = table
    .split('.')
    .at(-1)!
    .replace(/^(t|tb|tbl|v|vw|view|dim|dwd|ods|dws)_/i, '');
  const subject = title.replace(/(信息|基本|基础|数据|记录)*(表|库|视图)$/, '');
  // Tables have prefixes of their systems; a title that is understood whole says more.
  const known = isChinese(subject) ? await translate(subject) : undefined;
  const name = singularOf(toItemName(known?.isWhole ? known.english : await englishOf(plain, subject)) ?? 'record');
  return name[0]!.toUpperCase() + name.slice(1);
}

/** The last name of a list that is not taken: `name`, `name2`, `name3` … */
export function takeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name.slice(0, 46)}${count}`;
  taken.add(free);
  return free;
}

/** A type is called after one of its records, whatever its table is called: `pupil` for `pupils`. */
function singularOf(name: string): string {
  if (/(series|species|news)$/i.test(name) || name.length < 4) return name;
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}y`;
  if (/(ss|x|z|ch|sh)es$/.test(name)) return name.slice(0, -2);
  return /[^sui]s$/.test(name) ? name.slice(0, -1) : name;
}

/** A list of a type: `pupils`. */
export const pluralOf = (name: string): string =>
  /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;

async function englishOf(name: string, title: string): Promise<string> {
  const whole = findChineseWord(title) ?? findChineseWord(name) ?? findLatinWord(name);
  if (whole) return whole.english;
  if (isChinese(name)) return (await translate(name)).english;
  return isChinese(title) && (await isPinyinOf(name, title)) ? (await translate(title)).english : name;
}

/** True for an abbreviation or the full Pinyin of the title: `xsxm` of 学生姓名. */
async function isPinyinOf(name: string, title: string): Promise<boolean> {
  const { pinyin } = await import('pinyin-pro');
  const spell = (pattern: 'first' | 'pinyin') =>
    pinyin(title, { pattern, toneType: 'none', type: 'array', nonZh: 'removed', v: true }).join('');
  const folded = foldLatin(name);
  return folded === spell('first') || folded === spell('pinyin');
}

/** Translates what the tables know of a Chinese name, and spells the rest in Pinyin. */
async function translate(text: string): Promise<{ readonly english: string; readonly isWhole: boolean }> {
  let isWhole = true;
  const parts: string[] = [];
  let unknown = '';
  const spellUnknown = async () => {
    if (unknown === '') return;
    isWhole = false;
    const { pinyin } = await import('pinyin-pro');
    parts.push(pinyin(unknown, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join(''));
    unknown = '';
  };
  for (let at = 0; at < text.length;) {
    const found = CHINESE_PARTS.find(([chinese]) => text.startsWith(chinese, at));
    if (!found) {
      unknown += text[at++]!;
      continue;
    }
    await spellUnknown();
    parts.push(found[1]);
    at += found[0].length;
  }
  await spellUnknown();
  return { english: parts.filter((part) => part !== '').join(' '), isWhole };
}

/** Letters and digits, beginning with a small letter: `birth_date` and `BirthDate` are `birthDate`.
 *  @returns undefined where nothing is left */
function toItemName(text: string): string | undefined {
  const parts = text
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .map((part) => (part === part.toUpperCase() ? part.toLowerCase() : part[0]!.toLowerCase() + part.slice(1)));
  const name = parts.map((part, at) => (at === 0 ? part : part[0]!.toUpperCase() + part.slice(1))).join('');
  if (name === '') return undefined;
  return (/^[a-z]/.test(name) ? name : `item${name}`).slice(0, 50);
}
