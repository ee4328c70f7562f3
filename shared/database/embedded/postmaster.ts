import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Reads `postmaster.pid` of a cluster; undefined when no server runs on it.
 *  Its lines: pid, data folder, start time, port, socket folder, address, shared memory, status. */
export function runningPostmaster(folder: string): { port: number; ready: boolean } | undefined {
  const path = join(folder, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !alive(pid)) return undefined;
  if (isSomethingElse(pid)) {
    // Left by a server that was killed, its number since given to another program (usual in containers).
    rmSync(path, { force: true });
    return undefined;
  }
  return { port: Number(lines[3]), ready: (lines[7] ?? '').trim() === 'ready' };
}

/** The port on which the server was started last; those who use it know it by that. */
export function lastPort(folder: string): number | undefined {
  try {
    const [, port] = /"-p" "(\d+)"/.exec(readFileSync(join(folder, 'postmaster.opts'), 'utf8')) ?? [];
    return port === undefined ? undefined : Number(port);
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux tells what a process is; elsewhere PostgreSQL's own check has to do. */
function isSomethingElse(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres';
  } catch {
    return false;
  }
}
