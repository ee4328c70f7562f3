import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import type { Migration } from '@mikro-orm/migrations';
import { MikroORM, type EntityClass } from '@mikro-orm/postgresql';
import pg from 'pg';
import { cancelForCallers } from './cancel-statements.js';
import { databaseUnavailable } from './connection-error.js';
import { releaseLostConnections } from './release-lost-connections.js';

/** Migrations in the order they run; the name is kept in the database and must never change. */
export type Migrations = readonly { readonly name: string; readonly class: new (...args: never[]) => Migration }[];

export interface OrmOptions {
  readonly entities: readonly EntityClass<object>[];
  readonly migrations: Migrations;
  readonly url: string;
  /** Most connections held to the database. */
  readonly connections?: number;
  /** Longest time for one statement outside of migrations and the first filling, milliseconds. A statement whose caller has
   *  long gone ends by it, and does not hold the stop of the process. */
  readonly statementMs?: number;
  /** Called with every statement sent, without its parameters. */
  readonly onSql?: ((sql: string) => void) | undefined;
}

/** Three times as long as the gateway waits for a subgraph where nothing else is set. */
const STATEMENT_MS = 30_000;

/** Opens one subgraph's database and brings it up to date.
 *  @throws HubError DATABASE_UNAVAILABLE */
export async function openOrm({
  entities,
  migrations,
  url,
  connections = 6,
  statementMs = STATEMENT_MS,
  onSql,
}: OrmOptions): Promise<MikroORM> {
  const orm = new MikroORM({
    entities: [...entities],
    clientUrl: url,
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    driverOptions: {
      onPoolCreated: (pool: pg.Pool) => {
        releaseLostConnections(pool);
        cancelForCallers(pool);
      },
      types: columnTypes(),
      statement_timeout: statementMs,
    },
    pool: { min: 0, max: connections, idleTimeoutMillis: 60_000 },
    // Every relation is loaded by the kit's own loaders; a filter must never add a join of its own.
    autoJoinRefsForFilters: false,
    forceUndefined: true,
    debug: false,
    logger: () => undefined,
    migrations: {
      migrationsList: migrations.map((migration) => ({ name: migration.name, class: migration.class as never })),
      snapshot: false,
      silent: true,
    },
    ...(onSql && {
      onQuery: (sql: string) => {
        onSql(sql);
        return sql;
      },
    }),
  });
  try {
    await orm.connect();
    await migrate(orm, migrations);
    return orm;
  } catch (error) {
    // Why it could not be opened matters more than a pool that cannot be closed either.
    await orm.close(true).catch(() => undefined);
    throw databaseUnavailable(error, new URL(url));
  }
}

/** Dates, local times and intervals stay text, as the ORM wants them; an instant is a `Date` for queries that are not the
 *  ORM's too, as it is for the driver. */
function columnTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  const { DATE, TIMESTAMP, INTERVAL } = pg.types.builtins;
  for (const type of [DATE, TIMESTAMP, INTERVAL]) types.setTypeParser(type, (text) => text);
  return types;
}

const MIGRATION_LOCK = 7363;

/** Runs what is missing, one process at a time. The migrator is loaded only when there is something to run. */
async function migrate(orm: MikroORM, migrations: Migrations): Promise<void> {
  if ((await pending(orm, migrations)) === 0) return;
  const { Migrator } = await import('@mikro-orm/migrations');
  await orm.em.fork().transactional(async (em) => {
    await em.execute('set local statement_timeout = 0');
    await em.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    if ((await pending(orm, migrations)) > 0) await new Migrator(orm.em).up();
  });
}

async function pending(orm: MikroORM, migrations: Migrations): Promise<number> {
  const connection = orm.em.getConnection();
  const [table] = await connection.execute<[{ there: boolean }]>(
    `select to_regclass('mikro_orm_migrations') is not null as there`,
  );
  if (!table.there) return migrations.length;
  const rows = await connection.execute<{ name: string }[]>('select name from mikro_orm_migrations');
  const done = new Set(rows.map((row) => row.name));
  return migrations.filter((migration) => !done.has(migration.name)).length;
}
