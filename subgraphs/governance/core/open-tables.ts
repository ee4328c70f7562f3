import type { EntityManager } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { ClientBase, Pool } from 'pg';
import { connectClient } from '../../../shared/database/connect-client.js';

/** A connection to the database: the entity manager of a request, or the client or pool of a job. */
export type Database = EntityManager | Pool | ClientBase;

const opened = new WeakMap<Pool | ClientBase, Kysely<unknown>>();

/** Opens typed queries on a room's tables, within the transaction of the given connection. Instants are `Date`s wherever
 *  they are read; columns of type `date` are to be selected as text.
 *  @example
 *  ```ts
 *  export type RegisterTables = InferClassEntityDB<typeof Department | typeof Officer>;
 *  export const registerTables = (database: Database) => openTables<RegisterTables>(database);
 *
 *  const rows = await registerTables(em).selectFrom('department').select(['code', 'name']).execute();
 *  ``` */
export function openTables<Tables>(database: Database): Kysely<Tables> {
  if ('getKysely' in database) return database.getKysely() as unknown as Kysely<Tables>;
  let tables = opened.get(database);
  if (!tables) {
    tables = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: poolOf(database) }) });
    opened.set(database, tables);
  }
  return tables as Kysely<Tables>;
}

/** A pool as it is; or a pool of the one client that its owner keeps, which is handed out to every query and never
 *  released. */
function poolOf(database: Pool | ClientBase): PostgresPool {
  if ('totalCount' in database)
    return {
      connect: () => connectClient(database),
      end: () => Promise.resolve(),
      options: database.options,
    };
  const client: PostgresPoolClient = {
    query: database.query.bind(database),
    release: () => undefined,
  };
  return { connect: () => Promise.resolve(client), end: () => Promise.resolve(), options: {} };
}
