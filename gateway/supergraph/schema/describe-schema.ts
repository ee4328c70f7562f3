import {
  Kind,
  OperationTypeNode,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql';
import { compareTables, writeTable, type Table, type TableDelta } from '../table.js';

/** A field of an object type or interface. */
export interface FieldDescription extends Described {
  readonly name: string;
  /** As in SDL, e.g. `[String!]!`. */
  readonly type: string;
  readonly args?: readonly InputDescription[];
}
/** An argument or a field of an input type. */
export interface InputDescription extends Described {
  readonly name: string;
  readonly type: string;
  /** A GraphQL literal. */
  readonly value?: string;
}
interface Described {
  readonly description?: string;
  /** Reason of its deprecation. */
  readonly deprecated?: string;
}
export type TypeDescription = { readonly name: string; readonly description?: string } & (
  | {
      readonly kind: 'OBJECT' | 'INTERFACE';
      readonly interfaces: readonly string[];
      readonly fields: readonly FieldDescription[];
    }
  | { readonly kind: 'UNION'; readonly members: readonly string[] }
  | { readonly kind: 'ENUM'; readonly values: readonly ({ readonly name: string } & Described)[] }
  | { readonly kind: 'SCALAR'; readonly url?: string }
  | { readonly kind: 'INPUT'; readonly oneOf?: true; readonly fields: readonly InputDescription[] }
);
export interface DirectiveDescription {
  readonly name: string;
  readonly description?: string;
  readonly repeatable: boolean;
  readonly locations: readonly string[];
  readonly args: readonly InputDescription[];
}
/** Roots of a schema, and its directives. */
export interface SchemaDescription {
  readonly description?: string;
  readonly roots: Readonly<Partial<Record<OperationTypeNode, string>>>;
  readonly directives: readonly DirectiveDescription[];
}

/** Name of the text that has the roots and directives; no type has it. */
export const SCHEMA = '';

/** A schema in texts, one for each type, of which `buildDescribedSchema` makes one without parsing SDL. */
export interface DescribedSchema extends Table {
  /** Types that each type names. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
}

/** @param document  definitions only, no extensions, as composers write them
 *  @returns  JSON of a `TypeDescription` by type name, of the `SchemaDescription` under `SCHEMA` */
export function describeSchema(document: DocumentNode): DescribedSchema {
  const uses = new Map<string, ReadonlySet<string>>();
  return { ...writeTable(describeDefinitions(document, uses)), uses };
}

/** The difference to the schema before it. A type is new when its own text is, or one of a type that it leads to: what a type
 *  refers to are other types themselves. */
export function compareSchemas(schema: DescribedSchema, before: DescribedSchema | undefined): TableDelta {
  const changed = compareTables(schema, before).names;
  const users = new Map<string, string[]>();
  for (const [name, used] of schema.uses)
    for (const each of used) (users.get(each) ?? users.set(each, []).get(each)!).push(name);
  const stale = new Set(changed);
  // A set visits what is added to it while it is walked.
  for (const name of stale) for (const user of users.get(name) ?? []) stale.add(user);
  return compareTables(schema, before, (name) => stale.has(name));
}

function* describeDefinitions(
  document: DocumentNode,
  uses: Map<string, ReadonlySet<string>>,
): Generator<readonly [string, string]> {
  const directives: DirectiveDescription[] = [];
  const named = new Set<string>();
  const roots: Partial<Record<OperationTypeNode, string>> = {};
  let schema: { readonly description?: string } | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      schema = describe(definition);
      for (const { operation, type } of definition.operationTypes) roots[operation] = type.name.value;
    } else if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      directives.push({
        name: definition.name.value,
        ...describe(definition),
        repeatable: definition.repeatable,
        locations: definition.locations.map(({ value }) => value),
        args: (definition.arguments ?? []).map(describeInput),
      });
    } else {
      const type = writeType(definition);
      if (!type) continue;
      named.add(type.name);
      uses.set(type.name, type.uses);
      yield [type.name, type.text];
    }
  }
  if (!schema) for (const [operation, name] of DEFAULT_ROOTS) if (named.has(name)) roots[operation] = name;
  yield [SCHEMA, JSON.stringify({ ...schema, roots, directives } satisfies SchemaDescription)];
}

