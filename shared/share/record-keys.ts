import {
  Kind,
  type DefinitionNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionNode,
  type TypeNode,
} from 'graphql';
import { HubError } from '../kernel/index.js';
import { parseFieldSet } from './field-set.js';
import { argument } from './share-spec.js';
import { directivesOf } from './directives-of.js';

/** A key of a type by which root fields of the kit find records, with the argument that takes it. */
export interface RecordKey {
  readonly name: string;
  readonly parts: readonly KeyPart[];
}
/** A part of a key: a field, or one of a nested record. */
interface KeyPart {
  readonly path: readonly string[];
  /** In the input that stands for a key of several parts. */
  readonly name: string;
}
/** Object types of a document by name. */
export type Objects = ReadonlyMap<string, ObjectTypeDefinitionNode>;

export const objectsOf = (definitions: readonly DefinitionNode[]): Objects =>
  new Map(definitions.filter(isObject).map((node) => [node.name.value, node]));

/** The keys by which records of a resource are found; none for a type that is no resource. */
export function findRecordKeys(node: ObjectTypeDefinitionNode): readonly RecordKey[] {
  if (directivesOf(node, 'resource').length === 0) return [];
  const keys = directivesOf(node, 'key').flatMap((directive): RecordKey[] => {
    const text = argument(directive, 'fields');
    const set = typeof text === 'string' ? parseFieldSet(text) : undefined;
    const parts = set && argument(directive, 'resolvable') !== false ? toParts(set.selections) : undefined;
    return parts ? [{ name: camelCase(parts.map(({ name }) => name)), parts }] : [];
  });
  return [...new Map(keys.map((key) => [key.name, key])).values()];
}

/** The one key that claims about a record name it by: the identifier of its subject where that is a key, else the first. With
 *  several, whoever guesses would have as many tries. */
export function findClaimKey(node: ObjectTypeDefinitionNode): RecordKey | undefined {
  const keys = findRecordKeys(node);
  const subjects = new Set(
    node.fields?.filter((field) => directivesOf(field, 'subject').length > 0).map(({ name }) => name.value),
  );
  return keys.find(({ parts }) => parts.length === 1 && subjects.has(parts[0]!.path.join('.'))) ?? keys[0];
}

/** @returns undefined for a key with fragments */
function toParts(selections: readonly SelectionNode[], above: readonly string[] = []): KeyPart[] | undefined {
  const parts: KeyPart[] = [];
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) return undefined;
    const path = [...above, node.name.value];
    const below = node.selectionSet ? toParts(node.selectionSet.selections, path) : [{ path, name: camelCase(path) }];
    if (!below) return undefined;
    parts.push(...below);
  }
  return parts;
}

/** An argument or input field that takes a key, as SDL. */
export interface WrittenKey {
  readonly title: string;
  readonly name: string;
  /** Type of one key, without a non-null. */
  readonly type: string;
  /** Directives that say which items the key names; empty where its own input type says it. */
  readonly directives: string;
  /** Input type of a key of several parts; '' for any other. */
  readonly input: string;
}

/** @param by  the directive that names the items: records are listed by the key, or a claim is about them */
export function writeKey(
  type: string,
  { name, parts }: RecordKey,
  objects: Objects,
  by: 'filters' | 'compares',
): WrittenKey {
  const leaves = parts.map((part) => ({ name: part.name, ...findLeaf(type, part.path, objects) }));
  const title = leaves.map((leaf) => leaf.title).join('与');
  const [only, ...more] = leaves;
  const use = (at: string) => `@${by}(field: "${at}")`;
  if (more.length === 0) return { title, name, type: only!.type, directives: use(only!.at), input: '' };
  const input = `${type}${upperFirst(name)}${by === 'filters' ? '' : 'Claimed'}Key`;
  const members = leaves.map((leaf) => `${leaf.name}: ${leaf.type}! ${use(leaf.at)}`);
  return { title, name, type: input, directives: '', input: `"${title}" input ${input} {\n${members.join('\n')}\n}` };
}

function findLeaf(
  type: string,
  path: readonly string[],
  objects: Objects,
): { type: string; at: string; title: string } {
  const [name, ...below] = path;
  const field = objects.get(type)?.fields?.find((each) => each.name.value === name);
  const returns = field ? namedType(field.type) : 'ID';
  if (below.length > 0) return findLeaf(returns, below, objects);
  return { type: returns, at: `${type}.${name}`, title: field ? titleOf(field) : name! };
}

/** The one key that is given, with what is given for it.
 *  @throws HubError BAD_USER_INPUT where it is not one */
export function chooseKey<T>(
  keys: readonly RecordKey[],
  given: Readonly<Record<string, unknown>>,
): { readonly key: RecordKey; readonly given: T } {
  const found = keys.flatMap((key) => {
    const value = given[key.name];
    return value ? [{ key, given: value as T }] : [];
  });
  if (found.length === 1) return found[0]!;
  throw new HubError('BAD_USER_INPUT', `Give one of ${keys.map(({ name }) => `\`${name}\``).join(', ')}.`);
}

/** A key as the reader of rows takes it. */
export function toReference({ parts }: RecordKey, given: unknown): Record<string, unknown> {
  const reference: Record<string, unknown> = {};
  for (const { path, name } of parts) {
    let record = reference;
    for (const step of path.slice(0, -1)) record = (record[step] ??= {}) as Record<string, unknown>;
    record[path.at(-1)!] = parts.length === 1 ? given : (given as Record<string, unknown>)[name];
  }
  return reference;
}

/** Name of a type without lists and non-nulls. */
export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
export const titleOf = ({ name, description }: ObjectTypeDefinitionNode | FieldDefinitionNode): string =>
  description?.value.split('\n')[0] ?? name.value;
const camelCase = (names: readonly string[]): string =>
  names.map((name, i) => (i === 0 ? name : upperFirst(name))).join('');
export const upperFirst = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
export const isObject = (node: DefinitionNode): node is ObjectTypeDefinitionNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION;
