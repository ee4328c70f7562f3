import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A hub as a new user starts it, with the demo's data, in an empty folder of its own. */
export interface RunningHub {
  readonly url: string;
  stop(): Promise<void>;
}

/** Ports that a hub takes after its own. */
const PORTS = 12;

/** Starts the built hub (`npm run build`), without the declared libraries where the settings do not ask for them.
 *  @param settings  that differ from the defaults, as environment variables */
export async function startHub(settings: Readonly<Record<string, string>> = {}): Promise<RunningHub> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-browser-'));
  const port = await freePorts(PORTS);
  const child = spawn(process.execPath, ['cli/sharehub.js', 'start'], {
    env: { ...process.env, DEMO_LIBRARIES: 'false', ...settings, PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('ready ')) continue;
    child.stdout.resume();
    return { url: line.slice('ready '.length).trim(), stop };
  }
  await stop();
  throw new Error('The hub ended before it was ready.');
}

/** The first of some ports in a row that nobody uses. */
async function freePorts(count: number): Promise<number> {
  for (let first = 4800; first < 6000; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, at) => isFree(first + at)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('There are no free ports.');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => {
      server.close(() => resolve((server.address() as AddressInfo | null)?.port !== undefined || true));
    });
  });
