import { Kind, type SelectionNode } from 'graphql';
import { onType, rewriteFieldSets, withSelections, type FieldSet } from './field-sets.js';
import { LocalTypes } from './local-types.js';
import type { SubgraphRepair } from './repair.js';

/** Writes a field of an interface inside `@provides` as one fragment for each object type that has it `@external`: the mark
 *  stands on these types, and no field of an interface has it.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 looks for `@external` on the interface's own field, and takes the field
 *  for one that the subgraph gives anyway. */
export const spreadProvidedInterfaceFields: SubgraphRepair = ({ typeDefs }) => {
  const types = new LocalTypes(typeDefs);
  return rewriteFieldSets(typeDefs, ['provides'], (set, on) => spread(types, set, on));
};

function spread(types: LocalTypes, set: FieldSet, on: string): FieldSet {
  return set.flatMap((each): SelectionNode[] => {
    if (each.kind === Kind.INLINE_FRAGMENT) {
      const condition = each.typeCondition?.name.value ?? on;
      return [withSelections(each, spread(types, each.selectionSet.selections, condition))];
    }
    if (each.kind !== Kind.FIELD) return [each];
    const field = types.field(on, each.name.value);
    const own =
      each.selectionSet && field ? withSelections(each, spread(types, each.selectionSet.selections, field.type)) : each;
    if (field?.isExternal) return [own];
    const objects = types.objectsOf(on).filter((object) => types.field(object, each.name.value)?.isExternal);
    return objects.length > 0 ? objects.map((object) => onType(object, [own])) : [own];
  });
}
