import {
  getNamedType,
  isInputObjectType,
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type GraphQLField,
  type GraphQLInputType,
  type ObjectFieldNode,
  type ValueNode,
} from 'graphql';
import { HubError, type Text } from '../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../shared/kernel/credit-code.js';
import { normaliseIdentityNumber } from '../../shared/kernel/identity-number.js';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import type { IdentifierArgument, Site, Variables } from '../request/operation.js';
import { say } from '../request/messages/index.js';

type IdentifierKind = 'PERSON' | 'ORGANISATION';
/** Arguments `Type.field(argument:)` and input fields `Input.field` whose value names a subject, with its kind. */
export type Identifiers = ReadonlyMap<string, IdentifierKind>;
export const NO_IDENTIFIERS: Identifiers = new Map();

/** @source GraphQL, "Schema Coordinates" */
export const argumentCoordinate = (at: string, argument: string): string => `${at}(${argument}:)`;

/** Arguments of a field that may name subjects. */
export function findIdentifierArguments(
  args: readonly ArgumentNode[],
  { args: definitions }: GraphQLField<unknown, unknown>,
  at: string,
  identifiers: Identifiers,
): readonly IdentifierArgument[] {
  if (identifiers.size === 0) return [];
  return args.flatMap(({ name, value }) => {
    const definition = definitions.find((each) => each.name === name.value);
    const kind = identifiers.get(argumentCoordinate(at, name.value));
    if (!definition || (!kind && !isInputObjectType(getNamedType(definition.type)))) return [];
    return [{ name: name.value, value, type: definition.type, kind }];
  });
}

/** Brings the identifiers among the literals of an argument to one form.
 *  @throws HubError BAD_USER_INPUT */
export function normaliseArgument(
  node: ArgumentNode,
  { args }: GraphQLField<unknown, unknown>,
  at: string,
  identifiers: Identifiers,
): ArgumentNode {
  if (identifiers.size === 0) return node;
  const definition = args.find(({ name }) => name === node.name.value);
  if (!definition) return node;
  const kind = identifiers.get(argumentCoordinate(at, node.name.value));
  return { ...node, value: normaliseLiteral(node.value, definition.type, kind, node.name.value, identifiers) };
}

function normaliseLiteral(
  node: ValueNode,
  type: GraphQLInputType,
  kind: IdentifierKind | undefined,
  name: string,
  identifiers: Identifiers,
): ValueNode {
  if (node.kind === Kind.LIST) {
    const values = normaliseEach(node.values, (each) => normaliseLiteral(each, type, kind, name, identifiers));
    return { ...node, values };
  }
  // A number is an ID in a literal of type ID.
  if (kind && (node.kind === Kind.STRING || node.kind === Kind.INT))
    return { kind: Kind.STRING, value: normaliseIdentifier(node.value, kind, name) };
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return node;
  if (node.kind !== Kind.OBJECT) return node;
  const fields = node.fields.map((field): ObjectFieldNode => {
    const inner = named.getFields()[field.name.value];
    if (!inner) return field;
    const fieldKind = identifiers.get(`${named.name}.${inner.name}`);
    return { ...field, value: normaliseLiteral(field.value, inner.type, fieldKind, inner.name, identifiers) };
  });
  return { ...node, fields };
}

/** Compiles the same for the values of variables, each by the places where it stands.
 *  @throws HubError BAD_USER_INPUT */
export function compileNormalisation(
  sites: readonly Site[],
  identifiers: Identifiers,
): (variables: Variables) => Variables {
  const uses = new Map<string, { type: GraphQLInputType; kind: IdentifierKind | undefined; name: string }[]>();
  const find = (node: ValueNode, type: GraphQLInputType, kind: IdentifierKind | undefined, name: string): void => {
    const named = getNamedType(type);
    if (node.kind === Kind.VARIABLE) {
      const at = uses.get(node.name.value) ?? [];
      uses.set(node.name.value, [...at, { type, kind, name }]);
    } else if (node.kind === Kind.LIST) node.values.forEach((each) => find(each, named, kind, name));
    else if (node.kind === Kind.OBJECT && isInputObjectType(named))
      for (const field of node.fields) {
        const inner = named.getFields()[field.name.value];
        if (inner) find(field.value, inner.type, identifiers.get(`${named.name}.${inner.name}`), inner.name);
      }
  };
  for (const site of sites)
    for (const { value, type, kind, name } of site.identifiers ?? []) find(value, type, kind, name);
  if (uses.size === 0) return (variables) => variables;
  return (variables) => {
    const normal = new Map(variables);
    for (const [variable, places] of uses)
      for (const { type, kind, name } of places)
        if (normal.has(variable))
          normal.set(variable, normaliseValue(normal.get(variable), type, kind, name, identifiers));
    return normal;
  };
}

