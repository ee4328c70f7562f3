/** Texts of a call with `{item}` for the value of an item, and `{$word}` for what paging and pulling give. */

/** A value that stands for a placeholder: several where one call asks for several keys. */
export type Filling = string | number | readonly (string | number)[];
export type Fillings = ReadonlyMap<string, Filling>;

/** `page` counts pages, `offset` rows; `after` is the key of the last row. A pull has `$since` besides, its watermark. */
export const PAGE_WORDS = ['$page', '$size', '$offset', '$cursor', '$after'] as const;

const PLACEHOLDER = /\{(\$?[a-z][A-Za-z0-9]{0,49})\}/g;
const ONLY = /^\{(\$?[a-z][A-Za-z0-9]{0,49})\}$/;

/** Names in the braces of a text, or of every text of a JSON value. */
export function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACEHOLDER)].map(([, name]) => name!);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}

/** True when every brace of the text belongs to a placeholder. */
export const isTemplate = (text: string): boolean => !/[{}]/.test(text.replaceAll(PLACEHOLDER, ''));

/** Fills a text.
 *  @param encode  of each value
 *  @returns       undefined where a value is missing: the text is then left out */
export function fillText(
  text: string,
  fillings: Fillings,
  encode: (value: string) => string = (value) => value,
): string | undefined {
  let isWhole = true;
  const filled = text.replaceAll(PLACEHOLDER, (_, name: string) => {
    const filling = fillings.get(name);
    if (filling === undefined) isWhole = false;
    return encode(filling === undefined ? '' : Array.isArray(filling) ? filling.join(',') : String(filling));
  });
  return isWhole ? filled : undefined;
}

/** Fills a JSON value. A text that is nothing but one placeholder becomes the value itself, with its type; several values
 *  become a list. A member whose value is missing is left out. */
export function fillJson(value: unknown, fillings: Fillings): unknown {
  if (typeof value === 'string') {
    const [, only] = ONLY.exec(value) ?? [];
    return only === undefined ? fillText(value, fillings) : fillings.get(only);
  }
  if (Array.isArray(value)) return value.map((each) => fillJson(each, fillings)).filter((each) => each !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const filled = fillJson(each, fillings);
      return filled === undefined ? [] : [[name, filled]];
    }),
  );
}
