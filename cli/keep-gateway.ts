import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { HubError } from '../shared/kernel/index.js';
import { inheritedEnvironment } from './config.js';

/** How long the gateway may take to answer what is under way before it is killed, milliseconds. */
const STOP_MS = 40_000;

export interface KeptGateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs the gateway in a process of its own and starts it again when it dies, at most once a second.
 *  @throws HubError when it cannot start the first time; its own message is already on standard error */
export async function keepGateway(options: {
  config: string;
  port: number;
  env: Record<string, string>;
  onRestart: (why: string) => void;
}): Promise<KeptGateway> {
  let stopping = false;
  let child: ChildProcess;
  const launch = () => {
    const started = fork(
      fileURLToPath(new URL('./index.js', import.meta.url)),
      ['gateway', '--config', options.config, '--port', String(options.port)],
      { env: { ...inheritedEnvironment(), ...options.env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    child = started;
    return new Promise<string>((resolve, reject) => {
      started.once('message', (message: { ready: string }) => resolve(message.ready));
      started.once('exit', (code, signal) => reject(new Error(signal ?? `exit code ${code}`)));
    });
  };
  const watch = () => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      options.onRestart(signal ?? `exit code ${code}`);
      void pause(1_000).then(() => {
        if (stopping) return;
        launch().catch(() => undefined);
        watch();
      });
    });
  };
  let url: string;
  try {
    url = await launch();
  } catch (cause) {
    throw new HubError('NOT_READY', 'The gateway could not start; its message is above.', {}, { cause });
  }
  watch();
  return {
    url,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}
