import pg from 'pg';
import { HubError } from '../kernel/index.js';
import { databaseUnavailable } from './connection-error.js';
import { readDatabaseUrl, withDatabase } from './database-url.js';
import { startCluster } from './embedded/cluster.js';

/** A PostgreSQL server, embedded or given, on which each subgraph has a database of its own. */
export interface DatabaseServer {
  readonly embedded: boolean;
  /** Connection URL of a database; `legal-entity` and `legal_entity` are one. It holds the password: never show it. */
  url(database: string): string;
  /** Creates the database when it is not there yet.
   *  @param template  database to copy, to which nobody may be connected
   *  @returns         false when it existed */
  createDatabase(database: string, template?: string): Promise<boolean>;
  /** Drops the database, also under open connections. */
  dropDatabase(database: string): Promise<void>;
  /** Ends the embedded server unless another process uses it too. Close your own connections first. */
  readonly stop: () => Promise<void>;
}

export interface DatabaseServerOptions {
  /** Folder of the embedded server's data; it is created. */
  readonly dataDir: string;
  /** A server to use instead of the embedded one; its databases are named `sharehub_…`. */
  readonly databaseUrl?: string | undefined;
  readonly log?: ((line: string) => void) | undefined;
  /** Gives up the start; an embedded server that was started by then is stopped again. */
  readonly signal?: AbortSignal | undefined;
}

/** Opens the database server: the given one, or the embedded PostgreSQL, which is reused when it already runs.
 *  @throws HubError CONFIG_INVALID, DATABASE_UNAVAILABLE
 *  @throws the reason of `signal` when that gave up the start */
export async function openDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  if (options.databaseUrl !== undefined) {
    const url = readDatabaseUrl(options.databaseUrl);
    await administer(url, (client) => client.query('select 1'));
    return databaseServer(url, { embedded: false, prefix: 'sharehub_', stop: async () => undefined });
  }
  const cluster = await startCluster(options.dataDir, options.log ?? (() => undefined), options.signal);
  return databaseServer(cluster.url, { embedded: true, prefix: '', stop: cluster.stop });
}

function databaseServer(
  url: URL,
  { embedded, prefix, stop }: { embedded: boolean; prefix: string; stop: DatabaseServer['stop'] },
): DatabaseServer {
  const named = (database: string) => prefix + databaseName(database);
  return {
    embedded,
    url: (database) => withDatabase(url, named(database)),
    createDatabase: (database, template) =>
      administer(url, async (client) => {
        const name = named(database);
        if ((await client.query('select from pg_database where datname = $1', [name])).rowCount) return false;
        // A fixed collation: order and prefix search are the same on every server, and index-backed.
        // Files of a template are copied as they are, which takes a third of the time that logging each page takes.
        const from = template
          ? `template ${client.escapeIdentifier(named(template))} strategy file_copy`
          : `template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`;
        try {
          await client.query(`create database ${client.escapeIdentifier(name)} ${from}`);
          return true;
        } catch (error) {
          // 42P04, 23505: another process created it in the meantime.
          if (['42P04', '23505'].includes((error as { code?: string }).code ?? '')) return false;
          throw error;
        }
      }),
    dropDatabase: (database) =>
      administer(url, async (client) => {
        await client.query(`drop database if exists ${client.escapeIdentifier(named(database))} with (force)`);
      }),
    stop,
  };
}

/** PostgreSQL's name of a subgraph's database. */
function databaseName(name: string): string {
  const database = name.replaceAll('-', '_');
  if (/^[a-z][a-z0-9_]{0,50}$/.test(database)) return database;
  throw new HubError('CONFIG_INVALID', `"${name}" cannot name a database: use small letters, digits and hyphens.`);
}

async function administer<T>(url: URL, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 });
  // A connection that breaks fails the statement in hand; without a listener it would end the process too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await act(client);
  } catch (error) {
    throw databaseUnavailable(error, url);
  } finally {
    // It may never have been connected; what was done is committed.
    await client.end().catch(() => undefined);
  }
}
