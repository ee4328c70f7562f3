import { organisationCount, sampleEnterprise, type SampleOrganisation } from '../../../shared/sample/organisation.js';
import { samplePerson, type SamplePerson } from '../../../shared/sample/person.js';
import { townships } from '../../../shared/sample/divisions.js';
import { pick } from '../../../shared/sample/random.js';

/** A row of a declared type: item → value. An item that is left out is null. */
export type SampleRow = Readonly<Record<string, unknown>>;

/** Generated rows of a library, by type.
 *  @param residents  generated residents of the demo; everything else scales along */
export type SampleRows = Readonly<Record<string, (residents: number) => Iterable<SampleRow>>>;

/** Every n-th enterprise of the demo, the first among them. */
export function* everyEnterprise(residents: number, n: number): Generator<SampleOrganisation> {
  for (let index = 0; index < organisationCount('enterprise', residents); index += n) yield sampleEnterprise(index);
}

/** Every n-th resident of the demo, the first among them. */
export function* everyPerson(residents: number, n: number): Generator<SamplePerson> {
  for (let index = 0; index < residents; index += n) yield samplePerson(index);
}

/** The demo's counties: code and name. */
export function sampleCounties(): readonly { readonly code: string; readonly name: string }[] {
  const found = new Map<string, string>();
  for (const { code, fullName, name } of townships()) {
    const county = code.slice(0, 6);
    if (found.size === COUNTIES && !found.has(county)) break;
    found.set(county, fullName.slice(0, -name.length));
  }
  return [...found].map(([code, name]) => ({ code, name }));
}
const COUNTIES = 6;

const DAY_MS = 86_400_000;

/** One of so many days from a first one on. */
export const sampleDay = (salt: number, index: number, first: string, days: number): string =>
  addDays(first, pick(salt, index, days));

/** A minute of one of so many days from a first one on, in China's time. */
export const sampleInstant = (salt: number, index: number, first: string, days: number): string => {
  const minute = pick(salt + 1, index, 1_440);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${sampleDay(salt, index, first, days)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00+08:00`;
};

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** A number with decimals, between two bounds. */
export const sampleDecimal = (salt: number, index: number, from: number, to: number, decimals = 1): string =>
  (from + (pick(salt, index, 10_001) / 10_000) * (to - from)).toFixed(decimals);

/** A number that a department gives: letters, place and serial. */
export const sampleNumber = (letters: string, division: string, index: number): string =>
  letters + division.slice(0, 6) + String(index).padStart(6, '0');
