import { setTimeout as pause } from 'node:timers/promises';
import { isRunByNpm } from './config.js';
import { findLaunchingProcess, isAlive } from './launching-process.js';

/** Longest time for stopping, milliseconds: children finish what they answer, then the database stops. */
const STOP_MS = 60_000;
/** Longest time from a second signal to the end, milliseconds: the database still stops in order. */
const HURRY_MS = 15_000;
/** Interval at which a command started by npm checks that npm still runs, milliseconds. */
const PARENT_MS = 500;
/** Exit code of a process that was told to stop before it had done its work, as shells give it for Ctrl-C. */
const INTERRUPTED = 130;

/** Signals that stop a process. */
export interface StopSignals {
  /** Aborted by the first signal; a start that is under way gives up. */
  readonly stopping: AbortSignal;
  /** Aborted by the second signal: nothing more is finished, only put away. */
  readonly hurrying: AbortSignal;
}

/** Starts a process's work, waits until the process is told to stop (Ctrl-C, SIGTERM, SIGHUP, a closed terminal, the end
 *  of its parent, or a fault that nobody caught), then stops the work. It listens before it starts, because a reader of the
 *  ready line may stop the process at once. A second signal hurries the stop; no signal skips it, because what the work
 *  started would be left behind.
 *  @param start   resolves with a function that stops the work; on `stopping` it undoes what it did, and rejects
 *  @param reload  true where SIGHUP means something else to the work */
export async function runUntilStopped(
  start: (signals: StopSignals) => Promise<() => Promise<void>>,
  { reload = false }: { reload?: boolean } = {},
): Promise<void> {
  const stopping = new AbortController();
  const hurrying = new AbortController();
  let fault: Error | undefined;
  let forced: NodeJS.Timeout | undefined;
  const forceAfter = (ms: number) => {
    clearTimeout(forced);
    forced = setTimeout(() => process.exit(INTERRUPTED), ms);
    forced.unref();
  };
  const stopSignal = new Promise<void>((resolve) => {
    const onSignal = () => {
      if (stopping.signal.aborted) {
        if (hurrying.signal.aborted) return;
        hurrying.abort(new Error('stopped'));
        forceAfter(HURRY_MS);
        return;
      }
      forceAfter(STOP_MS);
      stopping.abort(new Error('stopped'));
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, onSignal);
    if (!reload) process.on('SIGHUP', onSignal);
    const onFault = (error: unknown) => {
      fault ??= error instanceof Error ? error : new Error(String(error));
      if (!stopping.signal.aborted) onSignal();
    };
    process.on('uncaughtException', onFault);
    process.on('unhandledRejection', onFault);
    if (isRunByNpm()) watchNpm(onSignal);
  });
  ignoreClosedTerminal();

  let stop: () => Promise<void>;
  try {
    stop = await start({ stopping: stopping.signal, hurrying: hurrying.signal });
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    if (fault) throw fault;
    process.exit(INTERRUPTED);
  }
  await stopSignal;
  await stop();
  // The channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
  if (fault) throw fault;
  clearTimeout(forced);
}

/** Ends with npm, which hands on some signals and dies of others. */
function watchNpm(onEnd: () => void): void {
  const npm = findLaunchingProcess();
  if (npm === undefined) return;
  void (async () => {
    while (isAlive(npm)) await pause(PARENT_MS, undefined, { ref: false });
    onEnd();
  })();
}

/** Writing to a terminal that was closed fails, and must not end the process before it has put everything away. */
function ignoreClosedTerminal(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
