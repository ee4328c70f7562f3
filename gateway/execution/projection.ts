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
import type { Subjects } from '../operation/subject-selections.js';
import { Failure } from './failure.js';
import { compileLeaf } from './compile-leaf.js';
import type { Pass } from './projection-pass.js';
import type { Json } from './fetch-shape.js';

/** Writes a value as JSON text. `'null'` is a null that nobody explained, undefined one that has been reported. */
export type Write = (value: unknown, pass: Pass) => string | undefined;

const NULL = 'null';
/** Stands where an object became null because of a field inside it, for the second pass. */
const NULLED = new Failure('SUBGRAPH_BAD_ANSWER', '');

interface Field {
  /** `{"key":` of the first field, `,"key":` of the others. */
  readonly head: string;
  readonly key: string;
  readonly inner: string;
  readonly nonNull: boolean;
  readonly write: Write;
}

/** What an object of one runtime type is written as. */
interface Form {
  readonly row: number;
  readonly fields: readonly Field[];
  readonly subject: { readonly field: string; readonly prefix: string } | undefined;
}

/** The projection of one operation under one set of denials and conditions. */
export interface Projection {
  readonly write: Write;
  /** Type names by row number. */
  readonly rowTypes: readonly string[];
  /** Denied sites that the conditions leave in, in order. */
  readonly denied: readonly number[];
  /** Root fields that are answered by introspection. */
  readonly introspection: readonly FieldSelection[];
}

/** Compiles the projection: exactly the requested keys in the requested order, null where denied.
 *  @source GraphQL specification 6.3.2 "CollectFields", 6.4.3 "Value Completion", 6.4.4 "Handling Execution Errors" */
export function compileProjection(
  operation: PreparedOperation,
  denials: Denials,
  bits: number,
  subjects: Subjects,
): Projection {
  const compiler = new Compiler(operation.schema, denials, bits, subjects);
  const root = operation.schema.getRootType(operation.definition.operation)!;
  const write = compiler.object(root, [operation.selections], 0);
  const active = [...activeFields(operation.selections, bits)];
  return {
    write,
    rowTypes: compiler.rowTypes,
    denied: active.filter(({ site }) => isDenied(denials, site)).map(({ site }) => site),
    introspection: active.filter(({ name }) => isIntrospection(name)),
  };
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
  ) {}

  /** An object of the static type, at a path of `depth` entries. */
  object(type: GraphQLCompositeType, selections: readonly (readonly Selection[])[], depth: number): Write {
    if (!isAbstractType(type)) {
      let form: Form | undefined;
      const only = (): Form => (form ??= this.form(type.name, selections, depth));
      return (value, pass) => writeObject(value, pass, depth, only);
    }
    const possible = new Set(this.schema.getPossibleTypes(type).map(({ name }) => name));
    const forms = new Map<string, Form>();
    const formOf = (object: Json): Form | undefined => {
      const name = object.__typename;
      // The planner asks for it only where it matters; an interface's own name comes from an @interfaceObject.
      const runtime =
        name === undefined || name === type.name
          ? type.name
          : possible.has(name as string)
            ? (name as string)
            : undefined;
      if (runtime === undefined) return undefined;
      let form = forms.get(runtime);
      if (!form) forms.set(runtime, (form = this.form(runtime, selections, depth)));
      return form;
    };
    return (value, pass) => writeObject(value, pass, depth, formOf);
  }

  private form(type: string, selections: readonly (readonly Selection[])[], depth: number): Form {
    const groups = new Map<string, FieldSelection[]>();
    for (const set of selections) this.collect(set, type, groups);
    const fields = [...groups.values()].map((group, index) => this.field(group, type, index, depth));
    let row = this.rowTypes.indexOf(type);
    if (row < 0) row = this.rowTypes.push(type) - 1;
    const subject = depth > 0 ? this.subjects.get(type) : undefined;
    return { row, fields, subject: subject && { field: subject.field, prefix: `${subject.kind}:` } };
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

  /** All selections that stand under one response key of one runtime type. */
  private field(group: readonly FieldSelection[], type: string, index: number, depth: number): Field {
    const first = group[0]!;
    const { key, inner } = first;
    const head = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    const denied = group.filter(({ site }) => isDenied(this.denials, site)).map(({ site }) => site);
    if (denied.length > 0) {
      return { head, key, inner, nonNull: false, write: deny(denied, depth + 1) };
    }
    if (first.name === '__typename') return { head, key, inner, nonNull: true, write: this.typename(type) };
    if (first.site < 0) return { head, key, inner, nonNull: false, write: (_, pass) => pass.introspection.get(key) };
    const below = group.flatMap(({ selections }) => (selections ? [selections] : []));
    return { head, key, inner, nonNull: isNonNullType(first.type), write: this.value(first.type, below, depth + 1) };
  }

  private typename(type: string): Write {
    const text = JSON.stringify(type);
    return () => text;
  }

  /** A value of the type, at a path of `depth` entries. */
  private value(type: GraphQLOutputType, below: readonly (readonly Selection[])[], depth: number): Write {
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) return this.list(nullable.ofType, below, depth);
    const named = getNamedType(nullable);
    if (!isLeafType(named)) return this.object(named as GraphQLCompositeType, below, depth);
    const leaf = compileLeaf(named);
    return (value, pass) => leaf(value) ?? (value === null || value === undefined ? NULL : refuse(value, pass, depth));
  }

  private list(item: GraphQLOutputType, below: readonly (readonly Selection[])[], depth: number): Write {
    const write = this.value(item, below, depth + 1);
    const nonNull = isNonNullType(item);
    return (value, pass) => {
      if (value === null || value === undefined) return NULL;
      if (!Array.isArray(value)) return refuse(value, pass, depth);
      let out = '[';
      for (let i = 0; i < value.length; i++) {
        pass.path[depth] = i;
        let text = write(value[i], pass);
        if (text === undefined || (nonNull && text === NULL)) {
          text = settle(text, nonNull, value, i, pass, depth + 1);
          if (text === undefined) return undefined;
        }
        out += i === 0 ? text : `,${text}`;
      }
      return `${out}]`;
    };
  }
}

