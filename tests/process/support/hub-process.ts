import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { inheritedEnvironment } from '../../support/config.js';

/** A `sharehub` command that runs as a process of its own, the leader of its own process group as in a terminal. */
export interface HubProcess {
  readonly child: ChildProcess;
  /** Resolves with the first line on standard output that matches. Rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Sends a signal to every process of its group, as a terminal does. */
  signalGroup(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

export const startHubProcess = (args: readonly string[], env: Readonly<Record<string, string>>): HubProcess =>
  startProcess(process.execPath, ['dist/cli/index.js', ...args], env);

/** Runs any program as the leader of a process group. */
export function startProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): HubProcess {
  const child = spawn(program, args, {
    detached: true,
    env: { ...inheritedEnvironment(), LOG_LEVEL: 'fatal', DEMO_LIBRARIES: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let stderr = '';
  let isOver = false;
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => {
      isOver = true;
      for (const look of waiting) look();
      resolve({ code, stderr });
    }),
  );
  return {
    child,
    ended,
    signalGroup: (signal) => void process.kill(-child.pid!, signal),
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => pattern.test(line));
          if (found === undefined && !isOver) return;
          waiting.delete(look);
          if (found === undefined) reject(new Error(`it ended before it said ${pattern}: ${stderr}`));
          else resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A data folder that PostgreSQL's own account can enter, so that everything of a hub is in it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sharehub-process-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Processes whose command line or environment names the folder, other than this one; PostgreSQL's parts among them. */
export function findProcessesOf(folder: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (command === '' || !(command + readFileSync(`/proc/${pid}/environ`, 'utf8')).includes(folder)) return [];
      return [`${pid} ${command.replaceAll('\0', ' ')}`];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

/** Waits until no process of the folder is left; what still runs after half a minute is returned. */
export async function waitUntilGone(folder: string): Promise<string[]> {
  for (let left = 300; left > 0; left--) {
    if (findProcessesOf(folder).length === 0) return [];
    await pause(100);
  }
  return findProcessesOf(folder);
}
