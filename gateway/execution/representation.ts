import type { InputRewrite, RequiresSelection } from '@graphql-hive/router-query-planner';
import { Failure } from './failure.js';
import { typenameOverride } from './rewrites.js';
import type { Json } from './shape.js';
import type { TypeNames } from './type-names.js';

/** Writes an object's representation as JSON text.
 *  @returns undefined when a key or a required input is missing, so that there is nothing to ask; a Failure when it is missing because something failed */
export type WriteRepresentation = (object: Json) => string | Failure | undefined;

/** Which top-level fields of a type are keys in the subgraph that is asked: a null there names no entity. */
export type IsKeyField = (type: string, field: string) => boolean;

interface Part {
  /** `"name":` as written. */
  readonly head: string;
  readonly source: string;
  readonly below: ((value: Json) => string | Failure | undefined) | undefined;
  readonly key: boolean;
}

/** Compiles what the planner requires of an entity, separately for every runtime type it meets. */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  rewrites: readonly InputRewrite[] | undefined,
  types: TypeNames,
  isKey: IsKeyField,
): WriteRepresentation {
  const sent = typenameOverride(rewrites, types);
  const only = requires.length === 1 && requires[0]!.kind === 'InlineFragment' ? requires[0]!.typeCondition : undefined;
  const byType = new Map<string, { head: string; parts: readonly Part[] } | undefined>();
  return (object) => {
    const typename = typeof object.__typename === 'string' ? object.__typename : only;
    if (typename === undefined) return undefined;
    let compiled = byType.get(typename);
    if (compiled === undefined) {
      if (byType.has(typename)) return undefined;
      const parts = partsOf(requires, typename, types, (field) => isKey(typename, field)).filter(
        ({ source }) => source !== '__typename',
      );
      compiled = parts.length > 0 ? { head: `{"__typename":${JSON.stringify(sent(typename))}`, parts } : undefined;
      // Names come from subgraphs, so what is kept is bounded by the types the schema knows.
      if (types.isKnown(typename)) byType.set(typename, compiled);
      if (compiled === undefined) return undefined;
    }
    const body = writeParts(object, compiled.parts);
    return typeof body === 'string' ? `${compiled.head},${body}}` : body;
  };
}

function partsOf(
  selections: readonly RequiresSelection[],
  typename: string | undefined,
  types: TypeNames,
  isKey: (field: string) => boolean,
): Part[] {
  const parts = new Map<string, { selection: RequiresSelection & { kind: 'Field' }; below: RequiresSelection[] }>();
  const collect = (from: readonly RequiresSelection[]): void => {
    for (const selection of from) {
      if (selection.kind === 'FragmentSpread') throw new Error('the plan requires a named fragment');
      if (selection.kind === 'InlineFragment') {
        if (typename !== undefined && types.satisfies(typename, selection.typeCondition)) collect(selection.selections);
      } else {
        const name = selection.alias ?? selection.name;
        const part = parts.get(name) ?? parts.set(name, { selection, below: [] }).get(name)!;
        part.below.push(...(selection.selections ?? []));
      }
    }
  };
  collect(selections);
  return [...parts].map(([name, { selection, below }]) => ({
    head: `${JSON.stringify(name)}:`,
    source: selection.name,
    below: below.length > 0 ? compileBelow(below, types, isKey(name)) : undefined,
    key: isKey(name),
  }));
}

function compileBelow(selections: readonly RequiresSelection[], types: TypeNames, key: boolean) {
  const conditional = selections.some(({ kind }) => kind === 'InlineFragment');
  if (!conditional) {
    const parts = partsOf(selections, undefined, types, () => key);
    return (object: Json) => braced(writeParts(object, parts));
  }
  const byType = new Map<string | undefined, Part[]>();
  return (object: Json) => {
    const typename =
      typeof object.__typename === 'string' && types.isKnown(object.__typename) ? object.__typename : undefined;
    let parts = byType.get(typename);
    if (!parts) byType.set(typename, (parts = partsOf(selections, typename, types, () => key)));
    return braced(writeParts(object, parts));
  };
}

const braced = (body: string | Failure | undefined) => (typeof body === 'string' ? `{${body}}` : body);

function writeParts(object: Json, parts: readonly Part[]): string | Failure | undefined {
  let out = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const text = writeValue(object[part.source], part);
    if (typeof text !== 'string') return text;
    out += i === 0 ? part.head + text : `,${part.head}${text}`;
  }
  return out;
}

function writeValue(value: unknown, part: Part): string | Failure | undefined {
  if (value === undefined || (value === null && part.key)) return undefined;
  if (value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Failure) return value;
  if (!Array.isArray(value)) return part.below ? part.below(value as Json) : JSON.stringify(value);
  const items: string[] = [];
  for (const item of value) {
    const text = writeValue(item, part);
    if (typeof text !== 'string') return text;
    items.push(text);
  }
  return `[${items.join(',')}]`;
}
