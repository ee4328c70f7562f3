import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type pg from 'pg';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../shared/evidence/store/index.js';
import { loadFile, LoadRefusal, type LoadOutcome, type LoadProgress } from '../../../shared/loading/index.js';
import { type FindTable, inTransaction, whileAlone } from '../core/index.js';
import { loadingTables } from './tables.js';

/** What loads are carried out with. */
export interface LoadRoom {
  /** The governance database. */
  readonly pool: pg.Pool;
  /** The database of hosted tables. */
  readonly tables: pg.Pool;
  readonly store: RecordStore;
  /** Folder of the uploaded files and of the reports. */
  readonly folder: string;
  /** Highest share of records that a full load may take away, percent. */
  readonly mostVanished: number;
  /** Time zone of times that name none, IANA name. */
  readonly timeZone: string;
  readonly findTable: FindTable;
  readonly signal?: AbortSignal | undefined;
}

const PROGRESS_MS = 1_000;
/** Times that a load may end the process that is at it. */
const MOST_ATTEMPTS = 5;
/** How long a load waits for its table to become what was published. */
const TABLE_MS = 300_000;
const isRecent = (begun: Date | null | undefined): boolean => Date.now() - (begun?.getTime() ?? 0) < TABLE_MS;

/** Carries out the oldest load that is whole and that nobody else is at. It may be killed at any point: the next call goes on
 *  with it, and what was loaded already is not loaded twice.
 *  @returns  its id; undefined where there is nothing to do
 *  @throws when it cannot be carried out at present; it waits */
export async function carryOutLoad(room: LoadRoom): Promise<string | undefined> {
  const waiting = await loadingTables(room.pool)
    .selectFrom('load')
    .select(['id', 'bytes', 'state'])
    .where('state', 'in', ['ANNOUNCED', 'RECEIVED', 'LOADING'])
    .orderBy('announced_at')
    .orderBy('id')
    .execute();
  let failed: { readonly error: unknown } | undefined;
  for (const { id, bytes, state } of waiting) {
    if (state === 'ANNOUNCED' && (await sizeOf(join(room.folder, id))) !== bytes) continue;
    try {
      if (await whileAlone(room.pool, `carry out ${id}`, () => carryOut(room, id))) return id;
    } catch (error) {
      // One that has to wait keeps no other from being loaded.
      failed ??= { error };
    }
  }
  if (failed) throw failed.error;
  return undefined;
}

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  );

/** @returns  false where another process has ended it */
async function carryOut(room: LoadRoom, id: string): Promise<boolean> {
  const { pool, folder } = room;
  const load = await loadingTables(pool)
    .updateTable('load')
    .set((eb) => ({
      state: 'LOADING',
      begun_at: eb.fn.coalesce('begun_at', sql<Date>`now()`),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', 'in', ['ANNOUNCED', 'RECEIVED', 'LOADING'])
    .returningAll()
    .executeTakeFirst();
  // Another process has ended it between the list and the lock.
  if (!load) return false;
  const file = join(folder, id);
  if (load.content != null) await writeFile(file, load.content, { mode: 0o600 });
  const progress = showProgress(pool, id);
  try {
    const { subgraph, type, key, sha256, format, mode } = load;
    if (load.attempts > MOST_ATTEMPTS) throw new LoadRefusal('LOAD_FAILED');
    const spec = await room.findTable(pool, subgraph, type);
    if (!spec) throw new LoadRefusal('TABLE_MISSING', type);
    const outcome = await loadFile(
      room.tables,
      spec,
      {
        ...{ id, key, file, sha256, format, mode },
        mostRejected: load.most_rejected,
        mostVanished: room.mostVanished,
        reports: { problems: `${file}.problems.csv`, rows: `${file}.rows.csv` },
      },
      {
        timeZone: room.timeZone,
        onProgress: progress.show,
        ...(room.signal && { signal: room.signal }),
      },
    );
    await progress.stop();
    await end(room, load, { state: 'LOADED', outcome });
  } catch (error) {
    await progress.stop();
    // The table follows a publication within seconds.
    const mayChange = error instanceof LoadRefusal && error.code.startsWith('TABLE_') && isRecent(load.begun_at);
    if (!(error instanceof LoadRefusal) || mayChange) {
      await loadingTables(pool)
        .updateTable('load')
        .set({ attempts: load.attempts - 1 })
        .where('id', '=', id)
        .execute();
      throw error;
    }
    await end(room, load, { state: 'REFUSED', code: error.code, message: error.message, english: error.english });
  }
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
  return true;
}

/** Tells about once a second how far a load is. */
function showProgress(pool: pg.Pool, id: string) {
  let last = 0;
  let running: Promise<unknown> = Promise.resolve();
  const show = ({ rows, bytes }: LoadProgress): void => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    running = loadingTables(pool)
      .updateTable('load')
      .set({ rows_read: rows, bytes_read: bytes })
      .where('id', '=', id)
      .where('state', '=', 'LOADING')
      .execute()
      // Progress that is not shown ends no load.
      .catch(() => undefined);
  };
  return { show, stop: () => running };
}

interface EndedLoad {
  readonly id: string;
  readonly subgraph: string;
  readonly type: string;
  readonly department: string;
  readonly mode: string;
  readonly sha256: string;
}
type LoadEnd =
  | { readonly state: 'LOADED'; readonly outcome: LoadOutcome }
  | { readonly state: 'REFUSED'; readonly code: string; readonly message: string; readonly english: string };

/** Records how a load ended, once. */
async function end({ pool, store }: LoadRoom, load: EndedLoad, ended: LoadEnd): Promise<void> {
  const { id, subgraph, type, department, mode, sha256 } = load;
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const isLoaded = ended.state === 'LOADED';
    const row = await loadingTables(client)
      .updateTable('load')
      .set({
        state: ended.state,
        ended_at: sql<Date>`now()`,
        content: null,
        ...(isLoaded
          ? { outcome: JSON.stringify(ended.outcome), rows_read: ended.outcome.rows }
          : { code: ended.code, message: ended.message.slice(0, 2_000), message_en: ended.english.slice(0, 2_000) }),
      })
      .where('id', '=', id)
      .where('state', '=', 'LOADING')
      .returning('id')
      .executeTakeFirst();
    if (!row) return;
    const terms = { subgraph, type, mode, sha256, ...(isLoaded ? { ...ended.outcome } : { code: ended.code }) };
    onCommit(
      await recordActs(store, connection, chain, [
        {
          time: new Date().toISOString(),
          act: isLoaded ? 'LOAD_ROWS' : 'REFUSE_LOAD',
          object: `load/${id}`,
          concerns: [department],
          basis: [],
          terms,
        },
      ]),
    );
  });
}
