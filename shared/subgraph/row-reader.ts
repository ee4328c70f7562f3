import DataLoader from 'dataloader';
import type { EntityManager, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import type { GraphQLResolveInfo } from 'graphql';
import { coordinate } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';
import { toConnection, type Connection } from './connection.js';
import { unknownCursor, type CursorCodec } from './cursor-codec.js';
import type { TypeClass } from './definition.js';
import { requirePageSize } from './page-arguments.js';
import { rowFilter, type Cuts } from './row-cut.js';
import { selectedFields } from './selection.js';
import type { TablePlan, TypePlan, TypePlans } from './type-plan.js';

/** Fields of a row that were read under their own row scope; a scoped field that is not in it is refused. */
export const IN_SCOPE = Symbol('fields in scope');

type Row = Record<string, unknown> & { [IN_SCOPE]?: Set<string> };
type Fields = ReadonlySet<string>;
/** Condition on the properties of a type's rows, in MikroORM's filter language. */
export type RowCondition<T extends object> = FilterQuery<T>;
export interface ReadOptions {
  readonly orderBy?: Readonly<Record<string, 'asc' | 'desc'>>;
  readonly limit?: number;
}
export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  /** Cursor of the record that the page starts after. */
  readonly after?: string | null | undefined;
  /** A property with an index; rows without a value are left out. */
  readonly order?: { readonly property: string; readonly direction: 'asc' | 'desc' } | undefined;
}

/** Reads rows for one request: only the columns the operation asks for, only the rows the hub's context allows,
 *  and one statement per type however many references there are. Every read of a subgraph goes through it. */
export class RowReader {
  private readonly loaders = new Map<string, DataLoader<RowRequest, Row[]>>();
  private readonly selections = new WeakMap<GraphQLResolveInfo, Map<string, Fields>>();

  constructor(
    private readonly plans: TypePlans,
    private readonly em: EntityManager | undefined,
    private readonly context: FetchContext,
    private readonly cursors: CursorCodec,
  ) {}

  /** Rows of a type. */
  async find<T extends object>(
    type: Type<T>,
    where: RowCondition<T>,
    info: GraphQLResolveInfo,
    options: ReadOptions = {},
  ): Promise<T[]> {
    return (await this.read(this.plan(type), where, this.fields(type, info), options)) as T[];
  }

  /** One page of rows in a stable order, as a connection. */
  async connection<T extends object>(
    type: Type<T>,
    where: RowCondition<T>,
    info: GraphQLResolveInfo,
    request: PageRequest,
  ): Promise<Connection<T>> {
    const fields = new Set([...this.fields(type, info, ['nodes']), ...this.fields(type, info, ['edges', 'node'])]);
    const rows = await this.pageRows(this.plan(type), where, fields, request);
    const { first, after } = request;
    return toConnection(rows as T[], { first, after, cursorOf: this.cursorOf(type) });
  }

  /** @returns one row more than the page holds where there is a next page */
  private async pageRows(
    plan: TypePlan,
    where: object,
    fields: Fields,
    { first, after, order }: PageRequest,
  ): Promise<Row[]> {
    requirePageSize(first);
    const { primaryKey, optional } = tableOf(plan);
    const property = order?.property ?? primaryKey;
    const direction = order?.direction ?? 'asc';
    const conditions: object[] = [where];
    if (optional.has(property)) conditions.push({ [property]: { $ne: null } });
    if (after != null) conditions.push(...(await this.after(plan, after, property, direction)));
    return this.read(plan, { $and: conditions }, fields, {
      orderBy:
        property === primaryKey ? { [primaryKey]: direction } : { [property]: direction, [primaryKey]: direction },
      limit: first + 1,
    });
  }

  private cursorOf<T extends object>(type: Type<T>): (row: T) => string {
    const plan = this.plan(type);
    const { primaryKey } = tableOf(plan);
    return (row) => this.cursors.encode(plan.name, (row as Row)[primaryKey]);
  }

  /** The row with this value in a unique property, batched over the request. */
  async one<T extends object>(
    type: Type<T>,
    property: string,
    value: unknown,
    info: GraphQLResolveInfo,
  ): Promise<T | null> {
    return (
      ((await this.load(this.plan(type), property, value, this.fields(type, info), 1))[0] as T | undefined) ?? null
    );
  }

  /** The rows with this value in a property, batched over the request, in primary key order. */
  async many<T extends object>(
    type: Type<T>,
    property: string,
    value: unknown,
    info: GraphQLResolveInfo,
    limit = 100,
  ): Promise<T[]> {
    return (await this.load(this.plan(type), property, value, this.fields(type, info), limit)) as T[];
  }

  /** A reference from another subgraph, by the first of the type's keys that it carries. */
  async reference(
    plan: TypePlan,
    reference: Readonly<Record<string, unknown>>,
    info: GraphQLResolveInfo,
  ): Promise<object | null> {
    const key = plan.keys.find((name) => reference[name] !== undefined && reference[name] !== null);
    if (key === undefined) return null;
    const known = plan.type.getFields();
    const carried = Object.entries(reference).filter(([name]) => Object.hasOwn(known, name));
    if (!plan.table) return like(plan.class.prototype as object, Object.fromEntries(carried));
    const [row] = await this.load(plan, key, reference[key], this.selected(plan, info), 1);
    const inputs = carried.filter(([name]) => !plan.keys.includes(name));
    if (!row || inputs.length === 0) return row ?? null;
    // Inputs of a @requires field belong to this reference alone, not to the row that others share.
    return like(Object.getPrototypeOf(row) as object, { ...row, ...Object.fromEntries(inputs) });
  }

