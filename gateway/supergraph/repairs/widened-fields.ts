import {
  Kind,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from 'graphql';
import { namedType } from './field-sets.js';
import { isJoinField, joinField, joinOf, readGraphIds, withArgument } from './join-directives.js';
import { readSubgraphFields, type SubgraphField } from './local-fields.js';
import type { SupergraphRepair } from './repair.js';

/** Gives a field that is an object type in one subgraph and a union or interface with that type in another the wider type,
 *  and states each subgraph's own.
 *
 *  Stands for: @theguild/federation-composition 0.27.0 writes the object type for all, so that whatever else the wider one
 *  holds cannot be asked for. */
export const widenFields: SupergraphRepair = (supergraph, subgraphs) => {
  const types = new TypeHierarchy(supergraph);
  const widened = new Map<string, { readonly named: string; readonly fields: readonly SubgraphField[] }>();
  for (const [coordinate, fields] of readSubgraphFields(subgraphs)) {
    const named = [...new Set(fields.map(({ field }) => namedType(field.type)))];
    if (named.length === 1) continue;
    const widest = named.find((each) => named.every((other) => types.isWithin(other, each)));
    if (widest !== undefined) widened.set(coordinate, { named: widest, fields });
  }
  if (widened.size === 0) return supergraph;
  const ids = readGraphIds(supergraph);
  const widen = (type: string, field: FieldDefinitionNode): FieldDefinitionNode => {
    const found = widened.get(`${type}.${field.name.value}`);
    if (!found) return field;
    const headline = rename(field.type, found.named);
    return { ...field, type: headline, directives: stateTypes(field, found.fields, headline, ids) };
  };
  return visit(supergraph, {
    ObjectTypeDefinition: (type) => ({ ...type, fields: type.fields?.map((each) => widen(type.name.value, each)) }),
    InterfaceTypeDefinition: (type) => ({ ...type, fields: type.fields?.map((each) => widen(type.name.value, each)) }),
  });
};

/** The field's `@join__field`, each with the type that its subgraph gives the field. */
function stateTypes(
  field: FieldDefinitionNode,
  fields: readonly SubgraphField[],
  headline: TypeNode,
  ids: ReadonlyMap<string, string>,
): ConstDirectiveNode[] {
  const directives = field.directives ?? [];
  const isJoined = directives.some(isJoinField);
  const own = new Map(fields.map((each) => [ids.get(each.subgraph)!, each.field.type]));
  if (!isJoined)
    return [...directives, ...[...own].map(([graph, type]) => joinField(graph, differing(type, headline)))];
  let result = [...directives];
  for (const [graph, type] of own) {
    const join = joinOf(field, graph);
    if (!join || !differing(type, headline).type) continue;
    const stated = withArgument(join, 'type', { kind: Kind.STRING, value: writeType(type) });
    result = result.map((each) => (each === join ? stated : each));
  }
  return result;
}

const differing = (type: TypeNode, headline: TypeNode): { type?: TypeNode } =>
  writeType(type) === writeType(headline) ? {} : { type };

function rename(type: TypeNode, named: string): TypeNode {
  if (type.kind === Kind.NAMED_TYPE) return { ...type, name: { ...type.name, value: named } };
  if (type.kind === Kind.LIST_TYPE) return { ...type, type: rename(type.type, named) };
  return { ...type, type: rename(type.type, named) as typeof type.type };
}

function writeType(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value;
  return type.kind === Kind.LIST_TYPE ? `[${writeType(type.type)}]` : `${writeType(type.type)}!`;
}

/** Which types hold which others. */
class TypeHierarchy {
  private readonly wider = new Map<string, Set<string>>();

  constructor(supergraph: DocumentNode) {
    for (const each of supergraph.definitions) {
      if (each.kind === Kind.UNION_TYPE_DEFINITION)
        for (const member of each.types ?? []) this.add(member.name.value, each.name.value);
      if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const parent of each.interfaces ?? []) this.add(each.name.value, parent.name.value);
    }
  }

  isWithin(type: string, wider: string): boolean {
    return type === wider || (this.wider.get(type)?.has(wider) ?? false);
  }

  private add(type: string, wider: string): void {
    (this.wider.get(type) ?? this.wider.set(type, new Set()).get(type)!).add(wider);
  }
}
