import {
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLUnionType,
  Kind,
  parseConstValue,
  specifiedDirectives,
  specifiedScalarTypes,
  valueFromAST,
  type DirectiveLocation,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLType,
  type InputValueDefinitionNode,
} from 'graphql';
import type { Pacer } from '../pacer.js';
import { applyDelta, type Entries, type TableDelta } from '../table.js';
import {
  SCHEMA,
  type FieldDescription,
  type InputDescription,
  type SchemaDescription,
  type TypeDescription,
} from './describe-schema.js';

const SCALARS: ReadonlyMap<string, GraphQLNamedType> = new Map(specifiedScalarTypes.map((type) => [type.name, type]));

/** A schema made of its description (`describeSchema`). */
export interface BuiltSchema {
  readonly schema: GraphQLSchema;
  /** Its types, of which the next schema takes over those that have not changed. */
  readonly types: Entries<GraphQLNamedType | SchemaDescription>;
}

/** Builds a schema in steps. A change of one subgraph rebuilds its types, and not those of hundreds of others.
 *  @param delta   of a valid schema: nothing is checked here
 *  @param before  the schema that it differs from */
export async function buildDescribedSchema(
  delta: TableDelta,
  before: BuiltSchema | undefined,
  pacer: Pacer,
): Promise<BuiltSchema> {
  const named = (name: string): GraphQLNamedType => {
    const type = byName.get(name) ?? SCALARS.get(name);
    if (!type) throw new Error(`There is no type ${name}.`);
    return type;
  };
  const build = new TypeBuilder(named);
  const make = (text: string, name: string) =>
    name === SCHEMA ? (JSON.parse(text) as SchemaDescription) : build.type(JSON.parse(text) as TypeDescription);
  const types = await applyDelta(delta, before?.types, make, pacer);
  const byName = new Map<string, GraphQLNamedType>();
  let schema: SchemaDescription | undefined;
  for (const each of types.values)
    if ('directives' in each) schema = each;
    else byName.set(each.name, each);
  // Fields are made now, in steps, and not all at once by the schema.
  for (const type of byName.values()) {
    if ('getFields' in type) type.getFields();
    if (pacer.isDue) await pacer.pause();
  }
  const { description, roots, directives } = schema!;
  const root = (name: string | undefined) => (name === undefined ? undefined : (named(name) as GraphQLObjectType));
  const own = directives.map((each) => build.directive(each));
  // The schema is the longest step by far: it walks every field, and cannot be stopped meanwhile.
  await pacer.pause();
  return {
    types,
    schema: new GraphQLSchema({
      description,
      query: root(roots.query),
      mutation: root(roots.mutation),
      subscription: root(roots.subscription),
      types: [...byName.values()],
      directives: [...own, ...specifiedDirectives.filter(({ name }) => own.every((each) => each.name !== name))],
      assumeValid: true,
    }),
  };
}

class TypeBuilder {
  constructor(private readonly named: (name: string) => GraphQLNamedType) {}

  type(given: TypeDescription): GraphQLNamedType {
    const { name, description } = given;
    switch (given.kind) {
      case 'OBJECT':
      case 'INTERFACE': {
        const config = {
          name,
          description,
          interfaces: () => given.interfaces.map((each) => this.named(each) as GraphQLInterfaceType),
          fields: () => Object.fromEntries(given.fields.map((field) => [field.name, this.field(field)])),
        };
        return given.kind === 'OBJECT' ? new GraphQLObjectType(config) : new GraphQLInterfaceType(config);
      }
      case 'UNION': {
        const types = () => given.members.map((each) => this.named(each) as GraphQLObjectType);
        return new GraphQLUnionType({ name, description, types });
      }
      case 'ENUM': {
        const values = given.values.map(
          (value) => [value.name, { description: value.description, deprecationReason: value.deprecated }] as const,
        );
        return new GraphQLEnumType({ name, description, values: Object.fromEntries(values) });
      }
      case 'SCALAR':
        return new GraphQLScalarType({ name, description, specifiedByURL: given.url });
      case 'INPUT': {
        const fields = () => this.inputs(given.fields);
        return new GraphQLInputObjectType({ name, description, fields, isOneOf: given.oneOf ?? false });
      }
    }
  }

  directive({ name, description, repeatable, locations, args }: SchemaDescription['directives'][number]) {
    return new GraphQLDirective({
      name,
      description,
      isRepeatable: repeatable,
      locations: locations as DirectiveLocation[],
      args: this.inputs(args),
    });
  }

  private field({ type, description, deprecated, args }: FieldDescription): GraphQLFieldConfig<unknown, unknown> {
    return {
      type: this.typeOf(type) as GraphQLOutputType,
      description,
      deprecationReason: deprecated,
      ...(args && { args: this.inputs(args) }),
    };
  }

  private inputs(inputs: readonly InputDescription[]): Record<string, GraphQLInputFieldConfig> {
    return Object.fromEntries(inputs.map((input) => [input.name, this.input(input)]));
  }

  private input({ name, type: text, description, deprecated, value }: InputDescription): GraphQLInputFieldConfig {
    const type = this.typeOf(text) as GraphQLInputType;
    const config = { type, description, deprecationReason: deprecated };
    if (value === undefined) return config;
    const literal = parseConstValue(value, { noLocation: true });
    // A default may have more digits than a number holds, so it stays as it is written.
    const astNode = {
      kind: Kind.INPUT_VALUE_DEFINITION,
      name: { kind: Kind.NAME, value: name },
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: text } },
      defaultValue: literal,
    } as InputValueDefinitionNode;
    return { ...config, defaultValue: valueFromAST(literal, type), astNode };
  }

  private typeOf(text: string): GraphQLType {
    if (text.endsWith('!')) return new GraphQLNonNull(this.typeOf(text.slice(0, -1)) as GraphQLOutputType);
    return text.startsWith('[') ? new GraphQLList(this.typeOf(text.slice(1, -1))) : this.named(text);
  }
}
