import { Kind, type FieldDefinitionNode } from 'graphql';
import { federationNames } from '../../../shared/share/federation-names.js';
import type { SubgraphDocument } from './repair.js';

/** A field as one subgraph's SDL has it. */
export interface SubgraphField {
  readonly subgraph: string;
  readonly field: FieldDefinitionNode;
  readonly external: boolean;
  /** On a type that is an interface elsewhere. */
  readonly interfaceObject: boolean;
}

/** Fields of all subgraphs by `Type.field`. Root types have their default names. */
export function readSubgraphFields(
  subgraphs: readonly SubgraphDocument[],
): ReadonlyMap<string, readonly SubgraphField[]> {
  const fields = new Map<string, SubgraphField[]>();
  for (const { name, typeDefs } of subgraphs) {
    const names = federationNames(typeDefs);
    const has = (node: Pick<FieldDefinitionNode, 'directives'>, wanted: string) =>
      (node.directives ?? []).some((each) => names.get(each.name.value) === wanted);
    const roots = new Map<string, string>();
    for (const each of typeDefs.definitions) {
      if (each.kind !== Kind.SCHEMA_DEFINITION && each.kind !== Kind.SCHEMA_EXTENSION) continue;
      for (const { operation, type } of each.operationTypes ?? [])
        roots.set(
          type.name.value,
          operation.replace(/^./, (letter) => letter.toUpperCase()),
        );
    }
    for (const each of typeDefs.definitions) {
      const isObject = each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION;
      if (!isObject && each.kind !== Kind.INTERFACE_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_EXTENSION)
        continue;
      for (const field of each.fields ?? []) {
        const at = `${roots.get(each.name.value) ?? each.name.value}.${field.name.value}`;
        const list = fields.get(at) ?? fields.set(at, []).get(at)!;
        const external = has(field, 'external') || has(each, 'external');
        list.push({ subgraph: name, field, external, interfaceObject: has(each, 'interfaceObject') });
      }
    }
  }
  return fields;
}
