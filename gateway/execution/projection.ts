import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { type Denials, isDenied } from '../request/denials.js';
import type { PreparedOperation } from '../request/operation.js';
import { isActive, type FieldSelection, type Selection, isIntrospection } from '../request/selection.js';
import type { LimitFields, RowCheck } from '../operation/limit-fields.js';
import type { Subjects } from '../operation/subject-selections.js';
import { Failure } from './failure.js';
import { ItemOutcomes, MASKED, WHOLE } from './item-outcomes.js';
import { compileLeaf } from './compile-leaf.js';
import type { ProjectionPass } from './projection-pass.js';
import type { Json } from './fetch-shape.js';
import { toMissingValue, toWrongType } from './bad-answers.js';
import { isInRows, isOutOfScope, NO_CHECKS, writeMasked } from './row-limits.js';
import { EMPTY_LIST, LEFT_OUT, NULL, writeTypename, type WriteValue } from './write-value.js';

/** Marks an object that became null because of a field inside it, for the second pass. */
const NULLED = new Failure('SUBGRAPH_BAD_ANSWER', '');
/** Marks an object that was left out because of a row inside it, for the second pass. */
const DROPPED = new Failure('OUT_OF_SCOPE', '');

const UNRECORDED = { sites: [], gives: 0, scope: undefined } as const;

interface FieldWriter {
  /** `{"key":` of the first field, `,"key":` of the others. */
  readonly head: string;
  readonly key: string;
  readonly inner: string;
  readonly nonNull: boolean;
  readonly write: WriteValue;
  /** Sites under this key; none for `__typename` and introspection. */
  readonly sites: readonly number[];
  /** What a value is on the record: `WHOLE` or `MASKED`. */
  readonly gives: number;
  /** Present where the value is given within rows only. */
  readonly scope: { readonly site: number; readonly checks: readonly RowCheck[] } | undefined;
}

/** Writes the objects of one runtime type. */
interface ObjectWriter {
  readonly row: number;
  /** Conditions under which the whole row is given. */
  readonly rows: readonly RowCheck[];
  readonly fields: readonly FieldWriter[];
  readonly subject: { readonly field: string; readonly prefix: string } | undefined;
}

/** The projection of one operation under one set of denials and conditions. */
export interface Projection {
  readonly write: WriteValue;
  /** Type names by row number. */
  readonly rowTypes: readonly string[];
  /** Denied sites that the conditions leave in, in order. */
  readonly denied: readonly number[];
  /** Root fields that are answered by introspection. */
  readonly introspection: readonly FieldSelection[];
  readonly outcomes: ItemOutcomes;
}

/** Compiles the projection: exactly the requested keys in the requested order, null where denied.
 *  @source GraphQL specification 6.3.2 "CollectFields", 6.4.3 "Value Completion", 6.4.4 "Handling Execution Errors" */
export function compileProjection(
  operation: PreparedOperation,
  denials: Denials,
  bits: number,
  subjects: Subjects,
  limits: LimitFields | undefined,
): Projection {
  const compiler = new Compiler(operation.schema, denials, bits, subjects, limits);
  const root = operation.schema.getRootType(operation.definition.operation)!;
  const write = compiler.object(root, [operation.selections], 0);
  const active = [...activeFields(operation.selections, bits)];
  return {
    write,
    rowTypes: compiler.rowTypes,
    denied: active.filter(({ site }) => isDenied(denials, site)).map(({ site }) => site),
    introspection: active.filter(({ name }) => isIntrospection(name)),
    outcomes: new ItemOutcomes(operation.sites, [...allowedSites(operation.selections, denials, bits)]),
  };
}

function* allowedSites(selections: readonly Selection[], denials: Denials, bits: number): Generator<number> {
  for (const selection of selections) {
    if (!isActive(selection, bits)) continue;
    const site = selection.kind === 'field' ? selection.site : -1;
    if (isDenied(denials, site)) continue;
    if (site >= 0) yield site;
    if (selection.selections) yield* allowedSites(selection.selections, denials, bits);
  }
}

function* activeFields(selections: readonly Selection[], bits: number): Generator<FieldSelection> {
  for (const selection of selections) {
    if (!isActive(selection, bits)) continue;
    if (selection.kind === 'field') yield selection;
    if (selection.selections) yield* activeFields(selection.selections, bits);
  }
}

