import type { IncomingHttpHeaders } from 'node:http';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../../../shared/config/config.js';
import { loadFolder } from '../../../shared/config/load-folder.js';
import type { Caller } from '../../../shared/kernel/index.js';
import { readLoad } from '../../../shared/read-model/read-load.js';
import type { Route } from '../routes.js';
import { loadRoutes } from './load-routes.js';

/** The routes of uploads of a hub with these settings.
 *  @param database  governance's
 *  @param opened    closes what was opened */
export function openLoadRoutes(
  config: Config,
  database: string,
  identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>,
  logger: Logger,
  opened: AsyncDisposableStack,
): Route[] {
  const pool = new pg.Pool({
    connectionString: database,
    max: 2,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
  });
  pool.on('error', (err) => logger.warn({ err }, 'database'));
  opened.defer(() => pool.end());
  const query = async (sql: string, values: readonly unknown[]) =>
    (await pool.query<Record<string, unknown>>(sql, values as unknown[])).rows;
  return loadRoutes({ folder: loadFolder(config), identify, readLoad: (id) => readLoad(query, id) });
}
