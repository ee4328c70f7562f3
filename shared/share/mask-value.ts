import type { Mask } from '../kernel/index.js';

const stars = (count: number) => '*'.repeat(Math.max(count, 0));

/** Keeps so many characters at both ends; a value too short to hide anything is hidden whole. */
const ends = (value: string, head: number, tail: number): string => {
  const characters = [...value];
  const hidden = characters.length - head - tail;
  if (hidden <= 0) return stars(characters.length);
  return characters.slice(0, head).join('') + stars(hidden) + (tail ? characters.slice(-tail).join('') : '');
};

/** Province and city where named, then the county. */
const TO_COUNTY =
  /^(?:[^省市区县]{2,9}?(?:省|自治区|特别行政区))?(?:[^省市区县]{1,9}?(?:市|自治州|地区|盟|州))?[^省市]{1,10}?(?:区|县|旗|市)/u;

/** The de-identified forms, as schema/share.graphql names them. */
const FORMS: Readonly<Record<Mask, (value: string) => string | null>> = {
  NAME: (value) => ends(value, 1, 0),
  PHONE: (value) => ends(value, 3, 4),
  IDENTITY: (value) => ends(value, 6, 1),
  ADDRESS: (value) => {
    const kept = TO_COUNTY.exec(value)?.[0] ?? '';
    return kept + stars([...value].length - [...kept].length);
  },
  HIDDEN: () => null,
};

/** The de-identified form of an item's value. What is not text, or has no known form, is not given at all. */
export function maskValue(value: unknown, form: Mask): unknown {
  if (typeof value !== 'string' || !Object.hasOwn(FORMS, form)) return null;
  return FORMS[form](value);
}
