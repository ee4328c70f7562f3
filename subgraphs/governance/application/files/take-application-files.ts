import { type Database, settleFiles } from '../../core/index.js';
import { applicationTables } from '../tables.js';

const DAY_MS = 86_400_000;
/** Time for which the files of a closed application are kept. */
const KEPT_DAYS = 180;

export interface ApplicationFileRoom {
  /** The governance database. */
  readonly database: Database;
  /** Folder of the uploaded files. */
  readonly folder: string;
  /** ms since the epoch. */
  readonly now: number;
}

/** Takes the files of applications that are whole, and deletes those of applications that were closed long ago; see
 *  `settleFiles`.
 *  @returns number of files that changed their state */
export async function takeApplicationFiles({ database, folder, now }: ApplicationFileRoom): Promise<number> {
  const tables = applicationTables(database);
  const files = await tables
    .selectFrom('application_file as file')
    .innerJoin('share_application as application', 'application.id', 'file.application')
    .select(['file.id', 'file.state', 'file.bytes', 'file.sha256'])
    .select(['file.media_type as mediaType', 'file.announced_at as announcedAt'])
    .where((eb) =>
      eb.or([
        eb('file.state', '=', 'ANNOUNCED'),
        eb.and([eb('file.state', '=', 'STORED'), eb('application.closed_at', '<', new Date(now - KEPT_DAYS * DAY_MS))]),
      ]),
    )
    .orderBy('file.id')
    .execute();
  return settleFiles(files, folder, now, (id, state) =>
    tables.updateTable('application_file').set({ state }).where('id', '=', id).execute(),
  );
}
