import {
  buildASTSchema,
  execute,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  validate,
  visit,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** A record of the world that every subgraph of a case shares: a subgraph gives a record's fields as far as its SDL has them.
 *  A function computes a field from what its subgraph was sent, so that a missing input gives another answer. */
export type WorldRow = Readonly<Record<string, unknown>>;
/** Records by type and `id`; `Query` and `Mutation` have the root fields themselves. */
export type World = Readonly<Record<string, WorldRow>>;

type Inputs = Readonly<Record<string, unknown>>;
export type Compute = (inputs: Inputs, args: Inputs) => unknown;

/** A reference to a record. */
class Reference {
  constructor(
    readonly type: string,
    readonly id: string,
  ) {}
}
export const to = (type: string, id: string | number): Reference => new Reference(type, String(id));

/** A value that its subgraph cannot give. */
export const fails = (): never => {
  throw new Error('out of order');
};

/** An object as a subgraph holds it: a record, and what was sent with it. */
interface Held {
  readonly __typename: string;
  readonly row: WorldRow;
  readonly sent: Inputs;
}

/** One subgraph that answers from a world. */
export class WorldSubgraph {
  private readonly schema: GraphQLSchema;
  private readonly keys = new Map<string, string[]>();
  private readonly requiring = new Set<string>();

  /** @param possible  object types of every interface in all subgraphs, for interface objects */
  constructor(
    sdl: string,
    private readonly world: World,
    private readonly possible: ReadonlyMap<string, readonly string[]>,
  ) {
    const document = withMachinery(parse(sdl, { noLocation: true }));
    this.schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
    for (const definition of document.definitions) this.readDirectives(definition);
  }

  answer(query: string, variables: Inputs): unknown {
    const document = parse(query);
    const errors = validate(this.schema, document);
    if (errors.length > 0) return { errors: errors.map(({ message }) => ({ message })) };
    return execute({
      schema: this.schema,
      document,
      variableValues: variables,
      typeResolver: (value) => (value as Held).__typename,
      fieldResolver: (source: Held | undefined, args, _context, { fieldName, parentType, returnType }) => {
        if (fieldName === '_entities')
          return (args as { representations: Inputs[] }).representations.map((each) => this.find(each));
        const type = parentType.name;
        const held = source ?? { __typename: type, row: this.world[type] ?? {}, sent: {} };
        const coordinate = `${type}.${fieldName}`;
        const own = held.row[fieldName];
        const inputs = { ...held.row, ...held.sent };
        const value =
          typeof own === 'function'
            ? (own as Compute)(this.requiring.has(coordinate) ? held.sent : inputs, args)
            : fieldName in held.sent
              ? held.sent[fieldName]
              : own;
        return this.hold(value, returnType.toString().replace(/[[\]!]/g, ''));
      },
    });
  }

  /** The record that a representation means: the one that has the values of one of the type's keys. */
  private find(representation: Inputs): Held | null {
    const { __typename, ...sent } = representation as { __typename: string };
    for (const type of this.possible.get(__typename) ?? [__typename]) {
      for (const [id, row] of Object.entries(this.world[type] ?? {})) {
        const found = { id, ...(row as WorldRow) };
        const fits = (this.keys.get(__typename) ?? []).some((key) => matches(key, found, sent, this.world));
        if (fits) return { __typename: this.isObject(type) ? type : __typename, row: found, sent };
      }
    }
    return null;
  }

  /** A value of the world as graphql-js resolves it on. */
  private hold(value: unknown, named: string): unknown {
    if (Array.isArray(value)) return value.map((each) => this.hold(each, named));
    if (value instanceof Reference) {
      const row = this.world[value.type]?.[value.id];
      return row === undefined ? null : this.held(value.type, { id: value.id, ...(row as WorldRow) }, named);
    }
    const type = this.schema.getType(named);
    if (typeof value !== 'object' || value === null || !(isObjectType(type) || isAbstractType(type))) return value;
    // The root type below a payload has the fields of every root.
    const row = named === 'Query' ? { ...this.world.Query, ...value } : (value as WorldRow);
    return this.held((value as { __typename?: string }).__typename ?? named, row, named);
  }

  private held(type: string, row: WorldRow, named: string): Held {
    return { __typename: isObjectType(this.schema.getType(named)) ? named : type, row, sent: {} };
  }

  private isObject(type: string): boolean {
    return isObjectType(this.schema.getType(type));
  }

  private readDirectives(definition: DefinitionNode): void {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) return;
    const keys = fieldSetsOf(definition.directives, 'key');
    this.keys.set(definition.name.value, keys);
    for (const field of definition.fields ?? [])
      if (fieldSetsOf(field.directives, 'requires').length > 0)
        this.requiring.add(`${definition.name.value}.${field.name.value}`);
  }
}

const fieldSetsOf = (directives: readonly ConstDirectiveNode[] | undefined, name: string): string[] =>
  (directives ?? [])
    .filter((each) => each.name.value === name)
    .flatMap(({ arguments: given }) =>
      (given ?? []).flatMap(({ name, value }) =>
        name.value === 'fields' && value.kind === Kind.STRING ? [value.value] : [],
      ),
    );

/** True when the values that were sent are those of the record, for every field of a key. */
function matches(key: string, row: WorldRow, sent: Inputs, world: World): boolean {
  const [operation] = parse(`{${key}}`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  const within = (set: SelectionSetNode, have: unknown, given: unknown): boolean => {
    if (Array.isArray(have))
      return (
        Array.isArray(given) && have.length === given.length && have.every((each, i) => within(set, each, given[i]))
      );
    const mine = (
      have instanceof Reference ? { id: have.id, ...(world[have.type]?.[have.id] as WorldRow) } : have
    ) as Inputs;
    return set.selections.every((each) => {
      if (each.kind !== Kind.FIELD || each.name.value === '__typename') return true;
      const [own, other] = [mine[each.name.value], (given as Inputs)[each.name.value]];
      if (own === undefined || other === undefined) return false;
      return each.selectionSet ? within(each.selectionSet, own, other) : JSON.stringify(own) === JSON.stringify(other);
    });
  };
  return within(operation.selectionSet, row, sent);
}

/** The document with extensions as definitions, and with the fields that federation adds. */
function withMachinery(document: DocumentNode): DocumentNode {
  const plain = visit(document, {
    SchemaExtension: () => null,
    ObjectTypeExtension: (node) => ({ ...node, kind: Kind.OBJECT_TYPE_DEFINITION }),
    InterfaceTypeExtension: (node) => ({ ...node, kind: Kind.INTERFACE_TYPE_DEFINITION }),
  });
  const objects = plain.definitions.flatMap((each) =>
    each.kind === Kind.OBJECT_TYPE_DEFINITION && !/^(Query|Mutation|Subscription)$/.test(each.name.value)
      ? [each.name.value]
      : [],
  );
  const query = plain.definitions.some(
    (each) => each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === 'Query',
  );
  const machinery = parse(
    `scalar _Any ${objects.length > 0 ? `union _Entity = ${objects.join(' | ')}` : ''}
     ${query ? 'extend type Query' : 'type Query'} { _service: String ${objects.length > 0 ? '_entities(representations: [_Any!]!): [_Entity]!' : ''} }`,
    { noLocation: true },
  );
  return { ...plain, definitions: [...plain.definitions, ...machinery.definitions] };
}
