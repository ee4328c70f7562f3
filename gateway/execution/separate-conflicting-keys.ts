import {
  Kind,
  parseType,
  print,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import type { FieldType, SubgraphTypes } from '../plan/supergraph-facts.js';
import { Failure } from './failure.js';
import { renameNote } from './notes.js';
import { isBranch, readFetchShape, type Json, type FetchShape } from './fetch-shape.js';
import { mergeFetched } from './merge-fetched.js';

/** A fetch that the subgraph accepts, with the way back from its keys to the plan's. */
export interface SeparatedFetch {
  readonly text: string;
  readonly set: SelectionSetNode;
  readonly undo: (data: Json) => void;
}

/** Prefix of keys that keep two fields apart. */
const PREFIX = '_x';
export const CONFLICT_PREFIX = /^_x\d+_/;

/** Two types may have a field of one name with and without `!`. In the consumers' schema both are nullable, because both can
 *  be refused, so `{ … on A { name } … on B { name } }` is valid there; the subgraph still has `String` and `String!`, and
 *  refuses to answer both under one key. Such fields get keys of their own in the text that is sent.
 *  @returns undefined when nothing is in conflict, which is nearly always
 *  @source GraphQL specification 5.3.2 "Field Selection Merging", SameResponseShape */
export function separateConflictingKeys(
  definition: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  graph: SubgraphTypes,
  subgraph: string,
): SeparatedFetch | undefined {
  const set = inlineFragments(definition.selectionSet, fragments);
  const resolution = new Resolution(graph.fieldTypes(subgraph), graph.isLeaf);
  resolution.resolve([{ set, parent: graph.rootType(definition.operation) }], []);
  if (resolution.renames.length === 0) return undefined;
  // Deeper keys are renamed first, so that no path leads through a key that has been renamed.
  const renames = resolution.renames.reverse();
  return {
    set,
    text: print({ kind: Kind.DOCUMENT, definitions: [{ ...definition, selectionSet: set }] }),
    undo: (data) => renames.forEach((rename) => renameAt(data, rename.path, 0, rename)),
  };
}

interface Rename {
  readonly path: readonly string[];
  readonly from: string;
  readonly to: string;
  /** FetchShape below, in the plan's keys; undefined for a leaf. */
  readonly shape: FetchShape | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface MutableSet {
  readonly kind: Kind.SELECTION_SET;
  readonly selections: readonly SelectionNode[];
}
interface Placed {
  readonly set: MutableSet;
  readonly parent: string;
}
interface PlacedField {
  readonly field: Mutable<FieldNode>;
  readonly signature: string | undefined;
  readonly named: string | undefined;
}

class Resolution {
  readonly renames: Rename[] = [];

  constructor(
    private readonly fieldType: FieldType,
    private readonly isLeaf: (type: string) => boolean,
  ) {}

  /** Selection sets that stand under one response key. */
  resolve(sets: readonly Placed[], path: readonly string[]): void {
    const groups = new Map<string, PlacedField[]>();
    for (const { set, parent } of sets) this.collect(set, parent, groups);
    for (const [key, fields] of groups) {
      const signatures = [...new Set(fields.flatMap(({ signature }) => signature ?? []))];
      for (const [index, signature] of (signatures.length > 0 ? signatures : [undefined]).entries()) {
        const alike = fields.filter((each) => (each.signature ?? signatures[0]) === signature);
        this.name(key, alike, index, path);
      }
    }
  }

  private name(key: string, fields: readonly PlacedField[], index: number, path: readonly string[]): void {
    const below = fields.flatMap(({ field: { selectionSet } }) => (selectionSet ? [selectionSet] : []));
    let name = key;
    if (index > 0) {
      name = `${PREFIX}${this.renames.length}_${key}`;
      const shape = below.length > 0 ? readFetchShape(below, new Map()) : undefined;
      this.renames.push({ path, from: name, to: key, shape });
      for (const { field } of fields) field.alias = { kind: Kind.NAME, value: name };
    }
    const inner = fields.flatMap(({ field, named }) =>
      field.selectionSet ? [{ set: field.selectionSet, parent: named ?? '' }] : [],
    );
    if (inner.length > 0) this.resolve(inner, [...path, name]);
  }

  private collect(set: MutableSet, parent: string, groups: Map<string, PlacedField[]>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const type = this.fieldType(parent, selection.name.value);
        const named = type?.replace(/[[\]!]/g, '');
        const signature = type && (this.isLeaf(named!) ? type : writeWrapping(parseType(type)));
        const placed = { field: selection as Mutable<FieldNode>, signature, named };
        const group = groups.get(key);
        if (group) group.push(placed);
        else groups.set(key, [placed]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.collect(selection.selectionSet, selection.typeCondition?.name.value ?? parent, groups);
      }
    }
  }
}

/** Objects of different types may share a key; their lists and `!` may not differ. */
function writeWrapping(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return '*';
  return type.kind === Kind.LIST_TYPE ? `[${writeWrapping(type.type)}]` : `${writeWrapping(type.type)}!`;
}

/** A copy of a selection set with its fragment spreads written out. */
function inlineFragments(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionSetNode {
  return {
    kind: Kind.SELECTION_SET,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) {
        return selection.selectionSet
          ? { ...selection, selectionSet: inlineFragments(selection.selectionSet, fragments) }
          : { ...selection };
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: inlineFragments(selectionSet, fragments) };
    }),
  };
}

function renameAt(data: unknown, path: readonly string[], depth: number, rename: Rename): void {
  if (Array.isArray(data)) for (const item of data) renameAt(item, path, depth, rename);
  else if (!isBranch(data)) return;
  else if (depth < path.length) renameAt((data as Json)[path[depth]!], path, depth + 1, rename);
  else renameBack(data as Json, rename);
}

function renameBack(object: Json, { from, to, shape }: Rename): void {
  const value = object[from];
  renameNote(object, from, to);
  if (value === undefined) return;
  const existing = object[to];
  // Both are there when one type satisfies both conditions: the interface's field and its own.
  if (existing === undefined || existing === null || existing instanceof Failure) object[to] = value;
  else if (shape)
    mergeFetched(
      { [to]: existing },
      { [to]: value },
      { keys: [to], below: [shape], on: [undefined], nested: true },
      false,
      () => true,
    );
  object[from] = undefined;
}
