import { Kind, type DocumentNode, type SelectionNode } from 'graphql';
import { namedType, rewriteFieldSets, type FieldSet } from './field-sets.js';
import type { SubgraphRepair } from './repair.js';

/** Writes `... on INTERFACE` inside `@requires` and `@provides` as one fragment for each object type that the subgraph has of
 *  the interface.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 finds such a condition unsatisfiable, whatever it asks for. */
export const expandInterfaceFragments: SubgraphRepair = ({ typeDefs }) => {
  const types = new LocalTypes(typeDefs);
  return rewriteFieldSets(typeDefs, ['requires', 'provides'], (set, on) => types.expand(set, on));
};

class LocalTypes {
  private readonly fields = new Map<string, Map<string, string>>();
  /** Object types by interface. */
  private readonly objects = new Map<string, string[]>();
  private readonly members = new Map<string, string[]>();

  constructor(typeDefs: DocumentNode) {
    for (const each of typeDefs.definitions) {
      const isUnion = each.kind === Kind.UNION_TYPE_DEFINITION || each.kind === Kind.UNION_TYPE_EXTENSION;
      if (isUnion) add(this.members, each.name.value, ...(each.types ?? []).map(({ name }) => name.value));
      const isObject = each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION;
      const isInterface = each.kind === Kind.INTERFACE_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_EXTENSION;
      if (!isObject && !isInterface) continue;
      const name = each.name.value;
      const fields = this.fields.get(name) ?? this.fields.set(name, new Map()).get(name)!;
      for (const field of each.fields ?? []) fields.set(field.name.value, namedType(field.type));
      if (isInterface && !this.objects.has(name)) this.objects.set(name, []);
      if (isObject) for (const parent of each.interfaces ?? []) add(this.objects, parent.name.value, name);
    }
  }

  expand(set: FieldSet, on: string): FieldSet {
    return set.flatMap((each): SelectionNode[] => {
      if (each.kind === Kind.FIELD) {
        const below = this.fields.get(on)?.get(each.name.value);
        if (!each.selectionSet || below === undefined) return [each];
        return [withSelections(each, this.expand(each.selectionSet.selections, below))];
      }
      if (each.kind !== Kind.INLINE_FRAGMENT) return [each];
      const condition = each.typeCondition?.name.value ?? on;
      const objects = this.objects.get(condition);
      const inner = each.selectionSet.selections;
      if (!objects || objects.length === 0 || condition === on)
        return [withSelections(each, this.expand(inner, condition))];
      const possible = this.possibleTypes(on);
      return objects
        .filter((object) => possible.includes(object))
        .map((object) => ({
          ...withSelections(each, this.expand(inner, object)),
          typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: object } },
        }));
    });
  }

  private possibleTypes(type: string): readonly string[] {
    return this.objects.get(type) ?? this.members.get(type) ?? [type];
  }
}

const withSelections = <T extends SelectionNode>(node: T, selections: FieldSet): T => ({
  ...node,
  selectionSet: { kind: Kind.SELECTION_SET, selections },
});

function add(map: Map<string, string[]>, key: string, ...values: readonly string[]): void {
  const known = map.get(key) ?? map.set(key, []).get(key)!;
  for (const value of values) if (!known.includes(value)) known.push(value);
}