/** Brings the identifiers in a variable's value to one form.
 *  @param kind  of the value itself, where it is one
 *  @throws HubError BAD_USER_INPUT */
function normaliseValue(
  value: unknown,
  type: GraphQLInputType,
  kind: IdentifierKind | undefined,
  name: string,
  identifiers: Identifiers,
): unknown {
  if (typeof value === 'string' && kind) return normaliseIdentifier(value, kind, name);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return normaliseEach(value, (each) => normaliseValue(each, type, kind, name, identifiers));
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const field = named.getFields()[key]!;
      const fieldKind = identifiers.get(`${named.name}.${key}`);
      return [key, normaliseValue(each, field.type, fieldKind, key, identifiers)];
    }),
  );
}

/** Brings each element of a list to its form.
 *  @throws HubError BAD_USER_INPUT that says at which places of the list there is no identifier */
function normaliseEach<T, U>(list: readonly T[], normalise: (element: T) => U): U[] {
  const indices: number[] = [];
  let problem: HubError | undefined;
  const normal = list.flatMap((element, index) => {
    try {
      return [normalise(element)];
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      problem ??= error;
      indices.push(index);
      return [];
    }
  });
  if (!problem) return normal;
  const { code, text, details } = problem;
  const message = say('operation.inList', { problem: text, places: listFirst(indices) });
  throw new HubError(code, message, { ...details, indices });
}

const listFirst = (indices: readonly number[]): Text =>
  indices.length <= MOST_TOLD
    ? indices.join(', ')
    : say('operation.andOthers', { places: indices.slice(0, MOST_TOLD).join(', ') });
/** Places in a list that a message tells. */
const MOST_TOLD = 20;

/** Compiles the search for the subjects that arguments name. */
export function compileNamedSubjects(
  sites: readonly Site[],
  identifiers: Identifiers,
): (variables: Variables, isAsked: (site: Site) => boolean) => ReadonlySet<string> {
  const naming = sites.filter((site) => site.identifiers !== undefined);
  if (naming.length === 0) return () => NOBODY;
  return (variables, isAsked) => {
    const found = new Set<string>();
    const given = Object.fromEntries(variables);
    for (const site of naming) {
      if (!isAsked(site)) continue;
      for (const { value, type, kind } of site.identifiers!)
        collectSubjects(valueFromASTUntyped(value, given), type, kind, identifiers, found);
    }
    return found;
  };
}
const NOBODY: ReadonlySet<string> = new Set();

/** Collects the subjects that a value names, `KIND:value`. */
function collectSubjects(
  value: unknown,
  type: GraphQLInputType,
  kind: IdentifierKind | undefined,
  identifiers: Identifiers,
  into: Set<string>,
): void {
  if (kind && (typeof value === 'string' || typeof value === 'number')) into.add(`${kind}:${value}`);
  if (kind && value instanceof ExactNumber) into.add(`${kind}:${value.text}`);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const each of value) collectSubjects(each, type, kind, identifiers, into);
    return;
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return;
  for (const [key, each] of Object.entries(value)) {
    const field = named.getFields()[key];
    if (field) collectSubjects(each, field.type, identifiers.get(`${named.name}.${key}`), identifiers, into);
  }
}

/** @throws HubError BAD_USER_INPUT, which does not repeat what was typed */
function normaliseIdentifier(typed: string, kind: IdentifierKind, name: string): string {
  const found = kind === 'PERSON' ? normaliseIdentityNumber(typed) : normaliseCreditCode(typed)?.code;
  if (found !== undefined) return found;
  throw new HubError('BAD_USER_INPUT', say(WANTED[kind], { argument: name }), { argument: name });
}

const WANTED = {
  PERSON: 'operation.noIdentityNumber',
  ORGANISATION: 'operation.noCreditCode',
} as const satisfies Readonly<Record<IdentifierKind, string>>;
