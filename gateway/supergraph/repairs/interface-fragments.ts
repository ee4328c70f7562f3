import { Kind, type SelectionNode } from 'graphql';
import { onType, rewriteFieldSets, withSelections, type FieldSet } from './field-sets.js';
import { LocalTypes } from './local-types.js';
import type { SubgraphRepair } from './repair.js';

/** Writes `... on INTERFACE` inside `@requires` and `@provides` as one fragment for each object type that the subgraph has of
 *  the interface.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 finds such a condition unsatisfiable, whatever it asks for. */
export const expandInterfaceFragments: SubgraphRepair = ({ typeDefs }) => {
  const types = new LocalTypes(typeDefs);
  return rewriteFieldSets(typeDefs, ['requires', 'provides'], (set, on) => expand(types, set, on));
};

function expand(types: LocalTypes, set: FieldSet, on: string): FieldSet {
  return set.flatMap((each): SelectionNode[] => {
    if (each.kind === Kind.FIELD) {
      const field = types.field(on, each.name.value);
      if (!each.selectionSet || !field) return [each];
      return [withSelections(each, expand(types, each.selectionSet.selections, field.type))];
    }
    if (each.kind !== Kind.INLINE_FRAGMENT) return [each];
    const condition = each.typeCondition?.name.value ?? on;
    const objects = types.objectsOf(condition);
    const inner = each.selectionSet.selections;
    if (objects.length === 0 || condition === on) return [withSelections(each, expand(types, inner, condition))];
    const possible = types.possibleTypes(on);
    return objects
      .filter((object) => possible.includes(object))
      .map((object) => onType(object, expand(types, inner, object)));
  });
}
