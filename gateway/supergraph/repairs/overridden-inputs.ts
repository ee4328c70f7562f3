import { Kind, visit, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { argument } from '../../../shared/share/share-spec.js';
import { isJoinField, readGraphIds, withArgument } from './join-directives.js';
import { readSubgraphFields } from './local-fields.js';
import type { SupergraphRepair } from './repair.js';

/** Marks as external what a subgraph has as `@external` for nothing but fields that have moved elsewhere by `@override`.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 writes such a field, where it has moved itself or a path provides it, as
 *  if this subgraph gave it, and so the subgraph is asked for what it does not know. */
export const markOverriddenInputs: SupergraphRepair = (supergraph, subgraphs) => {
  const externals = new Map<string, readonly string[]>();
  for (const [coordinate, fields] of readSubgraphFields(subgraphs)) {
    const marked = fields.filter(({ external, interfaceObject }) => external && !interfaceObject);
    if (marked.length > 0)
      externals.set(
        coordinate,
        marked.map(({ subgraph }) => subgraph),
      );
  }
  if (externals.size === 0) return supergraph;
  const ids = readGraphIds(supergraph);
  const keys = readKeyNames(supergraph);
  const mark = (type: string, field: FieldDefinitionNode): FieldDefinitionNode => {
    const graphs = externals.get(`${type}.${field.name.value}`)?.map((subgraph) => ids.get(subgraph)!) ?? [];
    const { directives = [] } = field;
    if (graphs.length === 0) return field;
    const changed = directives.map((each) => {
      const graph = String(argument(each, 'graph'));
      const isGiven = !graphs.includes(graph) || keys.get(graph)?.has(field.name.value) === true;
      const says = argument(each, 'external') ?? argument(each, 'override');
      if (!isJoinField(each) || isGiven || says !== undefined) return each;
      return withArgument(each, 'external', { kind: Kind.BOOLEAN, value: true });
    });
    return changed.some((each, i) => each !== directives[i]) ? { ...field, directives: changed } : field;
  };
  return visit(supergraph, {
    ObjectTypeDefinition: (type) => {
      const fields = type.fields?.map((each) => mark(type.name.value, each));
      return fields?.some((each, i) => each !== type.fields?.[i]) ? { ...type, fields } : undefined;
    },
  });
};

/** Names of fields in the keys of each graph: a subgraph gives these, marked or not. */
function readKeyNames(supergraph: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const each of supergraph.definitions) {
    if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of each.directives ?? []) {
      const key = argument(directive, 'key');
      if (directive.name.value !== 'join__type' || typeof key !== 'string') continue;
      const graph = String(argument(directive, 'graph'));
      const known = names.get(graph) ?? names.set(graph, new Set()).get(graph)!;
      for (const name of key.match(/\w+/g) ?? []) known.add(name);
    }
  }
  return names;
}
