import { Kind, type SelectionSetNode } from 'graphql';
import type { CompiledFetch } from './fetch-step.js';
import type { SubgraphTypes } from './separate-conflicting-keys.js';

/** Tells whether a null at a place of a fetch's answer takes the whole answer along: nothing on the way may be null.
 *  @param path  response keys and indices from the root on
 *  @source GraphQL specification 6.4.4 "Handling Execution Errors" */
export type MovesUp = (path: readonly (string | number)[]) => boolean;

export function compileMovesUp({ definition, subgraph }: CompiledFetch, graph: SubgraphTypes): MovesUp {
  const typeOf = graph.fieldTypes(subgraph);
  const root = graph.rootType(definition.operation);
  return (path) => {
    let at: Place | undefined = { type: root, sets: [definition.selectionSet] };
    let type = '!';
    for (const key of path) {
      if (typeof key === 'number') type = type.replace(/^\[(.*)\]$/, '$1');
      else {
        const field: (Place & { readonly own: string }) | undefined = at && findField(at, key, typeOf);
        if (!field) return false;
        type = field.own;
        at = field;
      }
      if (!type.endsWith('!')) return false;
      type = type.slice(0, -1);
    }
    return true;
  };
}

/** Selections of an object, by the type that its place has. */
interface Place {
  readonly type: string;
  readonly sets: readonly SelectionSetNode[];
}

function findField(
  { type, sets }: Place,
  key: string,
  typeOf: (type: string, field: string) => string | undefined,
): (Place & { readonly own: string }) | undefined {
  for (const { selections } of sets)
    for (const each of selections) {
      if (each.kind === Kind.INLINE_FRAGMENT) {
        const on = each.typeCondition?.name.value ?? type;
        const inner = findField({ type: on, sets: [each.selectionSet] }, key, typeOf);
        if (inner) return inner;
      }
      if (each.kind !== Kind.FIELD || (each.alias ?? each.name).value !== key) continue;
      const own = typeOf(type, each.name.value);
      if (own === undefined) return undefined;
      return { type: own.replace(/[[\]!]/g, ''), sets: each.selectionSet ? [each.selectionSet] : [], own };
    }
  return undefined;
}
