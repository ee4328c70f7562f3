import type { ChildProcess } from 'node:child_process';
import { HubError } from '../shared/kernel/index.js';
import { hasEnded, KeptProcess } from './kept-process.js';

/** What a prepared gateway is told when everything it needs is there. */
export interface GatewayOrder {
  /** List of subgraphs. */
  readonly config: string;
  /** Settings that were not known when its process began. */
  readonly env: Readonly<Record<string, string>>;
}
export interface PreparedGateway {
  /** Lets it serve, and from then on starts it again when it dies.
   *  @returns its address
   *  @throws HubError NOT_READY when it cannot start; its own message is already on standard error */
  serve(order: GatewayOrder & { readonly onRestart: (why: string) => void }): Promise<string>;
  stop(): Promise<void>;
}

/** Begins the gateway's process, which loads and then waits for its order. */
export function prepareGateway(port: number): PreparedGateway {
  const kept = new KeptProcess(['gateway', '--await', '--port', String(port)]);
  return {
    async serve({ onRestart, ...order }) {
      try {
        const url = await obey(kept.current, order);
        kept.keep(onRestart, (child) => void obey(child, order).catch(() => undefined));
        return url;
      } catch (cause) {
        throw new HubError('NOT_READY', 'The gateway could not start; its message is above.', {}, { cause });
      }
    },
    stop: () => kept.stop(),
  };
}

function obey(child: ChildProcess, order: GatewayOrder): Promise<string> {
  child.send(order);
  return new Promise<string>((resolve, reject) => {
    child.once('message', (message: { ready: string }) => resolve(message.ready));
    if (hasEnded(child)) reject(new Error('it has ended'));
    child.once('exit', (code, signal) => reject(new Error(signal ?? `exit code ${code}`)));
  });
}
