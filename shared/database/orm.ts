import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import type { Migration } from '@mikro-orm/migrations';
import { EntitySchema, MikroORM, type EntityClass } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
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
    ...RULES,
    entities: [...entities],
    clientUrl: url,
    metadataProvider: ReflectMetadataProvider,
    driverOptions: {
      onPoolCreated: heedCallers,
      types: columnTypes(),
      statement_timeout: statementMs,
    },
    pool: { min: 0, max: connections, idleTimeoutMillis: IDLE_MS },
    migrations: {
      migrationsList: migrations.map((migration) => ({ name: migration.name, class: migration.class as never })),
      snapshot: false,
      silent: true,
    },
    ...tellSql(onSql),
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

/** Opens connections to a database that several ORMs share.
 *  @param connections  most of them */
export function openPool({
  url,
  connections = 10,
  statementMs = STATEMENT_MS,
}: Pick<OrmOptions, 'url' | 'connections' | 'statementMs'>): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types: columnTypes(),
    statement_timeout: statementMs,
    max: connections,
    idleTimeoutMillis: IDLE_MS,
  });
  // Without a listener a connection that the server drops would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  heedCallers(pool);
  return pool;
}

/** An ORM over tables that are known only now, on connections that it does not own: closing it leaves the pool open, and
 *  nothing of it stays behind. */
export function openOrmOn(pool: pg.Pool, entities: readonly EntitySchema[], onSql?: (sql: string) => void): MikroORM {
  const lent = { connect: () => pool.connect(), end: async () => undefined };
  const orm = new MikroORM({
    ...RULES,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    dbName: pool.options.database ?? 'postgres',
    driverOptions: new PostgresDialect({ pool: lent as pg.Pool }),
    ...tellSql(onSql),
  });
  // The ORM has read them; the list of all classes ever would hold them for good.
  for (const { meta } of entities) EntitySchema.REGISTRY.delete(meta.class);
  return orm;
}

const IDLE_MS = 60_000;

const RULES = {
  metadataCache: { enabled: false },
  // Every relation is loaded by the kit's own loaders; a filter must never add a join of its own.
  autoJoinRefsForFilters: false,
  forceUndefined: true,
  debug: false,
  logger: () => undefined,
} as const;

const tellSql = (onSql: ((sql: string) => void) | undefined) =>
  onSql && {
    onQuery: (sql: string) => {
      onSql(sql);
      return sql;
    },
  };

function heedCallers(pool: pg.Pool): void {
  releaseLostConnections(pool);
  cancelForCallers(pool);
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
