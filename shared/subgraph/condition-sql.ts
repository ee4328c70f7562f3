import { Raw } from '@mikro-orm/core';
import type { PlainColumns } from './plain-table.js';
import { isValue, type SqlText, type SqlValue } from './sql-text.js';

/** Writes a condition in the ORM's filter language as SQL, as far as it is about columns of the table itself.
 *  @returns undefined for any other, which is left to the ORM */
export function conditionSql(text: SqlText, columns: PlainColumns, where: unknown): string | undefined {
  if (!isPlainObject(where)) return undefined;
  const parts: string[] = [];
  for (const key of Reflect.ownKeys(where)) {
    const part =
      typeof key === 'symbol'
        ? rawSql(text, key, where[key])
        : key === '$and' || key === '$or'
          ? joinedSql(text, columns, key, where[key])
          : propertySql(text, columns, key, where[key]);
    if (part === undefined) return undefined;
    if (part !== '') parts.push(part);
  }
  return parts.length > 1 ? `(${parts.join(' and ')})` : (parts[0] ?? '');
}

function joinedSql(text: SqlText, columns: PlainColumns, key: '$and' | '$or', among: unknown): string | undefined {
  if (!Array.isArray(among)) return undefined;
  const parts: string[] = [];
  for (const each of among) {
    const part = conditionSql(text, columns, each);
    // An empty one holds of every row, which in a choice the ORM takes in its own way.
    if (part === undefined || (part === '' && key === '$or')) return undefined;
    if (part !== '') parts.push(part);
  }
  if (parts.length === 0) return key === '$and' ? '' : undefined;
  return parts.length > 1 ? `(${parts.join(key === '$and' ? ' and ' : ' or ')})` : parts[0];
}

function propertySql(text: SqlText, columns: PlainColumns, name: string, value: unknown): string | undefined {
  if (name.includes(TUPLE)) return tupleSql(text, columns, name.split(TUPLE), value);
  const column = columns.get(name);
  if (!column) return undefined;
  const at = `${text.alias}.${text.quote(column.column)}`;
  if (value === null) return `${at} is null`;
  if (isPlainObject(value)) {
    const parts = Reflect.ownKeys(value).map((operator) =>
      typeof operator === 'string' ? comparisonSql(text, at, operator, value[operator], column.toSql) : undefined,
    );
    return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(' and ');
  }
  const bound = column.toSql(value);
  return bound === undefined ? undefined : `${at} = ${text.bind(bound)}`;
}

/** The ORM's name for a tuple of columns has it between them. */
const TUPLE = '~~~';

function tupleSql(text: SqlText, columns: PlainColumns, names: readonly string[], value: unknown): string | undefined {
  const found = names.flatMap((name) => columns.get(name) ?? []);
  const tuples = isPlainObject(value) && Object.keys(value).join() === '$in' ? value['$in'] : undefined;
  if (found.length < names.length || !Array.isArray(tuples) || tuples.length === 0) return undefined;
  const places: string[] = [];
  for (const tuple of tuples as unknown[][]) {
    const bound = found.map(({ toSql }, i) => toSql(tuple[i]));
    if (tuple.length !== names.length || bound.includes(undefined)) return undefined;
    places.push(`(${bound.map((each) => text.bind(each!)).join(', ')})`);
  }
  return `(${found.map(({ column }) => `${text.alias}.${text.quote(column)}`).join(', ')}) in (${places.join(', ')})`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  $eq: '=',
  $gt: '>',
  $gte: '>=',
  $lt: '<',
  $lte: '<=',
  $like: 'like',
};

function comparisonSql(
  text: SqlText,
  at: string,
  operator: string,
  value: unknown,
  toSql: (value: unknown) => SqlValue | undefined,
): string | undefined {
  if (operator === '$in' || operator === '$nin') {
    if (!Array.isArray(value)) return undefined;
    const bound = value.map(toSql);
    if (bound.includes(undefined)) return undefined;
    if (bound.length === 0) return operator === '$in' ? '1 = 0' : '1 = 1';
    return operator === '$in' ? text.isOneOf(at, bound as SqlValue[]) : text.isNoneOf(at, bound as SqlValue[]);
  }
  if (value === null)
    return operator === '$ne' ? `${at} is not null` : operator === '$eq' ? `${at} is null` : undefined;
  const sign = operator === '$ne' ? '<>' : COMPARISONS[operator];
  const bound = toSql(value);
  return sign === undefined || bound === undefined ? undefined : `${at} ${sign} ${text.bind(bound)}`;
}

/** SQL of the kit's own conditions for which the ORM has no words. */
function rawSql(text: SqlText, key: symbol, value: unknown): string | undefined {
  const fragment = Raw.getKnownFragment(key);
  if (!fragment || !Array.isArray(value) || value.length > 0) return undefined;
  const parts = fragment.sql.split('?');
  const values = fragment.params as readonly unknown[];
  if (parts.length !== values.length + 1 || !values.every(isValue)) return undefined;
  return parts
    .map(
      (part, i) =>
        part.replaceAll(ALIAS_QUOTED, text.alias) + (i < values.length ? text.bind(values[i] as SqlValue) : ''),
    )
    .join('');
}

/** Stands in a fragment for the table's alias. */
const ALIAS_QUOTED = /["`]\[::alias::\]["`]/g;

function isPlainObject(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
