import DataLoader from 'dataloader';
import type { FilterQuery } from '@mikro-orm/core';
import type { GraphQLResolveInfo } from 'graphql';
import { HubError } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';
import { toConnection, type Connection, type PageOf } from './connection.js';
import type { Cursors } from './cursor-codec.js';
import type { TypeClass } from './definition.js';
import { valueAt, type KeyPlan } from './key-plan.js';
import { decodeRow, encodeRow, havingPlace, orderProperties, rowsBehind, textOfBigInt } from './keyset.js';
import { requirePageSize } from './page-arguments.js';
import type { ProtectedSubjects } from './protected-subjects.js';
import type { Reference } from './stated-resolvers.js';
import { RowCounts } from './row-counts.js';
import { hasOneOf, identityText, isKeptBy, valuesOf } from './row-identity.js';
import { RowSource, tableOf, type Fields, type ReadOptions, type Row } from './row-source.js';
import { like, listName, type List, type PageRequest, type RowOptions, type RowRequest } from './row-request.js';
import { selectedFields } from './selection.js';
import type { TypePlan, TypePlans } from './type-plan.js';

/** Condition on the properties of a type's rows, in MikroORM's filter language. */
export type RowCondition<T extends object> = FilterQuery<T>;
/** Reads rows for one request: only the columns the operation asks for, only the rows the hub's context allows,
 *  and one statement per type however many references there are. Every read of a subgraph goes through it. */
export class RowReader {
  private readonly loaders = new Map<string, DataLoader<RowRequest, Row[]>>();
  private readonly resolvers = new Map<KeyPlan, DataLoader<Reference, object | null>>();
  private readonly selections = new WeakMap<GraphQLResolveInfo, Map<string, Fields>>();

  private readonly source: RowSource;
  private readonly counts: RowCounts;

  constructor(
    private readonly plans: TypePlans,
    context: FetchContext,
    private readonly cursors: Cursors,
    protectedSubjects?: ProtectedSubjects,
  ) {
    this.source = new RowSource(context, protectedSubjects);
    this.counts = new RowCounts(this.source);
  }

  /** Rows of a type. */
  async find<T extends object>(
    type: Type<T>,
    where: RowCondition<T>,
    info: GraphQLResolveInfo,
    options: ReadOptions = {},
  ): Promise<T[]> {
    return (await this.source.read(this.plan(type), where, this.fields(type, info), options)) as T[];
  }

  /** One page of rows in a stable order, as a connection. */
  async connection<T extends object>(
    type: Type<T>,
    where: RowCondition<T>,
    info: GraphQLResolveInfo,
    request: PageRequest,
  ): Promise<Connection<T>> {
    return this.page({ plan: this.plan(type), name: listName(info) }, where, this.nodeFields(type, info), request);
  }

  /** One page of the rows with this value in a property, such as the visits of a patient. First pages of one request are
   *  read together. */
  async connectionOf<T extends object>(
    type: Type<T>,
    property: string,
    value: unknown,
    info: GraphQLResolveInfo,
    request: PageRequest,
  ): Promise<Connection<T>> {
    const { first, after, order } = request;
    const plan = this.plan(type);
    const fields = this.nodeFields(type, info);
    // Each parent has a list of its own.
    const list = { plan, name: `${listName(info)} of ${JSON.stringify(value, textOfBigInt)}` };
    if (after != null || order) return this.page(list, { [property]: value }, fields, request);
    requirePageSize(first);
    const rows = await this.load(plan, [property], [value], fields, { limit: first + 1 });
    return this.toPage(list, rows, { first, countAll: () => this.counts.of(plan, property, value) });
  }

  private async page<T>(list: List, where: object, fields: Fields, request: PageRequest): Promise<Connection<T>> {
    const { plan, name } = list;
    const { first, after, order } = request;
    requirePageSize(first);
    const table = tableOf(plan);
    const direction = order?.direction ?? 'asc';
    const ordered = orderProperties(table, order?.property);
    const all = [where, ...havingPlace(table, order?.property)];
    const conditions = [...all];
    if (after != null) {
      const key = decodeRow(this.cursors, name, table, after);
      conditions.push(...rowsBehind(ordered, await this.source.placeOf(plan, key, ordered), direction));
    }
    const orderBy = Object.fromEntries(ordered.map((property) => [property, direction]));
    // One row more than the page holds where there is a next page.
    const rows = await this.source.read(plan, { $and: conditions }, fields, { orderBy, limit: first + 1 });
    return this.toPage(list, rows, { ...request, countAll: () => this.source.count(plan, { $and: all }) });
  }

