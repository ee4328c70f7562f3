import { DateTime } from 'luxon';
import { createConnection, createPool, type PoolConnection, type PoolOptions as MySqlOptions } from 'mysql2';
import type { PoolOptions, PooledConnection, SourcePool, SourceRow } from './source-pool.js';

const CANCEL_MS = 2_000;

/** Connections to a department's MariaDB or MySQL. Every transaction is read only.
 *  @param kind  the two have different words for the time limit */
export function mysqlPool(kind: 'MARIADB' | 'MYSQL', options: PoolOptions): SourcePool {
  const { host, port, database, user, password, tls, socket, connections, connectMs, statementMs, timeZone } = options;
  const offset = DateTime.now().setZone(timeZone).toFormat('ZZ');
  const config: MySqlOptions = {
    host,
    port,
    database,
    user,
    password,
    stream: (() => socket().connect({ host, port })) as never,
    ...(tls && { ssl: { ...tls, rejectUnauthorized: true, verifyIdentity: true } }),
    connectTimeout: connectMs,
    charset: 'utf8mb4',
    timezone: offset,
    // The server is not ours: it gets no file, and no password in clear.
    flags: ['-LOCAL_FILES'],
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    stringifyObjects: true,
    typeCast: (field, next) => {
      switch (field.type) {
        case 'DATE':
          return withoutZero(field.string());
        case 'DATETIME':
        case 'TIMESTAMP': {
          const text = withoutZero(field.string());
          return text === null ? null : DateTime.fromSQL(text, { zone: timeZone }).toJSDate();
        }
        case 'BIT': {
          const bits = field.buffer();
          return bits?.length === 1 ? bits[0] === 1 : bits;
        }
        default:
          return next();
      }
    },
  };
  const limitOf = (ms: number) =>
    kind === 'MARIADB'
      ? `set session max_statement_time = ${ms / 1000}`
      : `set session max_execution_time = ${Math.trunc(ms)}`;
  const pool = createPool({
    ...config,
    connectionLimit: connections,
    maxIdle: Math.max(0, connections - 1),
    idleTimeout: 60_000,
  });
  // Fixed, since text is put into statements by the rules of the mode.
  const session = [
    "set session sql_mode = 'STRICT_ALL_TABLES'",
    'set session transaction read only',
    `set session time_zone = '${offset}'`,
    limitOf(statementMs),
  ];
  const prepared = new WeakSet<object>();
  const cancel = (threadId: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const other = createConnection({ ...config, connectTimeout: CANCEL_MS });
      const done = (error?: Error | null) => {
        other.destroy();
        if (error) reject(error);
        else resolve();
      };
      other.on('error', done);
      other.query({ sql: `kill query ${threadId}`, timeout: CANCEL_MS }, (error) => done(error));
    });
  return {
    async connect(): Promise<PooledConnection> {
      const connection = await new Promise<PoolConnection>((resolve, reject) =>
        pool.getConnection((error, found) => (error ? reject(error) : resolve(found))),
      );
      if (!prepared.has(connection)) {
        connection.on('error', () => undefined);
        try {
          for (const statement of session) await run(connection, statement, []);
        } catch (error) {
          connection.destroy();
          throw error;
        }
        prepared.add(connection);
      }
      return {
        query: (sql, values) => run(connection, sql, values),
        limit: async (ms) => void (await run(connection, limitOf(ms), [])),
        cancel: () => cancel(connection.threadId),
        release: () => connection.release(),
        destroy: () => connection.destroy(),
      };
    },
    end: () => new Promise((resolve) => pool.end(() => resolve())),
  };
}

const run = (connection: PoolConnection, sql: string, values: readonly unknown[]): Promise<SourceRow[]> =>
  new Promise((resolve, reject) =>
    connection.query(sql, [...values], (error, rows) =>
      error ? reject(error) : resolve(Array.isArray(rows) ? (rows as SourceRow[]) : []),
    ),
  );

/** A date with a part that is zero is none. */
const withoutZero = (text: string | null): string | null => (text === null || /-00|^0000/.test(text) ? null : text);