interface WrittenType {
  readonly name: string;
  readonly text: string;
  readonly uses: ReadonlySet<string>;
}
/** By definition: the next graph has most of them from the one before. */
const written = new WeakMap<DefinitionNode, WrittenType>();

function writeType(definition: DefinitionNode): WrittenType | undefined {
  const known = written.get(definition);
  if (known) return known;
  const type = describeType(definition);
  if (!type) return undefined;
  const result = { name: type.name, text: JSON.stringify(type), uses: namesIn(type) };
  written.set(definition, result);
  return result;
}

function namesIn(type: TypeDescription): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (text: string) => names.add(text.replace(/[[\]!]/g, ''));
  if (type.kind === 'UNION') type.members.forEach(add);
  if (type.kind === 'INPUT') type.fields.forEach((field) => add(field.type));
  if (type.kind === 'OBJECT' || type.kind === 'INTERFACE') {
    type.interfaces.forEach(add);
    for (const field of type.fields) {
      add(field.type);
      field.args?.forEach((each) => add(each.type));
    }
  }
  return names;
}

const DEFAULT_ROOTS = [
  [OperationTypeNode.QUERY, 'Query'],
  [OperationTypeNode.MUTATION, 'Mutation'],
  [OperationTypeNode.SUBSCRIPTION, 'Subscription'],
] as const;

function describeType(node: DefinitionNode): TypeDescription | undefined {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        kind: node.kind === Kind.OBJECT_TYPE_DEFINITION ? 'OBJECT' : 'INTERFACE',
        name: node.name.value,
        ...describe(node),
        interfaces: (node.interfaces ?? []).map(({ name }) => name.value),
        fields: (node.fields ?? []).map(describeField),
      };
    case Kind.UNION_TYPE_DEFINITION:
      return {
        kind: 'UNION',
        name: node.name.value,
        ...describe(node),
        members: (node.types ?? []).map(({ name }) => name.value),
      };
    case Kind.ENUM_TYPE_DEFINITION:
      return {
        kind: 'ENUM',
        name: node.name.value,
        ...describe(node),
        values: (node.values ?? []).map((value) => ({ name: value.name.value, ...describe(value) })),
      };
    case Kind.SCALAR_TYPE_DEFINITION: {
      const url = textArgument(directive(node, 'specifiedBy'), 'url');
      return { kind: 'SCALAR', name: node.name.value, ...describe(node), ...(url !== undefined && { url }) };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return {
        kind: 'INPUT',
        name: node.name.value,
        ...describe(node),
        ...(directive(node, 'oneOf') && { oneOf: true }),
        fields: (node.fields ?? []).map(describeInput),
      };
    default:
      return undefined;
  }
}

const describeField = (node: FieldDefinitionNode): FieldDescription => ({
  name: node.name.value,
  type: writeReference(node.type),
  ...describe(node),
  ...(node.arguments?.length && { args: node.arguments.map(describeInput) }),
});

const describeInput = (node: InputValueDefinitionNode): InputDescription => ({
  name: node.name.value,
  type: writeReference(node.type),
  ...describe(node),
  ...(node.defaultValue && { value: print(node.defaultValue) }),
});

interface Documented {
  readonly description?: { readonly value: string } | undefined;
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function describe(node: Documented): Described {
  const deprecated = directive(node, 'deprecated');
  return {
    ...(node.description && { description: node.description.value }),
    ...(deprecated && { deprecated: textArgument(deprecated, 'reason') ?? 'No longer supported' }),
  };
}

const directive = ({ directives }: Documented, name: string): ConstDirectiveNode | undefined =>
  directives?.find((each) => each.name.value === name);

function textArgument(node: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = node?.arguments?.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function writeReference(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value;
  return type.kind === Kind.LIST_TYPE ? `[${writeReference(type.type)}]` : `${writeReference(type.type)}!`;
}
