import mysql from 'mysql2/promise';
import pg from 'pg';
import { SourceHosts } from '../../../shared/network/source-hosts.js';
import type { RegisteredSource } from '../../../shared/sources/registered-source.js';
import { SourceConnection, type ConnectionSettings } from '../../../shared/sources/source-connection.js';
import { openTestServer, testDatabaseName } from '../../support/test-database.js';
import { testMariaDbUrl } from '../../support/config.js';

/** A department's database, of either kind, with an account that may only read what it is granted. */
export interface SourceDatabase {
  readonly kind: 'POSTGRESQL' | 'MARIADB';
  readonly source: RegisteredSource;
  /** Runs statements as the owner. Names stand in double quotes, also for MariaDB. */
  owner(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  grant(table: string, privileges?: string): Promise<void>;
  /** Keeps everybody from a table until the function that it returns is called. */
  lock(table: string): Promise<() => Promise<void>>;
  connect(settings?: Partial<ConnectionSettings>, source?: Partial<RegisteredSource>): SourceConnection;
  drop(): Promise<void>;
}

export const READER_PASSWORD = 'pass word/口令?';
export const HOSTS = SourceHosts.read('127.0.0.1');

export async function createPostgreSql(): Promise<SourceDatabase> {
  const server = await openTestServer();
  const database = testDatabaseName('source');
  await server.createDatabase(database);
  const url = new URL(server.url(database));
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  const user = `reader_${database}`;
  await pool.query(`create role ${user} login password '${READER_PASSWORD}'`);
  return toSourceDatabase(
    'POSTGRESQL',
    { address: `${url.hostname}:${url.port}`, database: url.pathname.slice(1), user },
    {
      owner: async (sql, values = []) => (await pool.query(sql, [...values])).rows as Record<string, unknown>[],
      grant: async (table, privileges = 'select') => {
        await pool.query(`grant ${privileges} on ${table} to ${user}`);
      },
      lock: async (table) => {
        const client = await pool.connect();
        await client.query(`begin; lock table ${table} in access exclusive mode`);
        return async () => {
          await client.query('commit');
          client.release();
        };
      },
      drop: async () => {
        await pool.query(`drop owned by ${user}`);
        await pool.query(`drop role ${user}`);
        await pool.end();
        await server.dropDatabase(database);
        await server.stop();
      },
    },
  );
}

export async function createMariaDb(): Promise<SourceDatabase> {
  const url = new URL(testMariaDbUrl());
  const database = testDatabaseName('source');
  const root = { host: url.hostname, port: Number(url.port || 3306), user: url.username, password: url.password };
  const first = await mysql.createConnection(root);
  await first.query(`create database ${database} character set utf8mb4`);
  await first.end();
  const pool = mysql.createPool({ ...root, database, connectionLimit: 2, charset: 'utf8mb4' });
  const user = `reader_${process.pid}_${database.split('_').at(-1)!}`;
  await pool.query(`create user ${user} identified by '${READER_PASSWORD}'`);
  const named = (sql: string) => sql.replaceAll('"', '`');
  return toSourceDatabase(
    'MARIADB',
    { address: `${root.host}:${root.port}`, database, user },
    {
      owner: async (sql, values = []) => {
        const [rows] = await pool.query(named(sql), [...values]);
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      },
      grant: async (table, privileges = 'select') => {
        await pool.query(named(`grant ${privileges} on ${table} to ${user}`));
      },
      lock: async (table) => {
        const connection = await pool.getConnection();
        await connection.query(named(`lock tables ${table} write`));
        return async () => {
          await connection.query('unlock tables');
          connection.release();
        };
      },
      drop: async () => {
        await pool.query(`drop user ${user}`);
        await pool.query(`drop database ${database}`);
        await pool.end();
      },
    },
  );
}

function toSourceDatabase(
  kind: SourceDatabase['kind'],
  place: Pick<RegisteredSource, 'address' | 'database' | 'user'>,
  rest: Pick<SourceDatabase, 'owner' | 'grant' | 'lock' | 'drop'>,
): SourceDatabase {
  const source: RegisteredSource = {
    id: 'S-000001',
    department: 'education',
    name: 'front-machine',
    kind,
    tls: 'NONE',
    ...place,
  };
  return {
    kind,
    source,
    ...rest,
    connect: (settings = {}, other = {}) =>
      new SourceConnection({ ...source, ...other }, READER_PASSWORD, {
        hosts: HOSTS,
        timeZone: 'Asia/Shanghai',
        ...settings,
      }),
  };
}
