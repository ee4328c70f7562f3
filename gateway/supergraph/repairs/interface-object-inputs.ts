import {
  Kind,
  visit,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
} from 'graphql';
import { argument } from '../../../shared/share/share-spec.js';
import { isJoinField, joinField, joinOf, readGraphIds, withArgument } from './join-directives.js';
import { readSubgraphFields } from './local-fields.js';
import type { SupergraphRepair } from './repair.js';

/** Marks fields that a subgraph has as `@external` on an `@interfaceObject` type as external in the supergraph, so that
 *  inputs of `@requires` are fetched from where they are before they are sent there.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 writes such a field as if every subgraph of the interface gave it. */
export const markInterfaceObjectInputs: SupergraphRepair = (supergraph, subgraphs) => {
  const ids = readGraphIds(supergraph);
  const externals = new Map<string, string[]>();
  for (const [coordinate, fields] of readSubgraphFields(subgraphs)) {
    const graphs = fields
      .filter((each) => each.external && each.interfaceObject)
      .map(({ subgraph }) => ids.get(subgraph)!);
    if (graphs.length > 0) externals.set(coordinate, graphs);
  }
  if (externals.size === 0) return supergraph;
  return visit(supergraph, {
    InterfaceTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.map((field) => {
        const graphs = externals.get(`${type.name.value}.${field.name.value}`);
        return graphs ? { ...field, directives: markExternal(type, field, graphs) } : field;
      }),
    }),
  });
};

function markExternal(
  type: InterfaceTypeDefinitionNode,
  field: FieldDefinitionNode,
  graphs: readonly string[],
): ConstDirectiveNode[] {
  const directives = field.directives ?? [];
  const isKeyOf = (graph: string) => keyFields(type, graph).has(field.name.value);
  // Without any `@join__field` every subgraph of the type has the field.
  const everywhere = directives.some(isJoinField)
    ? []
    : typeGraphs(type)
        .filter((graph) => !graphs.includes(graph))
        .map((graph) => joinField(graph));
  const added = graphs
    .filter((graph) => !joinOf(field, graph))
    .map((graph) => joinField(graph, isKeyOf(graph) ? {} : { external: true }));
  const marked = directives.map((each) =>
    isJoinField(each) && graphs.includes(String(argument(each, 'graph'))) && !isKeyOf(String(argument(each, 'graph')))
      ? withArgument(each, 'external', { kind: Kind.BOOLEAN, value: true })
      : each,
  );
  return [...marked, ...everywhere, ...added];
}

const typeGraphs = ({ directives = [] }: InterfaceTypeDefinitionNode): string[] => [
  ...new Set(
    directives.filter(({ name }) => name.value === 'join__type').map((each) => String(argument(each, 'graph'))),
  ),
];

/** Names in a type's keys: a subgraph gives the fields of its own keys. */
const keyFields = ({ directives = [] }: InterfaceTypeDefinitionNode, graph: string): ReadonlySet<string> =>
  new Set(
    directives
      .filter((each) => each.name.value === 'join__type' && argument(each, 'graph') === graph)
      .flatMap((each) => {
        const key = argument(each, 'key');
        return typeof key === 'string' ? (key.match(/\w+/g) ?? []) : [];
      }),
  );
