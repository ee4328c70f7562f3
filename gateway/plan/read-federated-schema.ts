import {
  Kind,
  parseType,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from 'graphql';
import type {
  FederatedField,
  FederatedSchema,
  FederatedType,
  Key,
  LocalField,
  LocalType,
  Requires,
} from './federated-schema.js';
import { createFederatedSchema, type FederatedFrame } from './federated-schema-texts.js';
import { parseFieldSet, TYPENAME, writeArguments, type Selection, type Selections } from './selection.js';

/** A schema that was read whole. */
export interface ReadFederatedSchema extends FederatedSchema {
  readonly types: ReadonlyMap<string, FederatedType>;
  readonly frame: FederatedFrame;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads the join metadata of a composed supergraph.
 *  @throws Error when a directive names a subgraph, type or field that is not there, or a field set cannot be parsed */
export function readFederatedSchema(supergraph: DocumentNode): ReadFederatedSchema {
  let schema = known.get(supergraph);
  if (!schema) known.set(supergraph, (schema = new Reader(supergraph.definitions).read()));
  return schema;
}

/** Several steps of making a graph read the same one. */
const known = new WeakMap<DocumentNode, ReadFederatedSchema>();

class Reader {
  private readonly subgraphs = new Map<string, string>();
  private readonly types = new Map<string, FederatedType>();
  /** Object types by `graph type` of the abstract type. */
  private readonly local = new Map<string, string[]>();
  private readonly possible = new Map<string, Set<string>>();
  private readonly inputKeys = new Map<string, string>();
  private readonly labels = new Set<string>();

  constructor(private readonly definitions: readonly DefinitionNode[]) {}

  read(): ReadFederatedSchema {
    this.definitions.forEach((definition) => this.readSubgraphs(definition));
    this.definitions.forEach((definition) => this.readType(definition));
    if (this.subgraphs.size === 0) throw new Error('it names no subgraph');
    if (!this.types.get('Query')?.in.size) throw new Error('no subgraph has a query');
    for (const type of this.types.values()) this.completeSent(type);
    for (const type of this.types.values()) this.markInputs(type);
    for (const type of this.types.values()) this.checkKeys(type);
    const { subgraphs, types, local, possible, labels } = this;
    const frame = { subgraphs, labels, possible, local };
    return { ...createFederatedSchema(frame, types), types, frame };
  }

  private readSubgraphs(definition: DefinitionNode): void {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') return;
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((each) => each.name.value === 'join__graph');
      this.subgraphs.set(name.value, (graph && readArgument(graph, 'name')) ?? name.value);
    }
  }

  private readType(definition: DefinitionNode): void {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) return;
    const name = definition.name.value;
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of named(definition, 'join__unionMember'))
        this.addPossible(this.graphOf(member), name, readArgument(member, 'member') ?? '');
      this.types.set(name, { name, kind: 'union', in: this.readLocal(definition), fields: new Map(), interfaces: [] });
    } else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const kind = definition.kind === Kind.OBJECT_TYPE_DEFINITION ? 'object' : 'interface';
      if (kind === 'object') {
        this.addPossible(undefined, name, name);
        for (const each of named(definition, 'join__implements'))
          this.addPossible(this.graphOf(each), readArgument(each, 'interface') ?? '', name);
        for (const each of definition.interfaces ?? []) this.addPossible(undefined, each.name.value, name);
      }
      const local = this.readLocal(definition);
      const fields = new Map(
        definition.fields?.map((field) => [field.name.value, this.readField(field, [...local.keys()])]),
      );
      const interfaces = definition.interfaces?.map((each) => each.name.value) ?? [];
      this.types.set(name, { name, kind, in: local, fields, interfaces });
    } else if (definition.kind === Kind.SCALAR_TYPE_DEFINITION || definition.kind === Kind.ENUM_TYPE_DEFINITION)
      this.types.set(name, { name, kind: 'leaf', in: new Map(), fields: new Map(), interfaces: [] });
  }

  private readLocal(definition: { readonly directives?: readonly ConstDirectiveNode[] }): Map<string, LocalType> {
    const local = new Map<string, Mutable<LocalType>>();
    for (const type of named(definition, 'join__type')) {
      const graph = this.graphOf(type);
      const known = local.get(graph) ?? { keys: [], interfaceObject: false };
      const text = readArgument(type, 'key');
      const resolvable = text !== undefined && readArgument(type, 'resolvable') !== 'false';
      local.set(graph, {
        keys: resolvable ? [...known.keys, { text, selections: this.parse(text) }] : known.keys,
        interfaceObject: known.interfaceObject || readArgument(type, 'isInterfaceObject') === 'true',
      });
    }
    return local;
  }

  /** A field without `@join__field` is in every subgraph of its type; with one that names no subgraph it comes from the
   *  `@interfaceObject` of an interface of its type, and the type's own subgraphs do not have it. */
  private readField(field: FieldDefinitionNode, graphs: readonly string[]): FederatedField {
    const joins = named(field, 'join__field');
    const local = new Map<string, LocalField>();
    if (joins.length === 0)
      for (const graph of graphs) local.set(graph, this.readLocalField(field.type, undefined, []));
    for (const join of joins) {
      if (readArgument(join, 'graph') !== undefined)
        local.set(this.graphOf(join), this.readLocalField(field.type, join, joins));
    }
    return { name: field.name.value, in: local };
  }

  private readLocalField(
    supergraphType: TypeNode,
    join: ConstDirectiveNode | undefined,
    joins: readonly ConstDirectiveNode[],
  ): LocalField {
    const argument = (name: string) => (join ? readArgument(join, name) : undefined);
    const own = argument('type');
    const type = own === undefined ? supergraphType : parseType(own, { noLocation: true });
    const [requires, provides] = [argument('requires'), argument('provides')];
    const moving = join && this.readMove(join, joins);
    return {
      type,
      named: nameOf(type),
      external: argument('external') === 'true' || (argument('usedOverridden') === 'true' && !moving),
      moving,
      requires: requires === undefined ? undefined : { text: requires, selections: this.parse(requires) },
      provides: provides === undefined ? undefined : this.parse(provides),
    };
  }

  /** A label without a subgraph that had the field before has nothing to choose. */
  private readMove(join: ConstDirectiveNode, joins: readonly ConstDirectiveNode[]): LocalField['moving'] {
    const label = readArgument(join, 'overrideLabel');
    const isOther = (each: ConstDirectiveNode) =>
      readArgument(each, 'overrideLabel') === label &&
      (readArgument(each, 'override') === undefined) !== (readArgument(join, 'override') === undefined);
    if (label === undefined || !joins.some(isOther)) return undefined;
    this.labels.add(label);
    return { label, whenActive: readArgument(join, 'override') !== undefined };
  }

  /** Keys and inputs below an interface or union are sent with their type. Elsewhere a fragment says nothing that is not known, and
   *  there is no name of a type to tell it by. */
  private completeSent({ name, fields, in: local }: FederatedType): void {
    const inputs = [...fields.values()].flatMap((field) =>
      [...field.in.values()].flatMap(({ requires }) => requires ?? []),
    );
    const keys = [...local.values()].flatMap((each) => each.keys);
    for (const sent of [...inputs, ...keys] as Mutable<Requires | Key>[])
      sent.selections = this.completeSelections([name], sent.selections);
  }

  /** @param types  types that subgraphs give the objects */
  private completeSelections(types: readonly string[], selections: Selections): Selections {
    const only = types.length === 1 && this.types.get(types[0]!)?.kind === 'object' ? types[0]! : undefined;
    return selections.flatMap((each): Selections => {
      if (each.kind === 'fragment') {
        const { on } = each;
        if (only === undefined)
          return [{ ...each, selections: this.completeSelections(on === undefined ? types : [on], each.selections) }];
        const meets = on === undefined || this.possible.get(on)?.has(only);
        return meets ? this.completeSelections(types, each.selections) : [];
      }
      if (!each.selections) return [each];
      const local = types.flatMap((type) => [...(this.types.get(type)?.fields.get(each.name)?.in.values() ?? [])]);
      const below = [...new Set(local.map(({ named }) => named))];
      const inner = this.completeSelections(below, each.selections);
      return [{ ...each, selections: below.some((type) => this.isAbstract(type)) ? [TYPENAME, ...inner] : inner }];
    });
  }

  /** An interface or union whose types every subgraph knows. */
  private isAbstract(name: string): boolean {
    const type = this.types.get(name);
    if (type?.kind !== 'interface' && type?.kind !== 'union') return false;
    return ![...type.in.values()].some(({ interfaceObject }) => interfaceObject);
  }

  /** Each input of `@requires` is external, or something below it is. Composers lose the mark on `@interfaceObject` types. */
  private markInputs({ name, fields }: FederatedType): void {
    for (const field of fields.values()) {
      for (const [graph, { requires }] of field.in) {
        const unmarked = requires?.selections.filter((each) => !this.holdsExternal(graph, name, each)) ?? [];
        for (const each of unmarked) {
          if (each.kind !== 'field' || this.isKeyField(graph, name, each.name)) continue;
          const local: Mutable<LocalField> | undefined = fields.get(each.name)?.in.get(graph);
          if (local) local.external = true;
        }
      }
    }
  }

  private holdsExternal(graph: string, type: string, selection: Selection): boolean {
    if (selection.kind === 'fragment')
      return selection.selections.some((each) => this.holdsExternal(graph, selection.on ?? type, each));
    const local = this.types.get(type)?.fields.get(selection.name)?.in.get(graph);
    if (!local || local.external) return true;
    return selection.selections?.some((each) => this.holdsExternal(graph, local.named, each)) ?? false;
  }

  private checkKeys({ name, in: local, fields }: FederatedType): void {
    for (const { keys } of local.values())
      for (const { selections } of keys)
        for (const each of selections)
          if (each.kind === 'field' && each.name !== '__typename' && !fields.has(each.name))
            throw new Error(`there is no ${name}.${each.name}`);
  }

  private isKeyField(graph: string, type: string, name: string): boolean {
    const keys = this.types.get(type)?.in.get(graph)?.keys ?? [];
    return keys.some(({ selections }) => selections.some((each) => each.kind === 'field' && each.name === name));
  }

  private parse(text: string): Selections {
    return parseFieldSet(text, (name, args) => {
      if (args.length === 0) return name;
      const written = `${name}${writeArguments(args)}`;
      const key = this.inputKeys.get(written) ?? `_r${this.inputKeys.size}_${name}`;
      this.inputKeys.set(written, key);
      return key;
    });
  }

  private addPossible(graph: string | undefined, type: string, object: string): void {
    (this.possible.get(type) ?? this.possible.set(type, new Set()).get(type)!).add(object);
    if (graph === undefined) return;
    const key = `${graph} ${type}`;
    (this.local.get(key) ?? this.local.set(key, []).get(key)!).push(object);
  }

  private graphOf(directive: ConstDirectiveNode): string {
    const graph = readArgument(directive, 'graph') ?? '';
    if (!this.subgraphs.has(graph)) throw new Error(`${directive.name.value} names no subgraph: "${graph}"`);
    return graph;
  }
}

const named = (node: { readonly directives?: readonly ConstDirectiveNode[] }, name: string): ConstDirectiveNode[] =>
  (node.directives ?? []).filter((directive) => directive.name.value === name);

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

function readArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : undefined;
}
