import {
  assertValidSchema,
  buildASTSchema,
  Kind,
  parse,
  specifiedDirectives,
  specifiedScalarTypes,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { shareNote } from './share-note.js';

const BUILT_IN = new Set([...specifiedScalarTypes, ...specifiedDirectives].map(({ name }) => name));
/** Leftovers of the supergraph's own specifications, such as `join__FieldValue`. */
const MACHINERY = /^(__|join__|link__|core__|federation__)/;

type FieldsNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The schema that consumers see and operations are checked against.
 *  Every restricted field is nullable, whatever the provider wrote, because a refusal is `null` and an error, never a
 *  lost parent; its description says what its release depends on.
 *  @param consumerSdl  what `loadGraph` prints
 *  @param shares       absent in permissive mode, when nothing is restricted
 *  @throws GraphQLError or Error when the SDL is not a valid schema
 *  @source share-rules section 1, reading rule 8; section 2 "Visibility" */
export function buildConsumerSchema(consumerSdl: string, shares?: ShareIndex): GraphQLSchema {
  const document = withoutMachinery(parse(consumerSdl, { noLocation: true }));
  const schema = buildASTSchema(shares ? withShares(document, shares) : document, { assumeValidSDL: true });
  assertValidSchema(schema);
  return schema;
}

function withoutMachinery(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.flatMap((definition): DefinitionNode[] => {
      if (!('name' in definition) || !definition.name) return [definition];
      if (BUILT_IN.has(definition.name.value) || MACHINERY.test(definition.name.value)) return [];
      // The planner prints `__schema` and `__type` as fields of the query root.
      if (!isFields(definition)) return [definition];
      return [{ ...definition, fields: definition.fields?.filter((field) => !field.name.value.startsWith('__')) }];
    }),
  };
}

function withShares(document: DocumentNode, shares: ShareIndex): DocumentNode {
  const nullable = nullableFields(document, shares);
  return visit(document, {
    ObjectTypeDefinition: (node) => withFields(node, shares, nullable),
    InterfaceTypeDefinition: (node) => withFields(node, shares, nullable),
  });
}

function withFields<T extends FieldsNode>(node: T, shares: ShareIndex, nullable: ReadonlySet<Coordinate>): T {
  return {
    ...node,
    fields: node.fields?.map((field): FieldDefinitionNode => {
      const at = coordinate(node.name.value, field.name.value);
      const item = shares.byCoordinate.get(at);
      const text = [field.description?.value, item && shareNote(item)].filter(Boolean).join('\n\n');
      return {
        ...field,
        type: nullable.has(at) && field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type,
        ...(text !== '' && { description: { kind: Kind.STRING, value: text, block: true } }),
      };
    }),
  };
}

/** Fields that somebody may be refused, for themselves or for an argument, and the same fields of the interfaces above them: a nullable field cannot
 *  implement a non-null one. An item nobody stated is refused, so it is nullable too. */
function nullableFields(document: DocumentNode, shares: ShareIndex): Set<Coordinate> {
  const nullable = new Set<Coordinate>();
  for (const node of document.definitions) {
    if (!isFields(node)) continue;
    for (const field of node.fields ?? []) {
      const at = coordinate(node.name.value, field.name.value);
      const item = shares.byCoordinate.get(at);
      if (item?.shareType === 'UNCONDITIONAL' && !item.refusable) continue;
      nullable.add(at);
      // Every interface above is listed on the type itself; GraphQL requires it.
      for (const parent of node.interfaces ?? []) nullable.add(coordinate(parent.name.value, field.name.value));
    }
  }
  return nullable;
}

const isFields = (node: DefinitionNode): node is FieldsNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
