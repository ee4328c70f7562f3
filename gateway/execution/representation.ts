import type { RequiresSelection } from '../plan/query-plan.js';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { Failure } from './failure.js';
import { writeNumber, writeString } from './json-text.js';
import type { Json } from './fetch-shape.js';
import { readField } from './losses.js';
import type { TypeNames } from '../plan/type-names.js';
import { say } from '../request/messages/index.js';

/** Finds an object's representation among those collected, or adds it.
 *  @returns its index; undefined when it has no key, so that there is no record to ask for;
 *           a Failure when a part of the key or an input is missing, because something failed or is not there */
export type Represent = (object: Json, into: Representations) => number | Failure | undefined;

/** Distinct representations of one entity call, as JSON text. */
export class Representations {
  readonly texts: string[] = [];
  private readonly known = new Map<RepresentationWriter, Map<unknown, number>>();
  private lastWriter: RepresentationWriter | undefined;
  private lastKnown: Map<unknown, number> | undefined;

  /** Indices by identity, for one writer. */
  of(writer: RepresentationWriter): Map<unknown, number> {
    if (this.lastWriter === writer) return this.lastKnown!;
    let known = this.known.get(writer);
    if (!known) this.known.set(writer, (known = new Map<unknown, number>()));
    this.lastWriter = writer;
    return (this.lastKnown = known);
  }
}

/** JSON text; null for a key of which every part is null, and undefined for one of which a part was not brought. */
type Written = string | Failure | null | undefined;

interface Part {
  /** `"name":` as written. */
  readonly head: string;
  readonly source: string;
  readonly below: ((value: Json) => Written) | undefined;
  readonly key: boolean;
}

/** Writes the representations of one runtime type. */
interface RepresentationWriter {
  /** `{"__typename":"T",` */
  readonly head: string;
  readonly parts: readonly Part[];
  /** A single plain field identifies by its value, so that the text is written once per entity and not once per place. */
  readonly single: Part | undefined;
}

/** Compiles the representation that the planner requires of an entity, separately for each runtime type. */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  sentAs: string | undefined,
  types: TypeNames,
): Represent {
  const only = requires.length === 1 && requires[0]!.kind === 'InlineFragment' ? requires[0]!.typeCondition : undefined;
  const writers = new Map<string, RepresentationWriter | undefined>();
  const writerOf = (typename: string): RepresentationWriter | undefined => {
    const known = writers.get(typename);
    if (known !== undefined || writers.has(typename)) return known;
    const all = compileParts(requires, typename, types);
    const parts = all.filter(({ source }) => source !== '__typename');
    const single = parts.length === 1 && !parts[0]!.below ? parts[0] : undefined;
    const head = `{"__typename":${JSON.stringify(sentAs ?? typename)}${parts.length > 0 ? ',' : ''}`;
    // A type of which there is one object only has `__typename` alone as its key.
    const writer = all.length > 0 ? { head, parts, single } : undefined;
    // Names come from subgraphs, so what is kept is bounded by the types the schema knows.
    if (types.isKnown(typename)) writers.set(typename, writer);
    return writer;
  };
  return (object, into) => {
    const given = object.__typename ?? only;
    const typename = typeof given === 'string' ? given : undefined;
    const writer = typename === undefined ? undefined : writerOf(typename);
    return writer && writeRepresentation(object, writer, into);
  };
}

function writeRepresentation(
  object: Json,
  writer: RepresentationWriter,
  into: Representations,
): number | Failure | undefined {
  const value = writer.single && object[writer.single.source];
  if (writer.single && (typeof value === 'string' || typeof value === 'number')) {
    const known = into.of(writer);
    const index = known.get(value);
    if (index !== undefined) return index;
    known.set(value, into.texts.length);
    return (
      into.texts.push(
        `${writer.head}${writer.single.head}${typeof value === 'string' ? writeString(value) : writeNumber(value)}}`,
      ) - 1
    );
  }
  const body = writeParts(object, writer.parts);
  if (typeof body !== 'string') return body ?? undefined;
  const known = into.of(writer);
  const index = known.get(body);
  if (index !== undefined) return index;
  known.set(body, into.texts.length);
  return into.texts.push(`${writer.head}${body}}`) - 1;
}

