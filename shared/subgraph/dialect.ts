import { AbstractSqlPlatform, BaseMySqlPlatform } from '@mikro-orm/sql';
import { isAmongFirst } from './children.js';
import { isAmongFirstInMySql } from './children-mysql.js';
import { isNoneOf } from './none-of.js';
import type { HiddenRows } from './hidden-rows.js';
import type { RowDatabase, TablePlan } from './type-plan.js';

/** What the kinds of databases have no common words for. */
interface Dialect {
  /** Condition: the row is among the first of its parent's, in the order of the primary key.
   *  @param property  holds the parent's key
   *  @param limit     rows for each parent
   *  @param hidden    rows that take nobody's place */
  readonly isAmongFirst: (
    table: TablePlan,
    property: string,
    parents: readonly unknown[],
    limit: number,
    hidden: HiddenRows,
  ) => object;
  /** Most parents of one such condition. */
  readonly mostParents: number;
  /** Condition: the property has none of these values, or no value at all. Of thousands it costs a look at each row. */
  readonly isNoneOf: (table: TablePlan, property: string, values: readonly string[]) => object;
}

/** In the ORM's own words: each value is a parameter. */
const isNoneOfList: Dialect['isNoneOf'] = (_table, property, values) => ({
  $or: [{ [property]: null }, { [property]: { $nin: [...values] } }],
});

const POSTGRESQL: Dialect = { isAmongFirst, mostParents: Infinity, isNoneOf };
const MYSQL: Dialect = { isAmongFirst: isAmongFirstInMySql, mostParents: 200, isNoneOf: isNoneOfList };

/** A source without SQL finds rows by their parent, and the kit takes the first of them. */
const PLAIN: Dialect = {
  isAmongFirst: (_table, property, parents) => ({ [property]: { $in: [...parents] } }),
  mostParents: Infinity,
  isNoneOf: (_table, property, values) => ({ [property]: { $nin: values } }),
};

export function dialectOf(database: RowDatabase): Dialect {
  const platform = database.em.getPlatform();
  if (platform instanceof BaseMySqlPlatform) return MYSQL;
  return platform instanceof AbstractSqlPlatform ? POSTGRESQL : PLAIN;
}
