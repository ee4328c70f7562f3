import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HubError } from '../shared/kernel/index.js';
import { inheritedEnvironment } from './config.js';

/** How long the gateway may take to answer what is under way before it is killed, milliseconds. */
const STOP_MS = 40_000;

/** What a prepared gateway is told when everything it needs is there. */
export interface GatewayOrder {
  /** List of subgraphs. */
  readonly config: string;
  /** Settings that were not known when its process began. */
  readonly env: Readonly<Record<string, string>>;
}
export interface PreparedGateway {
  /** Lets it serve, and from then on starts it again when it dies, at most once a second.
   *  @returns its address
   *  @throws HubError NOT_READY when it cannot start; its own message is already on standard error */
  serve(order: GatewayOrder & { readonly onRestart: (why: string) => void }): Promise<string>;
  stop(): Promise<void>;
}

/** Begins the gateway's process, which loads and then waits for its order. */
export function prepareGateway(port: number): PreparedGateway {
  let stopping = false;
  let child = launch(port);
  const obey = (order: GatewayOrder) => {
    const started = child;
    started.send({ config: order.config, env: order.env });
    return new Promise<string>((resolve, reject) => {
      started.once('message', (message: { ready: string }) => resolve(message.ready));
      if (hasEnded(started)) reject(new Error('it has ended'));
      started.once('exit', (code, signal) => reject(new Error(signal ?? `exit code ${code}`)));
    });
  };
  return {
    async serve({ onRestart, ...order }) {
      const watch = () => {
        child.once('exit', (code, signal) => {
          if (stopping) return;
          onRestart(signal ?? `exit code ${code}`);
          void pause(1_000).then(() => {
            if (stopping) return;
            child = launch(port);
            watch();
            obey(order).catch(() => undefined);
          });
        });
      };
      try {
        const url = await obey(order);
        watch();
        return url;
      } catch (cause) {
        throw new HubError('NOT_READY', 'The gateway could not start; its message is above.', {}, { cause });
      }
    },
    async stop() {
      stopping = true;
      if (hasEnded(child)) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}

const launch = (port: number): ChildProcess => {
  const entry = fileURLToPath(new URL('./index.js', import.meta.url));
  const child = fork(entry, ['gateway', '--await', '--port', String(port)], {
    env: inheritedEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // A message to a process that has just died is answered by its exit.
  child.on('error', () => undefined);
  return child;
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
