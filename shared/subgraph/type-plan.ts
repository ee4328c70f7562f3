import type { EntityClass, EntityMetadata, EntityProperty, MikroORM } from '@mikro-orm/core';
import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { argument } from '../share/share-spec.js';
import type { SubjectKind } from '../trust/protected-subjects.js';
import { isScalar, isText } from './columns.js';
import type { TypeClass } from './definition.js';
import { directivesOf } from '../share/directives-of.js';
import { findResolverProblems, planCarriedKeys, planColumnKeys, type KeyPlan } from './key-plan.js';
import type { SubgraphProblem } from './problems.js';
import { readsOf, subjectColumnOf, type SubjectProperty } from './reads.js';
import type { ServedType } from './served-types.js';
import type { StatedResolver } from './stated-resolvers.js';

/** One object type of the schema, as the kit uses it. */
export interface TypePlan {
  readonly name: string;
  /** The type and its interfaces: what the hub says of an interface's field holds for every implementation. */
  readonly names: readonly string[];
  readonly type: GraphQLObjectType;
  readonly class: TypeClass;
  /** In the order the provider wrote them. */
  readonly keys: readonly KeyPlan[];
  /** Fields of the type that its keys begin with. */
  readonly keyFields: ReadonlySet<string>;
  /** Set when the rows are in a database of this subgraph. */
  readonly table?: TablePlan;
}
/** A database of a subgraph, of any kind that the kit reads rows from. */
export type RowDatabase = MikroORM;
export interface TablePlan {
  /** The database that has the table. */
  readonly database: RowDatabase;
  readonly entity: EntityClass<object>;
  readonly metadata: EntityMetadata;
  /** Properties that name one row together. */
  readonly primaryKey: readonly string[];
  /** Properties that are always read: primary key and federation keys. */
  readonly identity: readonly string[];
  /** Field → properties it is made of. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly properties: ReadonlyMap<string, EntityProperty>;
  /** Property that holds the division of a row, by the item marked `@scope`. */
  readonly division?: string;
  /** Department whose resource the rows are; undefined where the type does not say. */
  readonly owner?: string;
  /** Property that holds the identifier of a row's subject, by the item marked `@subject` or the column marked
   *  `@SubjectColumn`. */
  readonly subject?: SubjectProperty;
}

export interface TypePlans {
  readonly byName: ReadonlyMap<string, TypePlan>;
  readonly byClass: ReadonlyMap<TypeClass, TypePlan>;
  /** Keys, scopes and primary keys that cannot work with the entities. */
  readonly problems: readonly SubgraphProblem[];
}

/** Plans every type of a schema once, at start.
 *  @param served     the schema's types that stand for a class
 *  @param databases  of the subgraph; a type's rows are in the first one that knows its class
 *  @param resolvers  the provider's own methods that find records */
export function planTypes(
  schema: GraphQLSchema,
  served: readonly ServedType[],
  databases: readonly RowDatabase[],
  resolvers: readonly StatedResolver[] = [],
): TypePlans {
  const byName = new Map<string, TypePlan>();
  const byClass = new Map<TypeClass, TypePlan>();
  const problems: SubgraphProblem[] = [];
  const types = new Map(served.map((each) => [each.class, schema.getType(each.name)]));
  const typeOf = (typeClass: TypeClass): GraphQLObjectType | undefined => {
    const type = types.get(typeClass);
    return isObjectType(type) ? type : undefined;
  };
  problems.push(...findResolverProblems(typeOf, resolvers));
  for (const each of served) {
    const typeClass = each.class;
    const type = typeOf(typeClass);
    if (!type) continue;
    const own = resolvers.filter((resolver) => resolver.type === typeClass);
    const found = databases
      .map((database) => ({
        database,
        metadata: database.getMetadata().find<object>(typeClass as EntityClass<object>),
      }))
      .find(({ metadata }) => metadata !== undefined);
    const rested = found?.metadata
      ? planTable(type, each, found.database, found.metadata, own, problems)
      : { keys: planCarriedKeys(type, own) };
    const plan: TypePlan = {
      name: type.name,
      names: typeNames(type),
      type,
      class: typeClass,
      ...rested,
      keyFields: new Set(rested.keys.flatMap(({ fields }) => fields.map(({ path }) => path[0]!))),
    };
    if (!plan.table && databases.length > 0) refuseScopeWithoutTable(type, problems);
    byName.set(type.name, plan);
    byClass.set(typeClass, plan);
  }
  return { byName, byClass, problems };
}

