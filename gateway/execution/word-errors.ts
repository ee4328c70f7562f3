import { textIn, type Language } from '../../shared/kernel/index.js';
import type { AnswerError, PlacedError } from '../request/answer.js';
import type { Operation, Site } from '../request/operation.js';

type Locations = NonNullable<AnswerError['locations']>;
/** Fields of one place named in one error. */
const MOST = 10;

/** Words each error, and says where its field stands in the operation. @source GraphQL, "Errors" */
export function wordErrors(
  operation: Operation,
  errors: readonly PlacedError[],
  language: Language,
): readonly AnswerError[] {
  const byPath = findLocations(operation);
  return errors.map(({ message: text, ...rest }) => {
    const message = textIn(text, language);
    if (rest.locations || !rest.path) return { message, ...rest };
    const locations = byPath.get(keyOf(rest.path.filter((key) => typeof key === 'string')));
    return locations ? { message, locations, ...rest } : { message, ...rest };
  });
}

/** Locations by response path, computed when an operation first answers with an error. */
function findLocations(operation: Operation): ReadonlyMap<string, Locations> {
  let known = found.get(operation);
  if (!known) {
    const places = Map.groupBy(operation.sites, ({ path }: Site) => keyOf(path));
    known = new Map(
      [...places].flatMap(([key, sites]) => {
        const locations = sites.slice(0, MOST).flatMap(({ location }) => location ?? []);
        return locations.length > 0 ? [[key, locations] as const] : [];
      }),
    );
    found.set(operation, known);
  }
  return known;
}
const found = new WeakMap<Operation, ReadonlyMap<string, Locations>>();

const keyOf = (path: readonly unknown[]): string => path.join('\0');
