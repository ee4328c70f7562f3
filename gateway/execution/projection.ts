import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Coordinate, Mask } from '../../shared/kernel/index.js';
import { type Denials, isDenied } from '../request/denials.js';
import type { PreparedOperation } from '../request/operation.js';
import { isActive, type FieldSelection, type Selection, isIntrospection } from '../request/selection.js';
import { nameCharges, type CountedSite } from '../request/verdict.js';
import { activeFields, allowedSites } from './active-fields.js';
import { concealRecords } from './conceal-records.js';
import { countUses } from './count-uses.js';
import type { LimitFields } from '../operation/limit-fields.js';
import type { Subjects } from '../operation/subject-selections.js';
import { ItemOutcomes, MASKED, WHOLE } from './item-outcomes.js';
import { compileLeaf } from './compile-leaf.js';
import { isObject, type Json } from './fetch-shape.js';
import { findHidden } from './hidden.js';
import type { AskedAt } from './locate-below.js';
import { notesOf } from './notes.js';
import { mayBeOf } from './may-be-of.js';
import { NO_CHECKS, writeMasked } from './row-limits.js';
import { writeList } from './write-list.js';
import type { FieldWriter, ObjectWriter } from './object-writer.js';
import { reportUnusable, writeDenied, writeObject } from './write-object.js';
import { NULL, writeTypename, type WriteValue } from './write-value.js';

const UNRECORDED = { sites: [], gives: 0, scope: undefined } as const;

/** The projection of one operation under one set of denials and conditions. */
export interface Projection {
  readonly write: WriteValue;
  /** Writer of the root object. */
  readonly root: () => ObjectWriter;
  /** Type names by row number. */
  readonly rowTypes: readonly string[];
  /** Denied sites that the conditions leave in, in order. */
  readonly denied: readonly number[];
  /** Root fields that are answered by introspection. */
  readonly introspection: readonly FieldSelection[];
  readonly outcomes: ItemOutcomes;
  /** True for a site that takes part and is allowed. */
  readonly isAsked: (site: number) => boolean;
}

/** What a projection rests on, beside its operation. */
export interface ProjectionOptions {
  readonly denials: Denials;
  /** The operation's conditions under its variables. */
  readonly bits: number;
  readonly subjects: Subjects;
  readonly limits: LimitFields | undefined;
  /** Sites whose values are counted; see `CountedSite`. */
  readonly counted: readonly CountedSite[];
  readonly isEntity: (type: string) => boolean;
  /** Names of the fields that a subgraph requires for this one. */
  readonly requiredBy: (at: Coordinate | undefined) => ReadonlySet<string>;
  /** Every type and field of the graph, also inaccessible ones. */
  readonly graph: GraphQLSchema;
}

/** Compiles the projection: exactly the requested keys in the requested order, null where denied.
 *  @source GraphQL specification 6.3.2 "CollectFields", 6.4.3 "Value Completion", 6.4.4 "Handling Execution Errors" */
export function compileProjection(operation: PreparedOperation, options: ProjectionOptions): Projection {
  const { denials, bits } = options;
  const compiler = new Compiler(operation, options);
  const root = operation.schema.getRootType(operation.definition.operation)!;
  const at = compiler.asked([operation.selections], undefined, 0);
  const write = compiler.object(root, [operation.selections], 0, at);
  const asked = [...allowedSites(operation.selections, denials, bits)];
  const active = [...activeFields(operation.selections, bits)];
  return {
    write,
    root: () => compiler.writer(root.name, [operation.selections], 0, at),
    rowTypes: compiler.rowTypes,
    denied: active.filter(({ site }) => isDenied(denials, site)).map(({ site }) => site),
    introspection: active.filter(({ name }) => isIntrospection(name)),
    outcomes: new ItemOutcomes(operation.sites, asked),
    isAsked: (site) => asked.includes(site),
  };
}

class Compiler {
  readonly rowTypes: string[] = [];

  private readonly denials: Denials;
  private readonly bits: number;
  private readonly subjects: Subjects;
  private readonly limits: LimitFields | undefined;
  /** Whom the values of each counted site are charged to. */
  private readonly charges: ReadonlyMap<number, string>;

