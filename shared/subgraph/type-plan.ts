import type { EntityClass, MikroORM } from '@mikro-orm/postgresql';
import {
  isObjectType,
  Kind,
  parse,
  type ConstDirectiveNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { TypeClass } from './definition.js';
import { readsOf } from './reads.js';

/** One object type of the schema, as the kit uses it. */
export interface TypePlan {
  readonly name: string;
  /** The type and its interfaces: what the hub says of an interface's field holds for every implementation. */
  readonly names: readonly string[];
  readonly type: GraphQLObjectType;
  readonly class: TypeClass;
  /** Single-field keys, in the order the provider wrote them. */
  readonly keys: readonly string[];
  /** Set when the rows are in this subgraph's database. */
  readonly table?: TablePlan;
}
export interface TablePlan {
  readonly entity: EntityClass<object>;
  readonly primaryKey: string;
  /** Properties that are always read: primary key and federation keys. */
  readonly identity: readonly string[];
  /** Field → properties it is made of. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Properties that may be empty. */
  readonly optional: ReadonlySet<string>;
  /** Property that holds the division of a row, by the item marked `@scope`. */
  readonly division?: string;
}

export interface TypePlans {
  readonly byName: ReadonlyMap<string, TypePlan>;
  readonly byClass: ReadonlyMap<TypeClass, TypePlan>;
}

/** Plans every type of a schema once, at start. */
export function planTypes(schema: GraphQLSchema, classes: readonly TypeClass[], orm: MikroORM | undefined): TypePlans {
  const byName = new Map<string, TypePlan>();
  const byClass = new Map<TypeClass, TypePlan>();
  const named = new Map(getMetadataStorage().objectTypes.map(({ target, name }) => [target, name]));
  for (const typeClass of classes) {
    const type = schema.getType(named.get(typeClass) ?? typeClass.name);
    if (!isObjectType(type)) continue;
    const keys = directives(type.astNode, 'key').flatMap((directive) => singleField(directive) ?? []);
    const table = orm && planTable(type, typeClass, keys, orm);
    const plan = { name: type.name, names: typeNames(type), type, class: typeClass, keys, ...(table && { table }) };
    byName.set(type.name, plan);
    byClass.set(typeClass, plan);
  }
  return { byName, byClass };
}

function planTable(
  type: GraphQLObjectType,
  typeClass: TypeClass,
  keys: readonly string[],
  orm: MikroORM,
): TablePlan | undefined {
  const entity = typeClass as EntityClass<object>;
  const metadata = orm.getMetadata().find(entity);
  if (!metadata) return undefined;
  const properties = new Set<string>(metadata.props.map((property) => property.name));
  const reads = readsOf(typeClass);
  const columns = new Map<string, readonly string[]>();
  let division: string | undefined;
  const members = new Map(
    getMetadataStorage().fields.flatMap((field) =>
      field.target === typeClass ? [[field.schemaName, field.name] as const] : [],
    ),
  );
  for (const field of Object.values(type.getFields())) {
    const member = members.get(field.name) ?? field.name;
    const made = properties.has(member) ? [member] : (reads.get(member) ?? []);
    columns.set(field.name, made);
    if (directives(field.astNode, 'scope').length > 0) division = made[0];
  }
  const primaryKey = String(metadata.primaryKeys[0]);
  const identity = [...new Set([primaryKey, ...keys.filter((key) => properties.has(key))])];
  const optional = new Set<string>(metadata.props.filter((property) => property.nullable).map(({ name }) => name));
  return { entity, primaryKey, identity, columns, optional, ...(division && { division }) };
}

const directives = (
  node: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined,
  name: string,
): readonly ConstDirectiveNode[] => (node?.directives ?? []).filter((directive) => directive.name.value === name);

/** The one field of `@key(fields: "code")`; composite keys are the provider's own to resolve. */
function singleField(directive: ConstDirectiveNode): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) return undefined;
  const { selections } = (parse(`{${value.value}}`).definitions[0] as OperationDefinitionNode).selectionSet;
  const [only] = selections;
  return selections.length === 1 && only?.kind === Kind.FIELD && !only.selectionSet ? only.name.value : undefined;
}

export const typeNames = (type: GraphQLObjectType): string[] => [
  type.name,
  ...type.getInterfaces().map((implemented) => implemented.name),
];
