import type { EntityManager, QueryOrderMap } from '@mikro-orm/core';
import { coordinate } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';
import type { HiddenRows } from './hidden-rows.js';
import { identifiersWithheld, protectedRowsFilter } from './protected-rows.js';
import { NOBODY_PROTECTED, type ProtectedSubjects } from './protected-subjects.js';
import { dialectOf } from './dialect.js';
import { unknownCursor } from './cursor-codec.js';
import { rowFilter, type Cuts } from './row-cut.js';
import { hasOneOf, identityText, valuesOf } from './row-identity.js';
import { readPlainRows } from './read-plain-rows.js';
import type { RowDatabase, TablePlan, TypePlan } from './type-plan.js';

/** Fields of a row that were read under their own row scope; a scoped field that is not in it is refused. */
export const IN_SCOPE = Symbol('fields in scope');

const NO_SCOPES: ReadonlyMap<string, string[]> = new Map();

export type Row = Record<string, unknown> & { [IN_SCOPE]?: Set<string> };
export type Fields = ReadonlySet<string>;
export interface ReadOptions {
  readonly orderBy?: Readonly<Record<string, 'asc' | 'desc'>>;
  readonly limit?: number;
  /** Item scopes are left out: they are for values that are given. Rows are cut all the same. */
  readonly unscoped?: boolean | undefined;
}

/** The one place where rows leave the database: only the columns that are asked for, only the rows that the hub's context
 *  allows. */
export class RowSource {
  /** Rows that were read under a cut. */
  private readonly cut = new WeakSet<object>();

  /** Entity managers of this request. */
  private readonly managers = new Map<RowDatabase, EntityManager>();

  constructor(
    private readonly context: FetchContext,
    private readonly protectedSubjects: ProtectedSubjects = NOBODY_PROTECTED,
  ) {}

  /** Rows that meet a condition. Fields with a row scope of their own are read by a statement of their own.
   *  @param also  properties to read whatever the fields are */
  async read(
    plan: TypePlan,
    where: object,
    fields: Fields,
    { orderBy, limit, unscoped }: ReadOptions = {},
    also: readonly string[] = [],
  ): Promise<Row[]> {
    const table = tableOf(plan);
    const cuts = this.cuts(plan);
    if (cuts.length > 0 && !table.division) return [];
    const { open, scoped } = unscoped ? { open: [...fields], scoped: NO_SCOPES } : this.groupByScope(plan, fields);
    const select = async (wanted: readonly string[], where: object, rowCuts: Cuts, more: ReadOptions = {}) => {
      const manager = this.manager(table);
      const filters = this.filters(table, rowCuts);
      const properties = columnsOf(table, wanted, also);
      // The ORM's own filters, which fail where it is not said which rows may be seen.
      const filtered = await manager.applyFilters(table.entity, where, filters, 'read', {});
      const rows = await readPlainRows(table, manager, { where: filtered, properties, ...more });
      if (rows) return rows as Row[];
      const found: unknown = await manager.find(table.entity, where, {
        fields: properties as never,
        filters,
        disableIdentityMap: true,
        ...(more.orderBy && { orderBy: more.orderBy as QueryOrderMap<object> }),
        ...(more.limit !== undefined && { limit: more.limit }),
      });
      return found as Row[];
    };
    const rows = await select(open, where, cuts, {
      ...(orderBy && { orderBy }),
      ...(limit !== undefined && { limit }),
    });
    if (cuts.length > 0) for (const row of rows) this.cut.add(row);
    if (scoped.size === 0 || rows.length === 0) return rows;
    for (const row of rows) row[IN_SCOPE] = new Set();
    if (!table.division) return rows;
    const { primaryKey } = table;
    const identify = (row: Row) => identityText(table, primaryKey, valuesOf(row, primaryKey));
    const byKey = new Map(rows.map((row) => [identify(row), row]));
    const these = hasOneOf(
      primaryKey,
      [...byKey.values()].map((row) => valuesOf(row, primaryKey)),
    );
    for (const [scopes, names] of scoped) {
      const inScope = await select(names, these, [...cuts, ...(JSON.parse(scopes) as Cuts)]);
      for (const found of inScope) {
        const row = byKey.get(identify(found))!;
        for (const name of names) {
          row[IN_SCOPE]!.add(name);
          for (const property of table.columns.get(name) ?? []) row[property] = found[property];
        }
      }
    }
    return rows;
  }

  /** The first rows of each parent, in the order of the primary key.
   *  @param property  holds the parent's key
   *  @param limit     most rows for each parent */
  async readFirst(
    plan: TypePlan,
    property: string,
    parents: readonly unknown[],
    limit: number,
    fields: Fields,
  ): Promise<Row[]> {
    const table = tableOf(plan);
    const cuts = this.cuts(plan);
    if (cuts.length > 0 && !table.division) return [];
    const hidden: HiddenRows = { cuts, identifiers: identifiersWithheld(table, this.protectedSubjects) };
    const { isAmongFirst, mostParents } = dialectOf(table.database);
    const orderBy = Object.fromEntries(table.primaryKey.map((name) => [name, 'asc' as const]));
    const rows: Row[] = [];
    for (let from = 0; from < parents.length; from += mostParents) {
      const condition = isAmongFirst(table, property, parents.slice(from, from + mostParents), limit, hidden);
      rows.push(...(await this.read(plan, condition, fields, { orderBy }, [property])));
    }
    return rows;
  }