  private load(plan: TypePlan, property: string, value: unknown, fields: Fields, limit: number): Promise<Row[]> {
    const name = `${plan.name}.${property}.${limit}`;
    let loader = this.loaders.get(name);
    if (!loader) {
      loader = new DataLoader((wanted) => this.batch(plan, property, wanted, limit), {
        cache: false,
        maxBatchSize: 5000,
      });
      this.loaders.set(name, loader);
    }
    return loader.load({ value, fields });
  }

  private async batch(
    plan: TypePlan,
    property: string,
    wanted: readonly RowRequest[],
    limit: number,
  ): Promise<Row[][]> {
    const fields = new Set(wanted.flatMap((one) => [...one.fields]));
    const values = [...new Set(wanted.map((one) => one.value))];
    const { primaryKey } = tableOf(plan);
    const rows = await this.read(plan, { [property]: { $in: values } }, fields, {
      ...(limit > 1 && { orderBy: { [primaryKey]: 'asc' }, also: [property] }),
      also: [property],
    });
    const byValue = new Map<unknown, Row[]>();
    for (const row of rows) {
      const group = byValue.get(row[property]);
      if (!group) byValue.set(row[property], [row]);
      else if (group.length < limit) group.push(row);
    }
    return wanted.map((one) => byValue.get(one.value) ?? []);
  }

  /** The one place where rows leave the database. */
  private async read(
    plan: TypePlan,
    where: object,
    fields: Fields,
    { orderBy, limit, also = [] }: ReadOptions & { also?: readonly string[] },
  ): Promise<Row[]> {
    const table = tableOf(plan);
    const cuts = this.cuts(plan);
    if (cuts.length > 0 && !table.division) return [];
    const scoped = new Map<string, string[]>();
    const open: string[] = [];
    for (const field of fields) {
      const scopes = this.scopes(plan, field);
      if (scopes.length === 0) open.push(field);
      else scoped.set(JSON.stringify(scopes), [...(scoped.get(JSON.stringify(scopes)) ?? []), field]);
    }
    const em = this.em!;
    const select = (wanted: readonly string[], filter: object, rowCuts: Cuts, more: object = {}) =>
      em.find(table.entity, filter, {
        fields: columnsOf(table, wanted, also) as never,
        filters: rowFilter(table, rowCuts),
        disableIdentityMap: true,
        ...more,
      }) as Promise<unknown> as Promise<Row[]>;
    const rows = await select(open, where, cuts, {
      ...(orderBy && { orderBy: orderBy as QueryOrderMap<object> }),
      ...(limit !== undefined && { limit }),
    });
    if (scoped.size === 0 || rows.length === 0) return rows;
    for (const row of rows) row[IN_SCOPE] = new Set();
    if (!table.division) return rows;
    const byKey = new Map(rows.map((row) => [row[table.primaryKey], row]));
    for (const [scopes, names] of scoped) {
      const inScope = await select(names, { [table.primaryKey]: { $in: [...byKey.keys()] } }, [
        ...cuts,
        ...(JSON.parse(scopes) as Cuts),
      ]);
      for (const found of inScope) {
        const row = byKey.get(found[table.primaryKey])!;
        for (const name of names) {
          row[IN_SCOPE]!.add(name);
          for (const property of table.columns.get(name) ?? []) row[property] = found[property];
        }
      }
    }
    return rows;
  }

  /** Conditions of the rows behind a cursor. The cursor holds a primary key only; the row's own order value is read
   *  again, so a cursor never carries an item's value to a caller. */
  private async after(plan: TypePlan, cursor: string, property: string, direction: 'asc' | 'desc'): Promise<object[]> {
    const { primaryKey, entity } = tableOf(plan);
    const beyond = direction === 'asc' ? '$gt' : '$lt';
    const key = this.cursors.decode(plan.name, cursor);
    if (property === primaryKey) return [{ [primaryKey]: { [beyond]: key } }];
    const table = tableOf(plan);
    const anchor = (await this.em!.findOne(
      entity,
      { [primaryKey]: key },
      {
        fields: [primaryKey, property] as never,
        filters: rowFilter(table, this.cuts(plan)),
        disableIdentityMap: true,
      },
    )) as Row | null;
    if (!anchor) throw unknownCursor();
    const value = anchor[property];
    const from = direction === 'asc' ? '$gte' : '$lte';
    return [
      { [property]: { [from]: value } },
      { $or: [{ [property]: { [beyond]: value } }, { [primaryKey]: { [beyond]: key } }] },
    ];
  }

  /** Cuts of whole rows of a type. */
  private cuts(plan: TypePlan): Cuts {
    return plan.names.flatMap((name) => {
      const prefixes = this.context.rows?.[name];
      return prefixes ? [prefixes] : [];
    });
  }

  /** Cuts of one field's rows. */
  private scopes(plan: TypePlan, field: string): Cuts {
    return plan.names.flatMap((name) => {
      const prefixes = this.context.scopes?.[coordinate(name, field)];
      return prefixes ? [prefixes] : [];
    });
  }

  private plan(type: TypeClass): TypePlan {
    const plan = this.plans.byClass.get(type);
    if (!plan) throw new Error(`${type.name} is no type of this subgraph.`);
    return plan;
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

interface RowRequest {
  readonly value: unknown;
  readonly fields: Fields;
}
type Type<T extends object> = TypeClass & (abstract new (...args: never[]) => T);

function tableOf(plan: TypePlan): TablePlan {
  if (plan.table) return plan.table;
  throw new Error(`${plan.name} has no table in this subgraph.`);
}

const columnsOf = (table: TablePlan, fields: readonly string[], also: readonly string[]): string[] => [
  ...new Set([...table.identity, ...also, ...fields.flatMap((field) => table.columns.get(field) ?? [])]),
];

const like = (prototype: object, values: object): object => Object.assign(Object.create(prototype) as object, values);
