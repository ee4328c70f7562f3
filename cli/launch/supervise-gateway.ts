import type { ChildProcess } from 'node:child_process';
import { HubError } from '../../shared/kernel/index.js';
import { receiveReady, SupervisedProcess, type ProcessOptions } from './supervised-process.js';

/** Settings that the gateway's process waits for before it serves. */
export interface GatewayOrder {
  /** List of subgraphs. */
  readonly config: string;
  /** Addresses of the subgraphs that were started with it, by name; they may differ from the list's. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Settings that were not known when its process began. */
  readonly env: Readonly<Record<string, string>>;
}
export interface SupervisedGateway {
  /** Lets it serve, and restarts it from then on when it dies.
   *  @returns its address
   *  @throws HubError NOT_READY when it cannot start; its own message is already on standard error */
  serve(order: GatewayOrder & { readonly onRestart: (why: string) => void }): Promise<string>;
  /** Ends it so that it is started again at once. */
  restart(reason: string): void;
  stop(): Promise<void>;
}

/** Begins the gateway's process, which loads its modules and then waits for its order. */
export function superviseGateway(
  port: number,
  options: Pick<ProcessOptions, 'inspectPort' | 'hurrying'> = {},
): SupervisedGateway {
  const gateway = new SupervisedProcess(['gateway', '--await', '--port', String(port)], options);
  return {
    async serve({ onRestart, ...order }) {
      try {
        const url = await sendOrder(gateway.current, order);
        // A restarted gateway that fails again ends, and its end is reported by the next restart.
        gateway.supervise(onRestart, (child) => void sendOrder(child, order).catch(() => undefined));
        return url;
      } catch (cause) {
        throw new HubError('NOT_READY', 'The gateway could not start; its message is above.', {}, { cause });
      }
    },
    restart: (reason) => gateway.restart(reason),
    stop: () => gateway.stop(),
  };
}

/** @returns the address at which the gateway serves */
function sendOrder(child: ChildProcess, order: GatewayOrder): Promise<string> {
  child.send(order);
  return receiveReady<string>(child);
}
