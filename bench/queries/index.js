import { readFileSync } from 'node:fs';

/** Each operation is asked with this many different variables in turn, more than there are requests under way, so that
 *  no gateway can answer one caller with what it just fetched for another. */
export const VARIATIONS = 100;

const residentId = (number) => `R${String(number).padStart(7, '0')}`;
const VARIABLES = {
  small: (index) => ({ idNumber: residentId(index + 1) }),
  medium: (index) => ({ from: 1 + index * 5, first: 5 }),
  large: (index) => ({ from: 1 + index * 100, first: 100 }),
};

/** The measured operations: name → text and the JSON bodies of its variations. */
export const QUERIES = Object.fromEntries(
  Object.entries(VARIABLES).map(([name, variablesOf]) => {
    const query = readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8');
    const bodies = Array.from({ length: VARIATIONS }, (_, index) =>
      JSON.stringify({ query, variables: variablesOf(index) }),
    );
    return [name, { name, query, bodies }];
  }),
);