  private toPage<T>({ plan, name }: List, rows: readonly Row[], page: Omit<PageOf<Row>, 'cursorOf'>): Connection<T> {
    const table = tableOf(plan);
    const cursorOf = (row: Row) => encodeRow(this.cursors, name, table, row);
    return toConnection(rows, { ...page, cursorOf }) as Connection<unknown> as Connection<T>;
  }

  /** The row with this value in a unique property, batched over the request. */
  async one<T extends object>(
    type: Type<T>,
    property: string,
    value: unknown,
    info: GraphQLResolveInfo,
  ): Promise<T | null> {
    const [row] = await this.load(this.plan(type), [property], [value], this.fields(type, info));
    return (row as T | undefined) ?? null;
  }

  /** All rows with this value in a property, batched over the request, in primary key order. For a list that cannot grow;
   *  one that can is answered by `connectionOf`.
   *  @param limit  most rows that it may have
   *  @throws HubError LIST_TOO_LONG when there are more: a list that was cut without a word would be taken for the whole */
  async many<T extends object>(
    type: Type<T>,
    property: string,
    value: unknown,
    info: GraphQLResolveInfo,
    limit = 100,
  ): Promise<T[]> {
    const rows = await this.load(this.plan(type), [property], [value], this.fields(type, info), { limit: limit + 1 });
    if (rows.length > limit)
      throw new HubError(
        'LIST_TOO_LONG',
        `The list has more than ${limit} records, which is the most it is given with.`,
      );
    return rows as T[];
  }

  /** The record that a row of this subgraph refers to by a key, batched over the request. */
  async referred(type: TypeClass, key: Reference, context: object, info: GraphQLResolveInfo): Promise<object | null> {
    return this.reference(this.plan(type), key, context, info);
  }

  /** A reference from another subgraph, by the first of the type's keys that it carries whole. */
  async reference(
    plan: TypePlan,
    reference: Reference,
    context: object,
    info: GraphQLResolveInfo,
  ): Promise<object | null> {
    const key = plan.keys.find(({ fields }) => fields.every(({ path }) => valueAt(reference, path) != null));
    if (key === undefined) return null;
    const known = plan.type.getFields();
    const carried = () => carriedBy(reference, (name) => Object.hasOwn(known, name)) ?? {};
    if (!plan.table && !key.find) return like(plan.class.prototype as object, carried());
    const found = key.find
      ? await this.resolved(plan, key, carried(), context, info)
      : await this.lookedUp(plan, key, reference, this.selected(plan, info));
    if (!found) return found;
    const inputs = carriedBy(reference, (name) => Object.hasOwn(known, name) && !plan.keyFields.has(name));
    // Inputs of a @requires field belong to this reference alone, not to the record that others share.
    return inputs ? like(Object.getPrototypeOf(found) as object, { ...found, ...inputs }) : found;
  }

  /** Records to compare claims with, each in the place of its reference; undefined where there is none for this caller. Only
   *  whole rows are cut: whether an item may be compared is decided by itself.
   *  @param fields  of the records, whatever the operation asks for */
  async compared(
    plan: TypePlan,
    references: readonly Reference[],
    fields: Fields,
  ): Promise<readonly (object | null)[]> {
    const keyOf = (reference: Reference) =>
      plan.keys.find((key) => key.fields.every(({ path }) => valueAt(reference, path) != null));
    return Promise.all(
      references.map((reference) => {
        const key = keyOf(reference);
        return key
          ? this.lookedUp(plan, key, reference, fields, { unscoped: true, exact: true })
          : Promise.resolve(null);
      }),
    );
  }

  private async lookedUp(
    plan: TypePlan,
    { fields }: KeyPlan,
    reference: Reference,
    wanted: Fields,
    options: RowOptions = {},
  ): Promise<object | null> {
    const properties = fields.map(({ property }) => property);
    const values = fields.map(({ path, toColumn }) => toColumn(valueAt(reference, path)));
    const [row, another] = await this.load(plan, properties, values, wanted, options);
    // The rows of a view may have become so since its keys were proved; neither is given for the other.
    if (another)
      throw new HubError('SOURCE_UNAVAILABLE', `A key of ${plan.name} names several records, so none is given.`);
    if (!row) return null;
    return isKeptBy(row, fields, values, options.exact) ? row : null;
  }

