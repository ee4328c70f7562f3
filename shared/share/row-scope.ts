/** True for a code that rows can be narrowed to: 2 to 12 digits. */
export const isDivisionPrefix = (prefix: string): boolean => /^\d{2,12}$/.test(prefix);

/** True when a row lies within one of the divisions. A row without a division lies in none, and a prefix that is no
 *  division code contains nothing.
 *  @param division  value of the row's `@scope` item */
export function isWithinDivisions(division: unknown, prefixes: readonly string[]): boolean {
  if (typeof division !== 'string' || division === '') return false;
  return prefixes.some((prefix) => isDivisionPrefix(prefix) && division.startsWith(prefix));
}
