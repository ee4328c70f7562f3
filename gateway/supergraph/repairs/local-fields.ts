import { Kind, type DocumentNode, type FieldDefinitionNode } from 'graphql';
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
  let fields = merged.get(subgraphs);
  if (!fields) merged.set(subgraphs, (fields = mergeFields(subgraphs)));
  return fields;
}

/** Several repairs read the same subgraphs. */
const merged = new WeakMap<readonly SubgraphDocument[], ReadonlyMap<string, readonly SubgraphField[]>>();

function mergeFields(subgraphs: readonly SubgraphDocument[]): ReadonlyMap<string, readonly SubgraphField[]> {
  const fields = new Map<string, SubgraphField[]>();
  for (const subgraph of subgraphs) {
    const own = known.get(subgraph.typeDefs) ?? readFields(subgraph);
    known.set(subgraph.typeDefs, own);
    for (const [at, field] of own) {
      const list = fields.get(at);
      if (list) list.push(field);
      else fields.set(at, [field]);
    }
  }
  return fields;
}

type Located = readonly [at: string, field: SubgraphField];
/** By document: those of most subgraphs are the same ones in the next graph. */
const known = new WeakMap<DocumentNode, readonly Located[]>();

function readFields({ name, typeDefs }: SubgraphDocument): readonly Located[] {
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
  const fields: Located[] = [];
  for (const each of typeDefs.definitions) {
    const isObject = each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject && each.kind !== Kind.INTERFACE_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_EXTENSION)
      continue;
    for (const field of each.fields ?? []) {
      const at = `${roots.get(each.name.value) ?? each.name.value}.${field.name.value}`;
      const external = has(field, 'external') || has(each, 'external');
      fields.push([at, { subgraph: name, field, external, interfaceObject: has(each, 'interfaceObject') }]);
    }
  }
  return fields;
}
