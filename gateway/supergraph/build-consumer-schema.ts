import {
  assertValidSchema,
  buildASTSchema,
  Kind,
  parse,
  specifiedDirectives,
  specifiedScalarTypes,
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
 *  @param withheld     fields that a plan may refuse; see `findWithheld`
 *  @throws GraphQLError or Error when the SDL is not a valid schema
 *  @source share-rules section 1, reading rule 8; section 2 "Visibility" */
export function buildConsumerSchema(
  consumerSdl: string,
  shares?: ShareIndex,
  withheld: ReadonlySet<string> = new Set(),
): GraphQLSchema {
  const document = withoutMachinery(parse(consumerSdl, { noLocation: true }));
  return buildPlainSchema(shares ? restrictFields(document, shares, withheld) : document);
}

/** Builds and checks the schema of a document without machinery.
 *  @throws Error when it is not a valid schema */
export function buildPlainSchema(document: DocumentNode): GraphQLSchema {
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  assertValidSchema(schema);
  return schema;
}

/** Leaves out what the supergraph's own specifications defined. */
export function withoutMachinery(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.flatMap((definition): readonly DefinitionNode[] => {
      if (!('name' in definition) || !definition.name) return [definition];
      if (BUILT_IN.has(definition.name.value) || MACHINERY.test(definition.name.value)) return [];
      // The planner prints `__schema` and `__type` as fields of the query root.
      if (!isFields(definition) || !definition.fields?.some(isMeta)) return [definition];
      return [{ ...definition, fields: definition.fields.filter((field) => !isMeta(field)) }];
    }),
  };
}

const isMeta = ({ name }: FieldDefinitionNode): boolean => name.value.startsWith('__');

/** Makes restricted fields nullable, and says in every description what the item's release depends on. A valid schema stays
 *  valid: what becomes nullable on a type does so on its interfaces. */
export function restrictFields(
  document: DocumentNode,
  shares: ShareIndex,
  withheld: ReadonlySet<string>,
): DocumentNode {
  const nullable = nullableFields(document, shares, withheld);
  return {
    ...document,
    definitions: document.definitions.map((node) => (isFields(node) ? withFields(node, shares, nullable) : node)),
  };
}

/** The note on the release of a field, and that it may be null. */
interface FieldRule {
  readonly note: string | undefined;
  readonly isNullable: boolean;
}
/** Types with their rules, by type: the next graph has most of them from the one before. */
const restricted = new WeakMap<FieldsNode, { readonly rules: readonly FieldRule[]; readonly type: FieldsNode }>();

function withFields<T extends FieldsNode>(node: T, shares: ShareIndex, nullable: ReadonlySet<Coordinate>): T {
  const rules = (node.fields ?? []).map(({ name }): FieldRule => {
    const at = coordinate(node.name.value, name.value);
    const item = shares.byCoordinate.get(at);
    return { note: item && shareNote(item), isNullable: nullable.has(at) };
  });
  const known = restricted.get(node);
  const isKnown = known?.rules.every(
    ({ note, isNullable }, at) => note === rules[at]!.note && isNullable === rules[at]!.isNullable,
  );
  if (known && isKnown) return known.type as T;
  const type = {
    ...node,
    fields: node.fields?.map((field, at): FieldDefinitionNode => {
      const { note, isNullable } = rules[at]!;
      const text = [field.description?.value, note].filter(Boolean).join('\n\n');
      return {
        ...field,
        type: isNullable && field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type,
        ...(text !== '' && { description: { kind: Kind.STRING, value: text, block: true } }),
      };
    }),
  };
  restricted.set(node, { rules, type });
  return type;
}

/** Fields that somebody may be refused, for themselves or for an argument, and the same fields of the interfaces above them: a nullable field cannot
 *  implement a non-null one. An item nobody stated is refused, so it is nullable too. */
function nullableFields(document: DocumentNode, shares: ShareIndex, withheld: ReadonlySet<string>): Set<Coordinate> {
  const nullable = new Set<Coordinate>();
  for (const node of document.definitions) {
    if (!isFields(node)) continue;
    for (const field of node.fields ?? []) {
      const at = coordinate(node.name.value, field.name.value);
      const item = shares.byCoordinate.get(at);
      if (item?.shareType === 'UNCONDITIONAL' && !item.refusable && !withheld.has(at)) continue;
      nullable.add(at);
      // Every interface above is listed on the type itself; GraphQL requires it.
      for (const parent of node.interfaces ?? []) nullable.add(coordinate(parent.name.value, field.name.value));
    }
  }
  return nullable;
}

const isFields = (node: DefinitionNode): node is FieldsNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