  /** Number of the rows that `read` gives, page by page. */
  async count(plan: TypePlan, where: object): Promise<number> {
    const table = tableOf(plan);
    const cuts = this.cuts(plan);
    if (cuts.length > 0 && !table.division) return 0;
    return this.manager(table).count(table.entity, where, { filters: this.filters(table, cuts) });
  }

  /** Number of the rows with each of some values in a property. */
  async countEach(plan: TypePlan, property: string, values: readonly unknown[]): Promise<number[]> {
    const table = tableOf(plan);
    const cuts = this.cuts(plan);
    if (cuts.length > 0 && !table.division) return values.map(() => 0);
    const counted = await this.manager(table).countBy(table.entity, property as never, {
      where: hasOneOf(
        [property],
        values.map((value) => [value]),
      ),
      filters: this.filters(table, cuts),
    });
    const identify = (value: unknown) => identityText(table, [property], [value]);
    const byValue = new Map(Object.entries(counted).map(([value, count]) => [identify(value), count]));
    return values.map((value) => byValue.get(identify(value)) ?? 0);
  }

  /** Where a row stands in an ordered list. A cursor holds the primary key alone, so the rest is read again, and a cursor
   *  carries no other item's value to a caller.
   *  @returns the row's values of the properties
   *  @throws HubError BAD_USER_INPUT when the row is there no more, or not for this caller */
  async placeOf(plan: TypePlan, key: readonly unknown[], properties: readonly string[]): Promise<readonly unknown[]> {
    const table = tableOf(plan);
    const known = new Map(table.primaryKey.map((name, i) => [name, key[i]]));
    if (properties.every((property) => known.has(property))) return properties.map((property) => known.get(property));
    const row = (await this.manager(table).findOne(table.entity, Object.fromEntries(known), {
      fields: [...new Set([...table.primaryKey, ...properties])] as never,
      filters: this.filters(table, this.cuts(plan)),
      disableIdentityMap: true,
    })) as Row | null;
    if (!row) throw unknownCursor();
    return valuesOf(row, properties);
  }

  /** True for a record of a subject whose records are withheld, wherever it was read. */
  isWithheld({ table }: TypePlan, record: object): boolean {
    if (!table?.subject) return false;
    const identifier = (record as Row)[table.subject.property];
    return typeof identifier === 'string' && identifiersWithheld(table, this.protectedSubjects).includes(identifier);
  }

  /** False for a record that was not read here while the hub's context cuts the rows of its type. */
  allows(plan: TypePlan, record: object): boolean {
    return this.cuts(plan).length === 0 || this.cut.has(record);
  }

  /** Which rows a read may see. */
  private filters(table: TablePlan, cuts: Cuts): Record<string, object> {
    const identifiers = identifiersWithheld(table, this.protectedSubjects);
    return { ...rowFilter(table, cuts), ...protectedRowsFilter(table, identifiers) };
  }

  private manager({ database }: TablePlan): EntityManager {
    let manager = this.managers.get(database);
    if (!manager) this.managers.set(database, (manager = database.em.fork({ disableContextResolution: true })));
    return manager;
  }

  /** Fields by their row scopes. */
  private groupByScope(plan: TypePlan, fields: Fields): { open: string[]; scoped: Map<string, string[]> } {
    const scoped = new Map<string, string[]>();
    const open: string[] = [];
    for (const field of fields) {
      const scopes = limitsOf(plan, this.context.scopes, (name) => coordinate(name, field));
      if (scopes.length === 0) open.push(field);
      else scoped.set(JSON.stringify(scopes), [...(scoped.get(JSON.stringify(scopes)) ?? []), field]);
    }
    return { open, scoped };
  }

  /** Cuts of whole rows of a type. */
  private cuts(plan: TypePlan): Cuts {
    return limitsOf(plan, this.context.rows, (name) => name);
  }
}

/** What the context says of a type, under its own name and its interfaces'. */
const limitsOf = (
  plan: TypePlan,
  limits: Readonly<Record<string, readonly string[]>> | undefined,
  keyOf: (name: string) => string,
): Cuts => plan.names.flatMap((name) => (limits?.[keyOf(name)] ? [limits[keyOf(name)]!] : []));

export function tableOf(plan: TypePlan): TablePlan {
  if (plan.table) return plan.table;
  throw new Error(`${plan.name} has no table in this subgraph.`);
}

const columnsOf = (table: TablePlan, fields: readonly string[], also: readonly string[]): string[] => [
  ...new Set([...table.identity, ...also, ...fields.flatMap((field) => table.columns.get(field) ?? [])]),
];
