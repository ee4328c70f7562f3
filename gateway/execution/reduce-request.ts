import { Kind, parse, print, visit, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { InternalPart } from '../plan/query-plan.js';
import type { FetchText } from './fetch-step.js';

/** The text of a request with some of its `_entities` calls only, and the variables that these use.
 *  @param aliases  response keys of the calls that stay */
export const keepCalls = <T extends FetchText>(node: T, aliases: ReadonlySet<string>): T =>
  reduce(node, ({ kind, selections }) => ({
    kind,
    selections: selections.filter((each) => each.kind === Kind.FIELD && aliases.has((each.alias ?? each.name).value)),
  }));

/** Parts that are left out of a request, by the steps that lead to them. */
export interface PartTree {
  isPart: boolean;
  readonly below: Map<string, PartTree>;
}

export function toPartTree(parts: readonly Pick<InternalPart, 'path'>[]): PartTree {
  const root: PartTree = { isPart: false, below: new Map() };
  for (const { path } of parts) {
    let at = root;
    for (const key of path) {
      const next = at.below.get(key) ?? { isPart: false, below: new Map() };
      at.below.set(key, next);
      at = next;
    }
    at.isPart = true;
  }
  return root;
}

/** The text of a request without some of its parts, and without the variables that only these use. */
export const leaveOutParts = <T extends FetchText>(node: T, parts: PartTree): T =>
  reduce(node, (set) => withoutParts(set, parts) ?? set);

function reduce<T extends FetchText>(node: T, change: (set: SelectionSetNode) => SelectionSetNode): T {
  const used = new Set<string>();
  const document = visit(parse(node.operation, { noLocation: true }), {
    OperationDefinition: (definition) => {
      const selectionSet = visit(change(definition.selectionSet), {
        Variable: ({ name }) => void used.add(name.value),
      });
      const variableDefinitions = definition.variableDefinitions?.filter(({ variable }) =>
        used.has(variable.name.value),
      );
      return { ...definition, selectionSet, variableDefinitions };
    },
  });
  return {
    ...node,
    operation: print(document),
    variableUsages: node.variableUsages?.filter((name) => used.has(name)),
  };
}

/** @returns undefined when nothing is left */
function withoutParts(
  { kind, selections }: SelectionSetNode,
  parts: PartTree | undefined,
): SelectionSetNode | undefined {
  const kept = selections.flatMap((each): SelectionNode[] => {
    if (each.kind === Kind.INLINE_FRAGMENT) {
      const selectionSet = withoutParts(each.selectionSet, parts?.below.get(`...${each.typeCondition?.name.value}`));
      return selectionSet ? [{ ...each, selectionSet }] : [];
    }
    if (each.kind !== Kind.FIELD) return [each];
    const part = parts?.below.get((each.alias ?? each.name).value);
    if (part?.isPart) return [];
    if (!each.selectionSet || !part) return [each];
    return [{ ...each, selectionSet: withoutParts(each.selectionSet, part) ?? ONLY_TYPENAME }];
  });
  return kept.length > 0 ? { kind, selections: kept } : undefined;
}

const ONLY_TYPENAME: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