  private readonly schema: GraphQLSchema;

  constructor(
    private readonly operation: PreparedOperation,
    private readonly options: ProjectionOptions,
  ) {
    this.schema = operation.schema;
    ({ denials: this.denials, bits: this.bits, subjects: this.subjects, limits: this.limits } = options);
    this.charges = new Map(options.counted.map(({ site, charges }) => [site, nameCharges(charges)]));
  }

  asked(below: AskedAt['below'], above: AskedAt | undefined, depth: number): AskedAt {
    const { sites } = this.operation;
    const { requiredBy, graph } = this.options;
    const coordinateOf = (site: number) => sites[site]?.coordinate;
    return {
      below,
      above,
      depth,
      bits: this.bits,
      coordinateOf,
      requiredBy,
      mayBeOf: (at, on) => mayBeOf(graph, at, on),
    };
  }

  /** An object of the static type, at a path of `depth` entries. */
  object(
    type: GraphQLCompositeType,
    selections: readonly (readonly Selection[])[],
    depth: number,
    asked: AskedAt,
  ): WriteValue {
    if (!isAbstractType(type)) {
      let writer: ObjectWriter | undefined;
      const only = (): ObjectWriter => (writer ??= this.writer(type.name, selections, depth, asked));
      return (value, pass) => writeObject(value, pass, depth, only, asked);
    }
    const possible = new Set(this.schema.getPossibleTypes(type).map(({ name }) => name));
    const writers = new Map<string, ObjectWriter>();
    const writerOf = (object: Json): ObjectWriter | undefined => {
      const name: unknown = object.__typename;
      // The planner asks for it only where it matters; an interface's own name comes from an @interfaceObject.
      const runtime =
        name === undefined || name === type.name
          ? type.name
          : possible.has(name as string)
            ? (name as string)
            : undefined;
      if (runtime === undefined) return undefined;
      let writer = writers.get(runtime);
      if (!writer) writers.set(runtime, (writer = this.writer(runtime, selections, depth, asked)));
      return writer;
    };
    const hidden = findHidden(this.options.graph, this.schema, type.name);
    return (value, pass) =>
      hidden.size > 0 && isObject(value) && hidden.has(value.__typename)
        ? NULL
        : writeObject(value, pass, depth, writerOf, asked);
  }

