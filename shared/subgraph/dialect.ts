import { AbstractSqlPlatform, BaseMySqlPlatform } from '@mikro-orm/sql';
import { isAmongFirst } from './children.js';
import { isAmongFirstInMySql } from './children-mysql.js';
import type { Cuts } from './row-cut.js';
import type { RowDatabase, TablePlan } from './type-plan.js';

/** What the kinds of databases have no common words for. */
interface Dialect {
  /** Condition: the row is among the first of its parent's, in the order of the primary key.
   *  @param property  holds the parent's key
   *  @param limit     rows for each parent
   *  @param cuts      of whole rows, since a row that is cut away takes nobody's place */
  readonly isAmongFirst: (
    table: TablePlan,
    property: string,
    parents: readonly unknown[],
    limit: number,
    cuts: Cuts,
  ) => object;
  /** Most parents of one such condition. */
  readonly mostParents: number;
}

const POSTGRESQL: Dialect = { isAmongFirst, mostParents: Infinity };
const MYSQL: Dialect = { isAmongFirst: isAmongFirstInMySql, mostParents: 200 };

/** A source without SQL finds rows by their parent, and the kit takes the first of them. */
const PLAIN: Dialect = {
  isAmongFirst: (_table, property, parents) => ({ [property]: { $in: [...parents] } }),
  mostParents: Infinity,
};

export function dialectOf(database: RowDatabase): Dialect {
  const platform = database.em.getPlatform();
  if (platform instanceof BaseMySqlPlatform) return MYSQL;
  return platform instanceof AbstractSqlPlatform ? POSTGRESQL : PLAIN;
}