function deny(sites: readonly number[], length: number): Write {
  return (_, pass) => {
    pass.deny(sites, length);
    return NULL;
  };
}

function writeObject(
  value: unknown,
  pass: Pass,
  depth: number,
  formOf: (object: Json) => Form | undefined,
): string | undefined {
  if (value === null || value === undefined) return NULL;
  if (typeof value !== 'object' || value instanceof Failure || Array.isArray(value)) return refuse(value, pass, depth);
  const form = formOf(value as Json);
  if (form === undefined) return refuse(value, pass, depth);
  const { fields, row, subject } = form;
  let out = '';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    pass.path[depth] = field.key;
    let text = field.write((value as Json)[field.inner], pass);
    if (text === undefined || (field.nonNull && text === NULL)) {
      text = settle(text, field.nonNull, value as Json, field.inner, pass, depth + 1);
      if (text === undefined) return undefined;
    }
    out += field.head + text;
  }
  pass.rows[row] = (pass.rows[row] ?? 0) + 1;
  if (subject !== undefined) {
    const id = (value as Json)[subject.field];
    if (typeof id === 'string' || typeof id === 'number') pass.subjects.add(subject.prefix + String(id));
  }
  return fields.length === 0 ? '{}' : `${out}}`;
}

/** Decides what a null means where it stands: an explained one anywhere, an unexplained one where there is always a value.
 *   @returns undefined when it moves up */
function settle(
  text: string | undefined,
  nonNull: boolean,
  parent: Json | unknown[],
  key: string | number,
  pass: Pass,
  length: number,
): string | undefined {
  if (text === undefined) {
    if (nonNull) return undefined;
    // Something inside may have been counted before it was lost with the whole.
    const value = (parent as Json)[key];
    if (typeof value === 'object' && value !== null && !(value instanceof Failure)) {
      pass.bubbled = true;
      (parent as Json)[key] = NULLED;
    }
    return NULL;
  }
  if (text === NULL && nonNull) {
    pass.add(missing(pass.path.slice(0, length)));
    return undefined;
  }
  return text;
}

function refuse(value: unknown, pass: Pass, length: number): undefined {
  if (value === NULLED) return;
  if (value instanceof Failure) pass.report(value, length);
  else pass.add(wrongType(pass.path.slice(0, length)));
}

const missing = (path: (string | number)[]) => ({
  message: 'A subgraph gave no value for a field that always has one.',
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER' },
});
const wrongType = (path: (string | number)[]) => ({
  message: 'A subgraph gave a value that is not of the field’s type.',
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER' },
});
