import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../../../shared/config/config.js';
import { applicationFolder, correctionFolder } from '../../../shared/config/attached-folders.js';
import { loadFolder } from '../../../shared/config/load-folder.js';
import { openBoundedPool } from '../../../shared/database/open-bounded-pool.js';
import type { Caller } from '../../../shared/kernel/index.js';
import { readApplicationFile } from '../../../shared/read-model/read-application-file.js';
import { readCorrectionFile } from '../../../shared/read-model/read-correction-file.js';
import { readLoad } from '../../../shared/read-model/read-load.js';
import { say } from '../../request/messages/index.js';
import { attachedFileRoutes } from '../attached-files/attached-file-routes.js';
import { mayReadApplicationFile, mayReadCorrectionFile } from '../attached-files/may-read.js';
import { loadRoutes } from '../loads/load-routes.js';
import type { Route } from '../routes.js';

/** The routes of uploads of a hub with these settings: files to be loaded, evidence of corrections, and files of applications.
 *  @param database  governance's
 *  @param opened    closes what was opened */
export function openUploadRoutes(
  config: Config,
  database: string,
  identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>,
  logger: Logger,
  opened: AsyncDisposableStack,
): Route[] {
  const pool = openBoundedPool(database, {
    ...{ name: 'sharehub-gateway-uploads', patienceMs: 5_000, max: 2 },
    onBroken: (err) => logger.warn({ err }, 'database'),
  });
  opened.defer(() => pool.end());
  const query = async (sql: string, values: readonly unknown[]) =>
    (await pool.query<Record<string, unknown>>(sql, values as unknown[])).rows;
  return [
    ...loadRoutes({ folder: loadFolder(config), identify, readLoad: (id) => readLoad(query, id) }),
    ...attachedFileRoutes({
      ...{ path: '/correction-files', id: /^F-\d{6,15}$/, folder: correctionFolder(config), identify },
      readFile: (id) => readCorrectionFile(query, id),
      mayRead: mayReadCorrectionFile,
      noFile: say('correction.noFile'),
    }),
    ...attachedFileRoutes({
      ...{ path: '/application-files', id: /^AF-\d{6,15}$/, folder: applicationFolder(config), identify },
      readFile: (id) => readApplicationFile(query, id),
      mayRead: mayReadApplicationFile,
      noFile: say('application.noFile'),
    }),
  ];
}