function compileParts(
  selections: readonly RequiresSelection[],
  typename: string | undefined,
  types: TypeNames,
): Part[] {
  const parts = new Map<string, { selection: RequiresSelection & { kind: 'Field' }; below: RequiresSelection[] }>();
  const collect = (from: readonly RequiresSelection[]): void => {
    for (const selection of from) {
      if (selection.kind === 'InlineFragment') {
        if (typename !== undefined && types.satisfies(typename, selection.typeCondition)) collect(selection.selections);
      } else {
        const name = selection.alias ?? selection.name;
        const part = parts.get(name) ?? parts.set(name, { selection, below: [] }).get(name)!;
        part.below.push(...(selection.selections ?? []).map((each) => (selection.key ? asKey(each) : each)));
      }
    }
  };
  collect(selections);
  return [...parts].map(([name, { selection, below }]) => ({
    head: `${JSON.stringify(name)}:`,
    source: selection.name,
    below: below.length > 0 ? compileBelow(below, types) : undefined,
    key: selection.key === true,
  }));
}

/** A part of the key includes all that is selected inside it. */
const asKey = (selection: RequiresSelection): RequiresSelection =>
  selection.kind === 'Field'
    ? { ...selection, key: true }
    : { ...selection, selections: selection.selections.map(asKey) };

function compileBelow(selections: readonly RequiresSelection[], types: TypeNames) {
  const conditional = selections.some(({ kind }) => kind === 'InlineFragment');
  if (!conditional) {
    const parts = compileParts(selections, undefined, types);
    return (object: Json) => wrapInBraces(writeParts(object, parts));
  }
  const byType = new Map<string | undefined, Part[]>();
  return (object: Json) => {
    const typename =
      typeof object.__typename === 'string' && types.isKnown(object.__typename) ? object.__typename : undefined;
    let parts = byType.get(typename);
    if (!parts) byType.set(typename, (parts = compileParts(selections, typename, types)));
    return wrapInBraces(writeParts(object, parts));
  };
}

const MISSING_INPUT = new Failure('SUBGRAPH_BAD_ANSWER', say('subgraph.inputMissing'), {}, true);
const INCOMPLETE_KEY = new Failure('SUBGRAPH_BAD_ANSWER', say('subgraph.keyIncomplete'), {}, true);

const wrapInBraces = (body: Written): Written =>
  typeof body === 'string' ? `{${body}}` : body instanceof Failure ? body.asInputBelow() : body;

function writeParts(object: Json, parts: readonly Part[]): Written {
  let out = '';
  let keys = 0;
  let nulls = 0;
  // The parts of the key come first.
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (!part.key && nulls > 0) break;
    const text = writeValue(readField(object, part.source), part);
    if (part.key) keys++;
    if (text === null) nulls++;
    else if (typeof text !== 'string') return text;
    else out += i === 0 ? part.head + text : `,${part.head}${text}`;
  }
  if (nulls === 0) return out;
  return nulls === keys ? null : INCOMPLETE_KEY;
}

function writeValue(value: unknown, part: Part): Written {
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number') return writeNumber(value);
  if (value === undefined) return part.key ? undefined : MISSING_INPUT;
  if (value === null) return part.key ? null : 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Failure) return value;
  if (value instanceof ExactNumber) return value.text;
  if (!Array.isArray(value)) return part.below ? part.below(value as Json) : JSON.stringify(value);
  const items: string[] = [];
  for (const item of value) {
    const text = writeValue(item, part);
    if (text === null) return INCOMPLETE_KEY;
    if (typeof text !== 'string') return text instanceof Failure ? text.asInputBelow() : text;
    items.push(text);
  }
  return `[${items.join(',')}]`;
}
