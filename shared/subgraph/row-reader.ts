import DataLoader from 'dataloader';
import type { FilterQuery } from '@mikro-orm/core';
import type { GraphQLResolveInfo } from 'graphql';
import { HubError } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';
import { toConnection, type Connection } from './connection.js';
import type { Cursors } from './cursor-codec.js';
import type { TypeClass } from './definition.js';
import { valueAt, type KeyField, type KeyPlan } from './key-plan.js';
import { decodeRow, encodeRow, orderProperties, rowsBehind, textOfBigInt, type Direction } from './keyset.js';
import { requirePageSize } from './page-arguments.js';
import type { Reference } from './stated-resolvers.js';
import { hasOneOf, identityText, valuesOf } from './row-identity.js';
import { RowSource, tableOf, type Fields, type ReadOptions, type Row } from './row-source.js';
import { selectedFields } from './selection.js';
import type { TypePlan, TypePlans } from './type-plan.js';

/** Condition on the properties of a type's rows, in MikroORM's filter language. */
export type RowCondition<T extends object> = FilterQuery<T>;
export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  /** Cursor of the record that the page starts after. */
  readonly after?: string | null | undefined;
  /** A property with an index; rows without a value are left out. */
  readonly order?: { readonly property: string; readonly direction: Direction } | undefined;
}

/** Reads rows for one request: only the columns the operation asks for, only the rows the hub's context allows,
 *  and one statement per type however many references there are. Every read of a subgraph goes through it. */
export class RowReader {
  private readonly loaders = new Map<string, DataLoader<RowRequest, Row[]>>();
  private readonly resolvers = new Map<KeyPlan, DataLoader<Reference, object | null>>();
  private readonly selections = new WeakMap<GraphQLResolveInfo, Map<string, Fields>>();

  private readonly source: RowSource;

  constructor(
    private readonly plans: TypePlans,
    context: FetchContext,
    private readonly cursors: Cursors,
  ) {
    this.source = new RowSource(context);
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
    return this.toPage(list, await this.load(plan, [property], [value], fields, first + 1), request);
  }

  private async page<T>(list: List, where: object, fields: Fields, request: PageRequest): Promise<Connection<T>> {
    return this.toPage(list, await this.pageRows(list, where, fields, request), request);
  }

  /** @returns one row more than the page holds where there is a next page */
  private async pageRows(
    { plan, name }: List,
    where: object,
    fields: Fields,
    { first, after, order }: PageRequest,
  ): Promise<Row[]> {
    requirePageSize(first);
    const table = tableOf(plan);
    const direction = order?.direction ?? 'asc';
    const ordered = orderProperties(table, order?.property);
    const conditions: object[] = [where];
    if (table.properties.get(ordered[0]!)?.nullable) conditions.push({ [ordered[0]!]: { $ne: null } });
    if (after != null) {
      const key = decodeRow(this.cursors, name, table, after);
      conditions.push(...rowsBehind(ordered, await this.source.placeOf(plan, key, ordered), direction));
    }
    const orderBy = Object.fromEntries(ordered.map((property) => [property, direction]));
    return this.source.read(plan, { $and: conditions }, fields, { orderBy, limit: first + 1 });
  }

  private toPage<T>({ plan, name }: List, rows: readonly Row[], { first, after }: PageRequest): Connection<T> {
    const table = tableOf(plan);
    const cursorOf = (row: Row) => encodeRow(this.cursors, name, table, row);
    return toConnection(rows, { first, after, cursorOf }) as Connection<unknown> as Connection<T>;
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
    const rows = await this.load(this.plan(type), [property], [value], this.fields(type, info), limit + 1);
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
    const carried = Object.entries(reference).filter(([name]) => Object.hasOwn(known, name));
    const found = key.find
      ? await this.resolved(plan, key, Object.fromEntries(carried), context, info)
      : plan.table
        ? await this.lookedUp(plan, key, reference, info)
        : like(plan.class.prototype as object, Object.fromEntries(carried));
    if (!found || (!plan.table && !key.find)) return found;
    const keyFields = new Set(plan.keys.flatMap(({ fields }) => fields.map(({ path }) => path[0])));
    const inputs = carried.filter(([name]) => !keyFields.has(name));
    if (inputs.length === 0) return found;
    // Inputs of a @requires field belong to this reference alone, not to the record that others share.
    return like(Object.getPrototypeOf(found) as object, { ...found, ...Object.fromEntries(inputs) });
  }

  private async lookedUp(
    plan: TypePlan,
    { fields }: KeyPlan,
    reference: Reference,
    info: GraphQLResolveInfo,
  ): Promise<object | null> {
    const properties = fields.map(({ property }) => property);
    const values = fields.map(({ path, toColumn }) => toColumn(valueAt(reference, path)));
    const [row, another] = await this.load(plan, properties, values, this.selected(plan, info));
    // The rows of a view may have become so since its keys were proved; neither is given for the other.
    if (another)
      throw new HubError('SOURCE_UNAVAILABLE', `A key of ${plan.name} names several records, so none is given.`);
    if (!row) return null;
    // A getter may make a record of another value than the column's, which then is another record's.
    const isSame = ({ path }: KeyField, i: number) => path.length === 1 || String(valueAt(row, path)) === values[i];
    return fields.every(isSame) ? row : null;
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
    if (!found) return null;
    if (!this.source.allows(plan, found))
      throw new HubError(
        'OUT_OF_SCOPE',
        `${plan.name} is not shared for this record: it was not read within the grant's divisions.`,
      );
    return Object.getPrototypeOf(found) === Object.prototype ? like(plan.class.prototype as object, found) : found;
  }

  /** Rows by values, batched over the request.
   *  @param limit  most rows for each value; none for properties that name one row */
  private async load(
    plan: TypePlan,
    properties: readonly string[],
    values: readonly unknown[],
    fields: Fields,
    limit?: number,
  ): Promise<Row[]> {
    if (values.some((value) => value == null)) return [];
    const name = JSON.stringify([plan.name, properties, limit]);
    let loader = this.loaders.get(name);
    if (!loader) {
      loader = new DataLoader((wanted) => this.batch(plan, properties, wanted, limit), {
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
    limit: number | undefined,
  ): Promise<Row[][]> {
    const table = tableOf(plan);
    const fields = new Set(wanted.flatMap((one) => [...one.fields]));
    const identify = (values: readonly unknown[]) => identityText(table, properties, values);
    const tuples = [...new Map(wanted.map(({ values }) => [identify(values), values])).values()];
    const rows =
      limit === undefined
        ? await this.source.read(plan, hasOneOf(properties, tuples), fields, {}, properties)
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

/** A list that is given in pages. */
interface List {
  readonly plan: TypePlan;
  /** No other list has it: a cursor is good for one list. */
  readonly name: string;
}
const listName = ({ parentType, fieldName }: GraphQLResolveInfo): string => `${parentType.name}.${fieldName}`;

interface RowRequest {
  readonly values: readonly unknown[];
  readonly fields: Fields;
}
type Type<T extends object> = TypeClass & (abstract new (...args: never[]) => T);

const like = (prototype: object, values: object): object => Object.assign(Object.create(prototype) as object, values);