function planTable(
  type: GraphQLObjectType,
  { class: typeClass, members, resolved }: ServedType,
  database: RowDatabase,
  metadata: EntityMetadata,
  resolvers: readonly StatedResolver[],
  problems: SubgraphProblem[],
): { readonly keys: readonly KeyPlan[]; readonly table: TablePlan } {
  const properties = new Map<string, EntityProperty>(metadata.props.map((property) => [property.name, property]));
  /** The column that a field is, when it is one as it stands. */
  const columnOf = (field: string) => (resolved.has(field) ? undefined : properties.get(members.get(field) ?? field));
  const reads = readsOf(typeClass);
  const columnBehind = (field: string) => {
    const member = members.get(field) ?? field;
    const made = reads.get(member) ?? [];
    const isGetter = Object.getOwnPropertyDescriptor(typeClass.prototype, member)?.get !== undefined;
    return isGetter && made.length === 1 ? properties.get(made[0]!) : undefined;
  };
  const columns = new Map<string, readonly string[]>();
  let division: string | undefined;
  let subject = subjectColumnOf(typeClass);
  for (const field of Object.values(type.getFields())) {
    const member = members.get(field.name) ?? field.name;
    const made = properties.has(member) ? [member] : (reads.get(member) ?? []);
    columns.set(field.name, made);
    const [marked] = directivesOf(field.astNode, 'subject');
    if (marked && made.length === 1 && isText(properties.get(made[0]!)!))
      subject ??= { property: made[0]!, kind: argument(marked, 'kind') as SubjectKind };
    else if (marked)
      problems.push({
        code: 'SUBJECT_NOT_A_COLUMN',
        at: `${type.name}.${field.name}`,
        message: `${type.name}.${field.name} is marked @Subject and is not made of one column of text, so the records of a protected subject could not be left out. Mark the item that is the column; a computed one names its column by @Reads.`,
      });
    if (directivesOf(field.astNode, 'scope').length === 0) continue;
    division = made[0];
    const property = properties.get(division ?? '');
    if (made.length !== 1 || !property || !isText(property) || property.enum)
      problems.push({
        code: 'SCOPE_NOT_A_DIVISION',
        at: `${type.name}.${field.name}`,
        message: `${type.name}.${field.name} is marked @Scope and is not made of one column of text, so no grant could be narrowed by it. Mark the item that holds the division code; a computed one names its column by @Reads.`,
      });
  }
  const owner = directivesOf(type.astNode, 'resource').map((entry) => argument(entry, 'provider'))[0];
  if (subject && !isText(properties.get(subject.property)!))
    problems.push({
      code: 'SUBJECT_NOT_A_COLUMN',
      at: type.name,
      message: `${subject.property} of ${type.name} is marked @SubjectColumn and is no column of text. Mark the column that holds the identifier.`,
    });
  const primaryKey = metadata.primaryKeys.map(String);
  for (const name of primaryKey)
    if (!isScalar(properties.get(name)!))
      problems.push({
        code: 'PRIMARY_KEY_UNSUPPORTED',
        at: type.name,
        message: `The primary key of ${type.name} holds ${name}, which is no plain column. Map the column itself as a property.`,
      });
  const keys = planColumnKeys(type, { columnOf, columnBehind }, resolvers, problems);
  const identity = [
    ...new Set([...primaryKey, ...keys.flatMap((key) => (key.find ? [] : key.fields.map(({ property }) => property)))]),
  ];
  const table = {
    database,
    entity: typeClass as EntityClass<object>,
    metadata,
    primaryKey,
    identity,
    columns,
    properties,
    ...(division !== undefined && { division }),
    ...(typeof owner === 'string' && { owner }),
    ...(subject && { subject }),
  };
  return { keys, table };
}

function refuseScopeWithoutTable(type: GraphQLObjectType, problems: SubgraphProblem[]): void {
  for (const field of Object.values(type.getFields()))
    if (directivesOf(field.astNode, 'scope').length > 0)
      problems.push({
        code: 'SCOPE_WITHOUT_ROWS',
        at: `${type.name}.${field.name}`,
        message: `${type.name}.${field.name} is marked @Scope, and ${type.name} has no table here whose rows could be cut. Mark an item of an entity.`,
      });
}

export const typeNames = (type: GraphQLObjectType): string[] => [
  type.name,
  ...type.getInterfaces().map((implemented) => implemented.name),
];
