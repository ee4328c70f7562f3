import type { EntityManager } from '@mikro-orm/core';
import type { AbstractSqlConnection } from '@mikro-orm/sql';
import { CompiledQuery } from 'kysely';
import { conditionSql } from './condition-sql.js';
import { plainTableOf, type PlainColumn } from './plain-table.js';
import { guardOf } from './row-guard.js';
import { beginSql, type SqlText } from './sql-text.js';
import type { TablePlan } from './type-plan.js';

export interface PlainRead {
  /** Every condition on the rows, the filters of the entity among them. */
  readonly where: unknown;
  readonly properties: readonly string[];
  readonly orderBy?: Readonly<Record<string, 'asc' | 'desc'>> | undefined;
  readonly limit?: number | undefined;
}

/** Reads rows by one statement that is written here, into records of the class without the ORM's watch on them. The ORM's
 *  query builder and its entities cost several times the statement.
 *  @returns undefined for a read that needs the ORM */
export async function readPlainRows(
  table: TablePlan,
  manager: EntityManager,
  read: PlainRead,
): Promise<Record<string, unknown>[] | undefined> {
  const plain = plainTableOf(table);
  const text = plain && beginSql(table.database);
  if (!text) return undefined;
  const columns: PlainColumn[] = [];
  for (const property of read.properties) {
    const column = plain.columns.get(property);
    if (!column) return undefined;
    columns.push(column);
  }
  const { alias } = text;
  const quote = (name: string) => text.quote(name);
  const items = columns.map(
    ({ column, property }) => `${alias}.${quote(column)}${column === property ? '' : ` as ${quote(property)}`}`,
  );
  let sql = `select ${items.join(', ')} from ${plain.from.map(quote).join('.')} as ${alias}`;
  const where = conditionSql(text, plain.columns, read.where ?? {});
  if (where === undefined) return undefined;
  if (where !== '') sql += ` where ${where}`;
  const order: string[] = [];
  for (const [property, direction] of Object.entries(read.orderBy ?? {})) {
    const column = plain.columns.get(property);
    if (!column) return undefined;
    order.push(`${alias}.${quote(column.column)} ${direction === 'desc' ? 'desc' : 'asc'}`);
  }
  if (order.length > 0) sql += ` order by ${order.join(', ')}`;
  if (read.limit !== undefined) sql += ` limit ${text.bind(read.limit)}`;
  const guard = guardOf(table.database);
  guard?.before(table.entity);
  const found = await execute(table, manager, sql, text);
  const { prototype, nothing } = plain;
  const rows = found.map((values) => {
    const row = Object.create(prototype) as Record<string, unknown>;
    for (const { property, fromSql } of columns) {
      const value = values[property];
      row[property] = value === null || value === undefined ? nothing : fromSql(value);
    }
    return row;
  });
  guard?.after(table.entity, rows);
  return rows;
}

async function execute(
  { database }: TablePlan,
  manager: EntityManager,
  sql: string,
  { values }: SqlText,
): Promise<Record<string, unknown>[]> {
  const connection = manager.getConnection() as AbstractSqlConnection;
  await connection.ensureConnection();
  database.config.get('onQuery')(sql, [...values]);
  try {
    const { rows } = await connection.getClient().executeQuery(CompiledQuery.raw(sql, [...values]));
    return rows as Record<string, unknown>[];
  } catch (error) {
    throw manager.getDriver().convertException(error as Error);
  }
}