class Compiler {
  readonly rowTypes: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly denials: Denials,
    private readonly bits: number,
    private readonly subjects: Subjects,
    private readonly limits: LimitFields | undefined,
  ) {}

  /** An object of the static type, at a path of `depth` entries. */
  object(type: GraphQLCompositeType, selections: readonly (readonly Selection[])[], depth: number): WriteValue {
    if (!isAbstractType(type)) {
      let writer: ObjectWriter | undefined;
      const only = (): ObjectWriter => (writer ??= this.writer(type.name, selections, depth));
      return (value, pass) => writeObject(value, pass, depth, only);
    }
    const possible = new Set(this.schema.getPossibleTypes(type).map(({ name }) => name));
    const writers = new Map<string, ObjectWriter>();
    const writerOf = (object: Json): ObjectWriter | undefined => {
      const name = object.__typename;
      // The planner asks for it only where it matters; an interface's own name comes from an @interfaceObject.
      const runtime =
        name === undefined || name === type.name
          ? type.name
          : possible.has(name as string)
            ? (name as string)
            : undefined;
      if (runtime === undefined) return undefined;
      let writer = writers.get(runtime);
      if (!writer) writers.set(runtime, (writer = this.writer(runtime, selections, depth)));
      return writer;
    };
    return (value, pass) => writeObject(value, pass, depth, writerOf);
  }

  private writer(type: string, selections: readonly (readonly Selection[])[], depth: number): ObjectWriter {
    const groups = new Map<string, FieldSelection[]>();
    for (const set of selections) this.collect(set, type, groups);
    const fields = [...groups.values()].map((group, index) => this.field(group, type, index, depth));
    let row = this.rowTypes.indexOf(type);
    if (row < 0) row = this.rowTypes.push(type) - 1;
    const subject = depth > 0 ? this.subjects.get(type) : undefined;
    return {
      row,
      rows: depth > 0 ? (this.limits?.rowsOf(type) ?? NO_CHECKS) : NO_CHECKS,
      fields,
      subject: subject && { field: subject.field, prefix: `${subject.kind}:` },
    };
  }

  private collect(selections: readonly Selection[], type: string, groups: Map<string, FieldSelection[]>): void {
    for (const selection of selections) {
      if (!isActive(selection, this.bits)) continue;
      if (selection.kind === 'field') {
        const group = groups.get(selection.key);
        if (group) group.push(selection);
        else groups.set(selection.key, [selection]);
      } else if (this.satisfies(type, selection.type)) this.collect(selection.selections, type, groups);
    }
  }

  private satisfies(type: string, condition: string): boolean {
    if (type === condition) return true;
    const abstract = this.schema.getType(condition);
    const concrete = this.schema.getType(type);
    return isAbstractType(abstract) && concrete !== undefined && this.schema.isSubType(abstract, concrete as never);
  }

  /** The selections under one response key of one runtime type. */
  private field(group: readonly FieldSelection[], type: string, index: number, depth: number): FieldWriter {
    const first = group[0]!;
    const { key, inner } = first;
    const head = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    const denied = group.filter(({ site }) => isDenied(this.denials, site)).map(({ site }) => site);
    if (denied.length > 0) {
      return { ...UNRECORDED, head, key, inner, nonNull: false, write: writeDenied(denied, depth + 1) };
    }
    if (first.name === '__typename')
      return { ...UNRECORDED, head, key, inner, nonNull: true, write: writeTypename(type) };
    if (first.site < 0)
      return { ...UNRECORDED, head, key, inner, nonNull: false, write: (_, pass) => pass.introspection.get(key) };
    const below = group.flatMap(({ selections }) => (selections ? [selections] : []));
    const write = this.value(first.type, below, depth + 1);
    const sites = group.map(({ site }) => site);
    const masks = this.limits?.masksOf(type, first.name) ?? [];
    const checks = this.limits?.scopesOf(type, first.name) ?? NO_CHECKS;
    return {
      head,
      key,
      inner,
      nonNull: isNonNullType(first.type),
      write: masks.length > 0 ? writeMasked(write, masks, first.type, sites) : write,
      sites,
      gives: masks.length > 0 ? MASKED : WHOLE,
      scope: checks.length > 0 ? { site: first.site, checks } : undefined,
    };
  }

  /** A value of the type, at a path of `depth` entries. */
  private value(type: GraphQLOutputType, below: readonly (readonly Selection[])[], depth: number): WriteValue {
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) return this.list(nullable.ofType, below, depth);
    const named = getNamedType(nullable);
    if (!isLeafType(named)) return this.object(named as GraphQLCompositeType, below, depth);
    const leaf = compileLeaf(named);
    return (value, pass) =>
      leaf(value) ?? (value === null || value === undefined ? NULL : reportUnusable(value, pass, depth));
  }

  private list(item: GraphQLOutputType, below: readonly (readonly Selection[])[], depth: number): WriteValue {
    const write = this.value(item, below, depth + 1);
    const nonNull = isNonNullType(item);
    return (value, pass) => {
      if (value === null || value === undefined) return NULL;
      if (!Array.isArray(value)) return reportUnusable(value, pass, depth);
      let out = '';
      for (let i = 0; i < value.length; i++) {
        pass.path[depth] = i;
        let text = write(value[i], pass);
        if (text === LEFT_OUT) {
          drop(value, i, pass);
          continue;
        }
        if (text === undefined || (nonNull && text === NULL)) {
          text = resolveNull(text, nonNull, value, i, pass, depth + 1);
          if (text === undefined) return undefined;
        }
        out += out === '' ? text : `,${text}`;
      }
      return `[${out}]`;
    };
  }
}

