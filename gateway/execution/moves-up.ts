import { Kind, type SelectionSetNode } from 'graphql';
import type { FieldType } from '../plan/supergraph-facts.js';

/** Tells whether a null at a place of a fetch's answer takes the whole answer along: nothing on the way may be null.
 *  @param path   response keys and indices from the root on, as they were sent
 *  @param below  length of the way to a place above it, where only that place is asked about; 0 when absent
 *  @source GraphQL specification 6.4.4 "Handling Execution Errors" */
export type MovesUp = (path: readonly (string | number)[], below?: number) => boolean;

/** @param root  name of the root type
 *  @param sent  selections of the request
 *  @param typeOf  types of fields in the subgraph */
export const compileMovesUp =
  (root: string, sent: SelectionSetNode, typeOf: FieldType): MovesUp =>
  (path, below = 0) => {
    let at: readonly Place[] = [{ type: root, set: sent }];
    let type = '!';
    for (const [index, key] of path.entries()) {
      if (typeof key === 'number') type = type.replace(/^\[(.*)\]$/, '$1');
      else {
        const found = at.flatMap((place) => [...findFields(place, key, typeOf)]);
        // Fields under one key have lists and `!` alike, else they would have keys of their own.
        const [first] = found;
        if (!first) return false;
        type = first.own;
        at = found.flatMap(({ below }) => below ?? []);
      }
      if (!type.endsWith('!') && index >= below) return false;
      type = type.replace(/!$/, '');
    }
    return true;
  };

/** Selections of an object, by the type that its place has. */
interface Place {
  readonly type: string;
  readonly set: SelectionSetNode;
}

function* findFields(
  { type, set }: Place,
  key: string,
  typeOf: FieldType,
): Generator<{ readonly own: string; readonly below: Place | undefined }> {
  for (const each of set.selections) {
    if (each.kind === Kind.INLINE_FRAGMENT)
      yield* findFields({ type: each.typeCondition?.name.value ?? type, set: each.selectionSet }, key, typeOf);
    if (each.kind !== Kind.FIELD || (each.alias ?? each.name).value !== key) continue;
    const own = each.name.value === '_entities' ? '[_Entity]!' : typeOf(type, each.name.value);
    if (own === undefined) continue;
    yield { own, below: each.selectionSet && { type: own.replace(/[[\]!]/g, ''), set: each.selectionSet } };
  }
}
