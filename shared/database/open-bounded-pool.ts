import pg from 'pg';

export interface BoundedPoolOptions {
  /** Shown by PostgreSQL beside its connections. */
  readonly name: string;
  /** Longest wait for a connection and for a statement, milliseconds. */
  readonly patienceMs: number;
  /** Connections; 4 where absent. */
  readonly max?: number;
  /** Told of a connection that broke while nobody used it. It leaves the pool, and the next statement opens another. */
  readonly onBroken?: (error: Error) => void;
}

/** Opens a pool whose statements end within a bound, for what must not wait longer on the database than its caller does. */
export function openBoundedPool(
  url: string,
  { name, patienceMs, max = 4, onBroken = () => undefined }: BoundedPoolOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    statement_timeout: patienceMs,
    keepAlive: true,
    application_name: name,
  });
  pool.on('error', onBroken);
  return pool;
}
