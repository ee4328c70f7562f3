import { Kind, type SelectionNode } from 'graphql';
import { rewriteFieldSets, type FieldSet } from './field-sets.js';
import type { SubgraphRepair } from './repair.js';

/** Leaves `__typename` out of `@provides`: every subgraph gives it, provided or not.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 refuses it, or finds fields beside it unsatisfiable, without naming
 *  the field. */
export const dropProvidedTypenames: SubgraphRepair = ({ typeDefs }) =>
  rewriteFieldSets(typeDefs, ['provides'], withoutTypename);

function withoutTypename(set: FieldSet): FieldSet {
  return set.flatMap((each): SelectionNode[] => {
    if (each.kind === Kind.FRAGMENT_SPREAD) return [each];
    if (each.kind === Kind.FIELD && each.name.value === '__typename') return [];
    if (!each.selectionSet) return [each];
    const selections = withoutTypename(each.selectionSet.selections);
    return selections.length === 0 ? [] : [{ ...each, selectionSet: { ...each.selectionSet, selections } }];
  });
}
