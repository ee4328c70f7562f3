import type { Text } from '../../../../shared/kernel/index.js';
import { cleanText, findTextProblem } from '../../core/text.rule.js';
import { say } from '../messages/index.js';

/** Queries of a person, and characters of one and of its name, at most. */
export const MOST_QUERIES = 100;
export const MOST_CHARACTERS = 20_000;
export const MOST_NAME = 60;

/** A citizen's number: a division, a day of birth of 1800 to 2099, three digits and a check character, right or wrong.
 *  @source GB 11643-1999 */
const IDENTITY_NUMBER =
  /(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/;

/** Name and text in the one form that is kept; tabs are spaces in it. */
export const cleanQuery = <Q extends { readonly name: string; readonly text: string }>(query: Q): Q => ({
  ...query,
  name: cleanText(query.name),
  text: `${cleanText(query.text.replaceAll('\t', '  '))}\n`,
});

/** Finds why a cleaned query cannot be kept: its text stays in governance, so it names nobody. */
export function findQueryProblem({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): { readonly code: 'TEXT_UNFIT' | 'IDENTITY_NUMBER_WRITTEN'; readonly message: Text } | undefined {
  const unfit =
    findTextProblem('name', name, { max: MOST_NAME }) ??
    findTextProblem('text', text, { max: MOST_CHARACTERS, lines: true });
  if (unfit) return { code: 'TEXT_UNFIT', message: unfit };
  if ([name, text].some((each) => IDENTITY_NUMBER.test(each)))
    return { code: 'IDENTITY_NUMBER_WRITTEN', message: say('query.identityNumber') };
  return undefined;
}
