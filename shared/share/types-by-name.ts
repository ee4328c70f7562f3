import {
  Kind,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode as TypeReferenceNode,
} from 'graphql';
import type { TypeNode } from './statements.js';

/** A document's types with all their extensions, under the names they have in the graph: a root type is called
 *  `Query` or `Mutation` there, whatever the subgraph calls it. */
export function typesByName(document: DocumentNode): ReadonlyMap<string, readonly TypeNode[]> {
  const roots = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of definition.operationTypes ?? [])
      roots.set(type.name.value, `${operation[0]!.toUpperCase()}${operation.slice(1)}`);
  }
  const types = new Map<string, TypeNode[]>();
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || !/Type(Definition|Extension)$/.test(definition.kind)) continue;
    const name = roots.get(definition.name.value) ?? definition.name.value;
    const nodes = types.get(name);
    if (nodes) nodes.push(definition as TypeNode);
    else types.set(name, [definition as TypeNode]);
  }
  return types;
}

/** Name of a type without lists and non-nulls. */
export const namedType = (type: TypeReferenceNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

type OutputNode =
  ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode;

/** True for a type with fields that are answered: an object or an interface. */
export const isOutput = (node: TypeNode): node is OutputNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.OBJECT_TYPE_EXTENSION ||
  node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  node.kind === Kind.INTERFACE_TYPE_EXTENSION;

/** The fields of a type that are answered, with those of its extensions. */
export const outputFields = (nodes: readonly TypeNode[]): readonly FieldDefinitionNode[] =>
  nodes.filter(isOutput).flatMap(({ fields = [] }) => fields);