  writer(type: string, selections: AskedAt['below'], depth: number, above: AskedAt): ObjectWriter {
    const groups = new Map<string, FieldSelection[]>();
    for (const set of selections) this.collect(set, type, groups);
    const fields = [...groups.values()].map((group, index) => this.field(group, type, index, depth, above));
    let row = this.rowTypes.indexOf(type);
    if (row < 0) row = this.rowTypes.push(type) - 1;
    const subject = depth > 0 ? this.subjects.get(type) : undefined;
    return {
      type,
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
  private field(
    group: readonly FieldSelection[],
    type: string,
    index: number,
    depth: number,
    above: AskedAt,
  ): FieldWriter {
    const first = group[0]!;
    const { key, inner, name } = first;
    const head = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    const below = group.flatMap(({ selections }) => (selections ? [selections] : []));
    const asked = this.asked(below, above, depth + 1);
    const denied = group.filter(({ site }) => isDenied(this.denials, site)).map(({ site }) => site);
    if (denied.length > 0) {
      const write = writeDenied(denied, depth + 1);
      const copied = { kind: 'denied', sites: denied } as const;
      return { ...UNRECORDED, head, key, inner, name, asked, nonNull: false, write, copied };
    }
    if (first.name === '__typename') {
      const copied = { kind: 'text', text: JSON.stringify(type) } as const;
      return { ...UNRECORDED, head, key, inner, name, asked, nonNull: true, write: writeTypename(type), copied };
    }
    if (first.site < 0)
      return {
        ...UNRECORDED,
        head,
        key,
        inner,
        name,
        asked,
        nonNull: false,
        write: (_, pass) => pass.introspection.get(key),
      };
    const declared = this.typeOf(type, first);
    const sites = group.map(({ site }) => site);
    const value = this.value(declared, below, depth + 1, asked);
    const write = this.counting(concealRecords(value, declared, sites), group);
    const masks = this.limits?.masksOf(type, first.name) ?? [];
    const checks = this.limits?.scopesOf(type, first.name) ?? NO_CHECKS;
    return {
      head,
      key,
      inner,
      name,
      asked,
      naming: sites.find((site) => this.namesSubject(site)),
      leadsTo: this.subjectBehind(declared),
      nonNull: isNonNullType(declared),
      write: masks.length > 0 ? writeMasked(write, masks, declared, sites) : write,
      sites,
      gives: masks.length > 0 ? MASKED : WHOLE,
      scope: checks.length > 0 ? { site: first.site, checks } : undefined,
      copied: write === value ? this.copied(declared, below, depth + 1, asked, masks) : undefined,
    };
  }

  /** A value that is written as it is, or masked. Names that consumers do not see are not. */
  private copied(
    type: GraphQLOutputType,
    below: AskedAt['below'],
    depth: number,
    asked: AskedAt,
    masks: readonly Mask[],
  ) {
    const { name } = getNamedType(type);
    if (findHidden(this.options.graph, this.schema, name).size > 0) return undefined;
    const nullable = isNonNullType(type) ? type.ofType : type;
    const at = isListType(nullable) ? depth + 1 : depth;
    return { kind: 'value', type, masks, objects: () => this.writer(name, below, at, asked) } as const;
  }

  private namesSubject(site: number): boolean {
    return this.operation.sites[site]?.identifiers !== undefined;
  }

  /** Identifier of the one subject that a field of this type leads to. */
  private subjectBehind(type: GraphQLOutputType): ObjectWriter['subject'] {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const subject = isObjectType(nullable) ? this.subjects.get(nullable.name) : undefined;
    return subject && { field: subject.field, prefix: `${subject.kind}:` };
  }

  /** The type of a field by the runtime type of its object: an interface may leave nullable what a type has always.
   *  @source GraphQL specification 6.4.2 "ResolveFieldValue" and 6.4.3, by the object type */
  private typeOf(runtime: string, { name, type }: FieldSelection): GraphQLOutputType {
    const object = this.schema.getType(runtime);
    return (isObjectType(object) && object.getFields()[name]?.type) || type;
  }

  /** Counts the values of a field where a quota counts them: once for each charge, however often the operation repeats it. */
  private counting(write: WriteValue, group: readonly FieldSelection[]): WriteValue {
    const sites = new Map<string, number>();
    for (const { site } of group) {
      const charge = this.charges.get(site);
      if (charge !== undefined && !sites.has(charge)) sites.set(charge, site);
    }
    if (sites.size === 0) return write;
    const { type } = group[0]!;
    const selections = group.flatMap(({ selections = [] }) => selections);
    return countUses(write, [...sites.values()], { type, selections }, this.bits, this.options.isEntity);
  }

  /** A value of the type, at a path of `depth` entries. */
  private value(type: GraphQLOutputType, below: AskedAt['below'], depth: number, asked: AskedAt): WriteValue {
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) return this.list(nullable.ofType, below, depth, asked);
    const named = getNamedType(nullable);
    if (!isLeafType(named)) return this.object(named as GraphQLCompositeType, below, depth, asked);
    const leaf = compileLeaf(named);
    const hidden = findHidden(this.options.graph, this.schema, named.name);
    return (value, pass) => {
      // A scalar may be a list of its own, whose entries are no places.
      if (pass.noted && Array.isArray(value))
        for (const note of notesOf(value)) pass.report(note.at([], undefined), depth, asked);
      const isNull = value === null || value === undefined || hidden.has(value);
      return leaf(value) ?? (isNull ? NULL : reportUnusable(value, pass, depth, asked));
    };
  }

  private list(item: GraphQLOutputType, below: AskedAt['below'], depth: number, asked: AskedAt): WriteValue {
    return writeList(this.value(item, below, depth + 1, asked), isNonNullType(item), depth, asked);
  }
}
