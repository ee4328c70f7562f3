import type { EntityClass } from '@mikro-orm/core';
import type { RowDatabase } from './type-plan.js';

/** Looks at reads of a database that is not the subgraph's own. */
export interface RowGuard {
  /** @throws when rows of the entity cannot be given at present */
  before(entity: EntityClass<object>): void;
  /** @throws when these rows cannot be what was declared */
  after(entity: EntityClass<object>, rows: readonly object[]): void;
}

const guards = new WeakMap<RowDatabase, RowGuard>();

/** Makes a guard look at every read of rows that the kit makes by statements of its own. */
export const guardRows = (database: RowDatabase, guard: RowGuard): void => void guards.set(database, guard);

export const guardOf = (database: RowDatabase): RowGuard | undefined => guards.get(database);
