import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { tryLockFile } from '../../shared/files/try-lock-file.js';
import { HubError } from '../../shared/kernel/index.js';

const Holder = z.object({ pid: z.number(), since: z.string() });

/** Takes a data folder for the hub that this process starts. One hub runs on a folder: a second would rewrite its list of
 *  subgraphs and share its keys and chains of evidence. The lock ends with the process, however that ends.
 *  @returns releases the folder
 *  @throws HubError DATA_DIR_IN_USE naming the process that holds it; CONFIG_INVALID when it cannot be written */
export function lockDataDir(dataDir: string): () => void {
  const folder = resolve(dataDir);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code;
    const message = `DATA_DIR ${folder} cannot be written (${why}). Choose another folder.`;
    throw new HubError('CONFIG_INVALID', message, { setting: 'DATA_DIR' }, { cause });
  }
  const holderFile = join(folder, 'hub.json');
  const release = tryLockFile(join(folder, 'hub.lock'));
  if (!release) throw inUse(folder, readHolder(holderFile));
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return release;
}

function readHolder(file: string): z.infer<typeof Holder> | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // it is being written
  }
}

function inUse(folder: string, holder: z.infer<typeof Holder> | undefined): HubError {
  const who = holder ? `process ${holder.pid}, running since ${holder.since}` : 'another process';
  return new HubError(
    'DATA_DIR_IN_USE',
    `A hub runs on DATA_DIR ${folder} already: ${who}. Stop it first, or set DATA_DIR to another folder. Nothing was started.`,
    { setting: 'DATA_DIR', ...holder },
  );
}
