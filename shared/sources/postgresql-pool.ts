import { isIP } from 'node:net';
import { DateTime } from 'luxon';
import pg from 'pg';
import { SourceClient } from './source-client.js';
import type { PoolOptions, PooledConnection, SourcePool } from './source-pool.js';

const CANCEL_MS = 2_000;

/** Connections to a department's PostgreSQL, or to what speaks like it. Every transaction is read only. */
export function postgresqlPool(options: PoolOptions): SourcePool {
  const { host, port, database, user, password, tls, socket, connections, connectMs, statementMs, timeZone } = options;
  const config: pg.PoolConfig = {
    host,
    port,
    database,
    user,
    password,
    stream: socket,
    ssl: tls && { ...(tls.ca !== undefined && { ca: tls.ca }), ...(isIP(host) === 0 && { servername: host }) },
    max: connections,
    min: 0,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: connectMs,
    application_name: 'sharehub',
    client_encoding: 'UTF8',
    types: columnTypes(timeZone),
  };
  const pool = new pg.Pool({ ...config, Client: SourceClient });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prepared = new WeakSet<object>();
  const cancel = async (processId: number): Promise<void> => {
    const other = new SourceClient({ ...config, connectionTimeoutMillis: CANCEL_MS, query_timeout: CANCEL_MS });
    other.on('error', () => undefined);
    try {
      await other.connect();
      await other.query('select pg_cancel_backend($1)', [processId]);
    } finally {
      void other.end().catch(() => undefined);
    }
  };
  return {
    async connect(): Promise<PooledConnection> {
      const client = await pool.connect();
      if (!prepared.has(client)) {
        // By statements: a pooler in front of the server may refuse parameters of the start.
        try {
          await client.query(
            `set default_transaction_read_only = on; set statement_timeout = ${Math.trunc(statementMs)}; set datestyle = 'ISO'; set standard_conforming_strings = on`,
          );
        } catch (error) {
          client.release(true);
          throw error;
        }
        prepared.add(client);
      }
      return {
        query: async (sql, values) => (await client.query(sql, [...values])).rows as Record<string, unknown>[],
        limit: async (ms) => void (await client.query(`set statement_timeout = ${Math.trunc(ms)}`)),
        cancel: () => cancel((client as pg.PoolClient & { readonly processID: number }).processID),
        release: () => client.release(),
        destroy: () => {
          (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
          client.release(true);
        },
      };
    },
    end: () => pool.end(),
  };
}

/** Dates and exact numbers stay text; a time without a zone is read in the given one. */
function columnTypes(timeZone: string): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  const { DATE, INT8, NUMERIC, TIMESTAMP } = pg.types.builtins;
  for (const type of [DATE, INT8, NUMERIC]) types.setTypeParser(type, (text) => text);
  types.setTypeParser(TIMESTAMP, (text) => DateTime.fromSQL(text, { zone: timeZone }).toJSDate());
  return types;
}
