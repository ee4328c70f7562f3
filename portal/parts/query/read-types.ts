import { language } from '../../app/words.js';
import { PAGE_HEADERS } from '../hub-file.js';
import type { DescribedType } from './described-types.js';

/** Headers of a request to the hub under a purpose. The scenario's code may be in Chinese. */
export const purposeHeaders = (scenario: string | undefined): Record<string, string> => ({
  ...PAGE_HEADERS,
  'accept-language': language,
  ...(scenario && { 'share-scenario': encodeURIComponent(scenario) }),
});

/** Asks the hub to describe types. No data is asked for, so nothing is recorded or counted.
 *  @throws Error where it does not answer */
export async function readTypes(
  names: readonly string[],
  scenario: string | undefined,
): Promise<readonly DescribedType[]> {
  const query = names.map((name) => `name=${encodeURIComponent(name)}`).join('&');
  const response = await fetch(`/schema/types?${query}`, { headers: purposeHeaders(scenario) });
  if (!response.ok) throw new Error(`The hub answered ${response.status}.`);
  return ((await response.json()) as { types: DescribedType[] }).types;
}
