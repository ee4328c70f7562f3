import { textIn } from '../../../../shared/kernel/index.js';
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, lstat, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { inTransaction, nextNumber } from '../../core/index.js';
import { isPermitted } from '../../register/index.js';
import { announceByHub } from '../announce-by-hub.js';
import { type Announcement, checkAnnouncement } from '../announcement.rule.js';
import type { LoadRoom } from '../carry-out-load.js';
import { loadingTables } from '../tables.js';
import { type Manifest, readManifest } from './manifest.rule.js';
import { type Inbox, settle } from './settle.js';

export interface DropRoom extends LoadRoom {
  /** Folder with one for each department, and in it one for each subgraph. */
  readonly drops: string;
  /** Largest file that is taken, bytes. */
  readonly mostBytes: number;
}

/** Name under which loads of dropped files stand. */
const DROPPED = 'folder-drop';
const MANIFEST = /^(?!\.).+\.manifest\.json$/;
/** What was written to so recently may not be whole yet, ms. */
const SETTLED_MS = 60_000;

/** Takes the files that front-end machines have dropped, and writes receipts of those that were loaded or refused. It may be
 *  killed at any point: a manifest stays where it is until its receipt is written.
 *  @param now  ms since the epoch */
export async function takeDrops(room: DropRoom, now: number): Promise<void> {
  const failures: unknown[] = [];
  for (const department of await foldersIn(room.drops))
    for (const subgraph of await foldersIn(join(room.drops, department))) {
      const inbox = { department, subgraph, folder: join(room.drops, department, subgraph) };
      // One that cannot be read keeps no other from being taken.
      await lookInto(room, inbox, now).catch((error: unknown) => failures.push(error));
    }
  if (failures.length > 0) throw failures[0];
}

async function lookInto(room: DropRoom, inbox: Inbox, now: number): Promise<void> {
  for (const name of (await readdir(inbox.folder)).filter((each) => MANIFEST.test(each)).sort())
    await look(room, inbox, name, now);
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
}

async function look(room: DropRoom, inbox: Inbox, name: string, now: number): Promise<void> {
  const path = join(inbox.folder, name);
  const isSettled = await wasLeftAlone(path, now);
  const manifest = isSettled === undefined ? 'It is no plain file.' : readManifest(await readFile(path, 'utf8'));
  if (typeof manifest === 'string') {
    // It may still be written.
    if (isSettled !== false)
      await settle(inbox, name, { state: 'REFUSED', code: 'MANIFEST_MALFORMED', message: manifest });
    return;
  }
  const { subgraph, department } = inbox;
  const load = await loadingTables(room.pool)
    .selectFrom('load')
    .select(['id', 'department', 'state', 'sha256', 'mode', 'outcome', 'code', 'message'])
    .where('subgraph', '=', subgraph)
    .where('type', '=', manifest.type)
    .where('key', '=', manifest.key)
    .executeTakeFirst();
  if (!load) return take(room, inbox, name, manifest, now);
  if (load.sha256 !== manifest.sha256 || load.mode !== manifest.mode || load.department !== department)
    return settle(inbox, name, refused('LOAD_KEY_REUSED', `The key was used for ${load.id}.`), manifest.file);
  if (load.state === 'ANNOUNCED') await hand(room, inbox, manifest, load.id);
  if (load.state === 'LOADED' || load.state === 'REFUSED' || load.state === 'EXPIRED') {
    const { id, state, outcome, code, message } = load;
    const report =
      code === 'ROWS_INVALID' || (outcome?.rejected ?? 0) > 0 ? join(room.folder, `${id}.problems.csv`) : undefined;
    await settle(
      inbox,
      name,
      { load: id, state, counts: outcome ?? null, code: code ?? null, message: message ?? null },
      manifest.file,
      report,
    );
  }
}

const refused = (code: string, message: string) => ({ state: 'REFUSED', code, message });

/** Announces a dropped file once it is whole. */
async function take(room: DropRoom, inbox: Inbox, name: string, manifest: Manifest, now: number): Promise<void> {
  const { subgraph, department, folder } = inbox;
  const { file, type } = manifest;
  const path = join(folder, file);
  const isSettled = await wasLeftAlone(path, now);
  const refuse = (code: string, message: string) => settle(inbox, name, refused(code, message), file);
  if (isSettled === undefined) {
    // The manifest may be there before its file.
    if (await wasLeftAlone(join(folder, name), now))
      await refuse('FILE_MISSING', `${file} is not beside it, or is no plain file.`);
    return;
  }
  const { size } = await lstat(path);
  if (size <= room.mostBytes && (await hashOf(path)) !== manifest.sha256) {
    if (isSettled) await refuse('FILE_CHANGED', `${file} has another SHA-256 than its manifest says.`);
    return;
  }
  if (!(await isPermitted(room.pool, subgraph, department)))
    return refuse('PERMIT_UNKNOWN', `${department} has no permit to publish ${subgraph}.`);
  if (!(await room.findTable(room.pool, subgraph, type)))
    return refuse('TABLE_UNKNOWN', `${subgraph}.${type} is no type whose rows the hub keeps, or is not published.`);
  const announcement = { ...manifest, subgraph, bytes: size, fileName: file };
  const problem = checkAnnouncement(announcement, room.mostBytes);
  if (problem) return refuse(problem.code, textIn(problem.message, 'en'));
  await hand(room, inbox, manifest, await announce(room, inbox, announcement, now));
}

async function announce(
  { pool, store }: DropRoom,
  { department }: Inbox,
  announcement: Announcement,
  now: number,
): Promise<string> {
  return inTransaction(pool, async (client, onCommit) => {
    const id = await nextNumber(client, 'load_number', 'L');
    onCommit(await announceByHub(client, store, { ...announcement, id, department, by: DROPPED }, now));
    return id;
  });
}

/** Hands the file over to be loaded. It has its name there once it is whole. */
async function hand(room: DropRoom, { folder }: Inbox, { file }: Manifest, id: string): Promise<void> {
  const target = join(room.folder, id);
  await copyFile(join(folder, file), `${target}.part`, constants.COPYFILE_FICLONE);
  await rename(`${target}.part`, target);
}

/** True for a plain file that nobody has written to for a while; undefined where there is none. */
async function wasLeftAlone(path: string, now: number): Promise<boolean | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ? now - found.mtimeMs > SETTLED_MS : undefined;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
