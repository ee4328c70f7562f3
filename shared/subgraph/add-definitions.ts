import { Kind, type DefinitionNode, type DocumentNode, type ObjectTypeDefinitionNode } from 'graphql';
import { isObject } from '../share/record-keys.js';

/** A subgraph's types with further ones, and with further root fields where these have a type `Query`. */
export function addDefinitions(document: DocumentNode, added: readonly DefinitionNode[]): DocumentNode {
  if (added.length === 0) return document;
  const isRoot = (node: DefinitionNode): node is ObjectTypeDefinitionNode =>
    isObject(node) && node.name.value === 'Query';
  const fields = added.filter(isRoot).flatMap((node) => [...(node.fields ?? [])]);
  const query = document.definitions.find(isRoot);
  const root: ObjectTypeDefinitionNode = query
    ? { ...query, fields: [...(query.fields ?? []), ...fields] }
    : { kind: Kind.OBJECT_TYPE_DEFINITION, name: { kind: Kind.NAME, value: 'Query' }, fields };
  const others = document.definitions.filter((node) => node !== query);
  return { ...document, definitions: [...others, root, ...added.filter((node) => !isRoot(node))] };
}