function writeDenied(sites: readonly number[], length: number): WriteValue {
  return (_, pass) => {
    pass.deny(sites, length);
    return NULL;
  };
}

function writeObject(
  value: unknown,
  pass: ProjectionPass,
  depth: number,
  writerOf: (object: Json) => ObjectWriter | undefined,
): string | undefined {
  if (value === null || value === undefined) return NULL;
  if (value === DROPPED) return LEFT_OUT;
  if (typeof value !== 'object' || value instanceof Failure || Array.isArray(value))
    return reportUnusable(value, pass, depth);
  const writer = writerOf(value as Json);
  if (writer === undefined) return reportUnusable(value, pass, depth);
  const { fields, row, rows, subject } = writer;
  if (rows.length > 0 && !isInRows(value as Json, rows, pass.limits)) return LEFT_OUT;
  let out = '';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    pass.path[depth] = field.key;
    let text =
      field.scope !== undefined && leaveOut(value as Json, field, pass, depth + 1)
        ? NULL
        : field.write((value as Json)[field.inner], pass);
    if (text === LEFT_OUT) {
      drop(value as Json, field.inner, pass);
      if (field.nonNull) return LEFT_OUT;
      text = NULL;
    } else if (text === undefined || (field.nonNull && text === NULL)) {
      pass.noteMissing(field.sites, (value as Json)[field.inner]);
      text = resolveNull(text, field.nonNull, value as Json, field.inner, pass, depth + 1);
      if (text === undefined) return undefined;
    }
    if (text !== NULL && text !== EMPTY_LIST) pass.note(field.sites, field.gives);
    out += field.head + text;
  }
  pass.rows[row] = (pass.rows[row] ?? 0) + 1;
  if (subject !== undefined) {
    const id = (value as Json)[subject.field];
    if (typeof id === 'string' || typeof id === 'number') pass.subjects.add(subject.prefix + String(id));
  }
  return fields.length === 0 ? '{}' : `${out}}`;
}

/** Leaves out a value whose row lies outside the rows of its item.
 *  @returns false where the value may be written */
function leaveOut(object: Json, { inner, scope }: FieldWriter, pass: ProjectionPass, length: number): boolean {
  if (!isOutOfScope(object, inner, scope!.checks, pass.limits)) return false;
  pass.leaveOut(scope!.site, length);
  return true;
}

/** Takes a row out of the data, and asks for a second pass, since objects inside it may have been counted. */
function drop(parent: Json | unknown[], key: string | number, pass: ProjectionPass): void {
  if ((parent as Json)[key] === DROPPED) return;
  (parent as Json)[key] = DROPPED;
  pass.bubbled = true;
}

/** Decides whether a null stays where it is or moves up to the parent.
 *   @returns undefined when it moves up */
function resolveNull(
  text: string | undefined,
  nonNull: boolean,
  parent: Json | unknown[],
  key: string | number,
  pass: ProjectionPass,
  length: number,
): string | undefined {
  if (text === undefined) {
    if (nonNull) return undefined;
    // Objects inside may have been counted before the whole became null.
    const value = (parent as Json)[key];
    if (typeof value === 'object' && value !== null && !(value instanceof Failure)) {
      pass.bubbled = true;
      (parent as Json)[key] = NULLED;
    }
    return NULL;
  }
  if (text === NULL && nonNull) {
    pass.add(toMissingValue(pass.path.slice(0, length)));
    return undefined;
  }
  return text;
}

function reportUnusable(value: unknown, pass: ProjectionPass, length: number): undefined {
  if (value === NULLED) return;
  if (value instanceof Failure) pass.report(value, length);
  else pass.add(toWrongType(pass.path.slice(0, length)));
}