  /** The record that the provider's own method finds, one call for all references of the key that came together. */
  private async resolved(
    plan: TypePlan,
    key: KeyPlan,
    reference: Reference,
    context: object,
    info: GraphQLResolveInfo,
  ): Promise<object | null> {
    let loader = this.resolvers.get(key);
    if (!loader) {
      loader = new DataLoader(
        async (references) => [...(await key.find!(references, context, info))].map((found) => found ?? null),
        { cache: false, maxBatchSize: 5000 },
      );
      this.resolvers.set(key, loader);
    }
    const found = await loader.load(reference);
    if (!found || this.source.isWithheld(plan, found)) return null;
    if (!this.source.allows(plan, found))
      throw new HubError(
        'OUT_OF_SCOPE',
        `${plan.name} is not shared for this record: it was not read within the grant's divisions.`,
      );
    return Object.getPrototypeOf(found) === Object.prototype ? like(plan.class.prototype as object, found) : found;
  }

  /** Rows by values, batched over the request. */
  private async load(
    plan: TypePlan,
    properties: readonly string[],
    values: readonly unknown[],
    fields: Fields,
    options: RowOptions = {},
  ): Promise<Row[]> {
    if (values.some((value) => value == null)) return [];
    const { limit, unscoped, exact } = options;
    const name = `${plan.name} ${properties.join(' ')} ${limit} ${unscoped} ${exact}`;
    let loader = this.loaders.get(name);
    if (!loader) {
      loader = new DataLoader((wanted) => this.batch(plan, properties, wanted, options), {
        cache: false,
        maxBatchSize: 5000,
      });
      this.loaders.set(name, loader);
    }
    return loader.load({ values, fields });
  }

  private async batch(
    plan: TypePlan,
    properties: readonly string[],
    wanted: readonly RowRequest[],
    { limit, unscoped }: RowOptions,
  ): Promise<Row[][]> {
    const table = tableOf(plan);
    const fields = new Set(wanted.flatMap((one) => [...one.fields]));
    const identify = (values: readonly unknown[]) => identityText(table, properties, values);
    const tuples = [...new Map(wanted.map(({ values }) => [identify(values), values])).values()];
    const rows =
      limit === undefined
        ? await this.source.read(plan, hasOneOf(properties, tuples), fields, { unscoped }, properties)
        : await this.source.readFirst(plan, properties[0]!, tuples.flat(), limit, fields);
    const byValues = new Map<string, Row[]>();
    for (const row of rows) {
      const at = identify(valuesOf(row, properties));
      const group = byValues.get(at);
      if (group) group.push(row);
      else byValues.set(at, [row]);
    }
    return wanted.map(({ values }) => byValues.get(identify(values)) ?? []);
  }

  private plan(type: TypeClass): TypePlan {
    const plan = this.plans.byClass.get(type);
    if (!plan) throw new Error(`${type.name} is no type of this subgraph.`);
    return plan;
  }

  private nodeFields(type: TypeClass, info: GraphQLResolveInfo): Fields {
    return new Set([...this.fields(type, info, ['nodes']), ...this.fields(type, info, ['edges', 'node'])]);
  }

  private fields(type: TypeClass, info: GraphQLResolveInfo, path: readonly string[] = []): Fields {
    return selectedFields(info, this.plan(type).type, path);
  }

  /** As `fields`, remembered: a thousand references share one `info`. */
  private selected(plan: TypePlan, info: GraphQLResolveInfo): Fields {
    let known = this.selections.get(info);
    if (!known) this.selections.set(info, (known = new Map<string, Fields>()));
    let fields = known.get(plan.name);
    if (!fields) known.set(plan.name, (fields = selectedFields(info, plan.type)));
    return fields;
  }
}

/** Members of a reference; undefined where there are none of these names. */
function carriedBy(reference: Reference, isWanted: (name: string) => boolean): Record<string, unknown> | undefined {
  let found: Record<string, unknown> | undefined;
  for (const name in reference) if (isWanted(name)) (found ??= {})[name] = reference[name];
  return found;
}

type Type<T extends object> = TypeClass & (abstract new (...args: never[]) => T);
