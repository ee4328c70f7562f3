import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { HubError } from '../../kernel/index.js';
import type { Account } from './account.js';

/** True if the account can enter a folder, judged by the mode of it and of every folder above. */
export function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(path)) {
      const { mode, uid, gid } = statSync(path);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (path === dirname(path)) return true;
  }
}

/** Folder for the cluster: below the data folder, or, where PostgreSQL's own account cannot enter that
 *  (a checkout of root's under a 0700 folder), a folder of its own that it can. The choice is kept in
 *  `postgresql.location`, so the data is found again even when the modes change later.
 *  @throws HubError CONFIG_INVALID when the data folder cannot be written */
export function clusterFolder(dataDir: string, account: Account, log: (line: string) => void): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code;
    throw new HubError(
      'CONFIG_INVALID',
      `DATA_DIR ${resolve(dataDir)} cannot be written (${why}). Choose another folder.`,
      { setting: 'DATA_DIR' },
      { cause },
    );
  }
  const wanted = resolve(dataDir, 'postgresql');
  const pointer = resolve(dataDir, 'postgresql.location');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (existsSync(wanted) || canEnter(dataDir, account)) return wanted;
  const other = join(reachableBase(account), createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  mkdirSync(other, { recursive: true, mode: 0o755 });
  writeFileSync(pointer, join(other, 'postgresql'));
  log(`PostgreSQL's account cannot enter ${dataDir}; its data is kept in ${other}`);
  return join(other, 'postgresql');
}

/** A folder of root's that every account can enter.
 *  @throws HubError DATABASE_UNAVAILABLE when there is none */
export function reachableBase(account: Account): string {
  for (const base of ['/var/lib/sharehub', join(tmpdir(), 'sharehub')]) {
    try {
      mkdirSync(base, { recursive: true });
      chmodSync(base, 0o755);
    } catch {
      continue;
    }
    if (statSync(base).uid === process.getuid?.() && canEnter(base, account)) return base;
  }
  throw new HubError(
    'DATABASE_UNAVAILABLE',
    'PostgreSQL runs under the account "postgres", which cannot enter this checkout. ' +
      'Move the checkout, set DATA_DIR to a folder that every account can enter, or set DATABASE_URL.',
  );
}
