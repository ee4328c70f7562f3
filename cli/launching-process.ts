import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Id of the process that runs this one as a script, past the shell that npm puts between.
 *  @returns undefined where the system does not tell */
export function findLaunchingProcess(): number | undefined {
  const parent = readProcess(process.ppid);
  return parent && (/(^|\/)-?\w*sh$/.test(parent.command) ? parent.parent : process.ppid);
}

function readProcess(pid: number): { command: string; parent: number } | undefined {
  try {
    const [, command, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { command: command!, parent: Number(parent) };
  } catch {
    // No Linux: the program asks the system.
  }
  try {
    const told = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, command] = /^\s*(\d+)\s+(.*)$/.exec(told.trim()) ?? [];
    return command === undefined ? undefined : { command, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
