import type pg from 'pg';
import { settleFiles } from '../../core/index.js';
import { correctionTables } from '../tables.js';

const DAY_MS = 86_400_000;
/** Time for which the files of a closed correction are kept. */
const KEPT_DAYS = 180;

export interface FileRoom {
  /** The governance database. */
  readonly pool: pg.Pool;
  /** Folder of the uploaded files. */
  readonly folder: string;
  /** ms since the epoch. */
  readonly now: number;
}

/** Takes the files of corrections that are whole, and deletes those of corrections that were closed long ago; see `settleFiles`.
 *  @returns number of files that changed their state */
export async function takeFiles({ pool, folder, now }: FileRoom): Promise<number> {
  const tables = correctionTables(pool);
  const files = await tables
    .selectFrom('correction_file as file')
    .innerJoin('correction', 'correction.id', 'file.correction')
    .select(['file.id', 'file.state', 'file.bytes', 'file.sha256'])
    .select(['file.media_type as mediaType', 'file.announced_at as announcedAt'])
    .where((eb) =>
      eb.or([
        eb('file.state', '=', 'ANNOUNCED'),
        eb.and([eb('file.state', '=', 'STORED'), eb('closed_at', '<', new Date(now - KEPT_DAYS * DAY_MS))]),
      ]),
    )
    .orderBy('file.id')
    .execute();
  return settleFiles(files, folder, now, (id, state) =>
    tables.updateTable('correction_file').set({ state }).where('id', '=', id).execute(),
  );
}
