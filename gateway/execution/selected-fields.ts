import { Kind, type FieldNode, type GraphQLNamedType, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import type { CompiledFetch } from './fetch-step.js';

/** The fields of a selection set, through fragments but not below them, each with the type it stands on.
 *  `schema` has every field of the graph, also inaccessible ones; `parent` is undefined where the plan does not say it. */
export function* selectedFields(
  schema: GraphQLSchema,
  fragments: CompiledFetch['fragments'],
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
): Iterable<readonly [GraphQLNamedType | undefined, FieldNode]> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield [parent, selection];
    else {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
      const condition = fragment.typeCondition?.name.value;
      const type = condition === undefined ? parent : schema.getType(condition);
      yield* selectedFields(schema, fragments, fragment.selectionSet, type);
    }
  }
}
