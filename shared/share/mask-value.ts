import type { Mask } from '../kernel/index.js';
import { lengthToCounty } from './county-names.js';

/** What a reader takes for one character: a letter or ideograph with its accents and variation selectors. */
const CHARACTER = /\P{M}\p{M}*|\p{M}+/gu;
const charactersOf = (text: string): readonly string[] => text.match(CHARACTER) ?? [];
const stars = (count: number) => '*'.repeat(count);

/** Keeps so many characters at both ends.
 *  @param least  fewest characters between them; with fewer the value could be guessed, so it is hidden whole */
const ends = (value: string, head: number, tail: number, least: number): string => {
  const characters = charactersOf(value);
  const hidden = characters.length - head - tail;
  if (hidden < least) return stars(characters.length);
  return characters.slice(0, head).join('') + stars(hidden) + characters.slice(characters.length - tail).join('');
};

/** The de-identified forms, as schema/share.graphql names them. */
const FORMS: Readonly<Record<Mask, (value: string) => string | null>> = {
  NAME: (value) => ends(value, 1, 0, 1),
  PHONE: (value) => ends(value, 3, 4, 4),
  // A citizen's number of 15 digits hides eight; passports and travel permits are shorter.
  IDENTITY: (value) => ends(value, 6, 1, 8),
  ADDRESS: (value) => {
    const end = lengthToCounty(value);
    return value.slice(0, end) + stars(charactersOf(value.slice(end)).length);
  },
  HIDDEN: () => null,
};

/** The de-identified form of an item's value. What is not text, or has no known form, is not given at all. A value that is
 *  in the form already stays as it is, so that provider and hub may both apply it. */
export function maskValue(value: unknown, form: Mask): unknown {
  if (typeof value !== 'string' || !Object.hasOwn(FORMS, form)) return null;
  return FORMS[form](value);
}
