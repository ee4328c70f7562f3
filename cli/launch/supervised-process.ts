import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from '../config.js';

/** Time for a process to finish its work before it is killed, milliseconds. */
const STOP_MS = 40_000;

export interface ProcessOptions {
  /** Settings beside the inherited ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Port of 127.0.0.1 on which a debugger may attach. */
  readonly inspectPort?: number | undefined;
  /** Once aborted, `stop` kills it without waiting for what it is at. */
  readonly hurrying?: AbortSignal | undefined;
}

/** A process of this command that is restarted when it dies, at most once a second. */
export class SupervisedProcess {
  private child: ChildProcess;
  private isStopping = false;
  private restartReason: string | undefined;

  /** Starts it at once; it is restarted from `supervise` on.
   *  @param args  arguments after the command's name */
  constructor(
    private readonly args: readonly string[],
    private readonly options: ProcessOptions = {},
  ) {
    this.child = this.launch();
  }

  get current(): ChildProcess {
    return this.child;
  }

  /** Restarts it whenever it ends, until `stop`.
   *  @param onRestart  called with the reason of its end
   *  @param onLaunch   called with each new process */
  supervise(onRestart: (why: string) => void, onLaunch: (child: ChildProcess) => void = () => undefined): void {
    const relaunch = async (code: number | null, signal: NodeJS.Signals | null): Promise<void> => {
      if (this.isStopping) return;
      const wanted = this.restartReason;
      this.restartReason = undefined;
      onRestart(wanted ?? signal ?? `exit code ${code}`);
      if (wanted === undefined) await pause(1_000);
      if (this.isStopping) return;
      this.child = this.launch();
      this.child.once('exit', relaunch);
      onLaunch(this.child);
    };
    this.child.once('exit', relaunch);
  }

  /** Ends it so that it is started again at once; one that is between two runs is about to start anyway.
   *  @param reason  for `onRestart` */
  restart(reason: string): void {
    if (hasEnded(this.child)) return;
    this.restartReason = reason;
    this.child.kill('SIGTERM');
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (hasEnded(this.child)) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const kill = () => void this.child.kill('SIGKILL');
    const timer = setTimeout(kill, STOP_MS);
    if (this.options.hurrying?.aborted) kill();
    this.options.hurrying?.addEventListener('abort', kill, { once: true });
    await ended;
    clearTimeout(timer);
  }

  private launch(): ChildProcess {
    const { env, inspectPort } = this.options;
    const entry = fileURLToPath(new URL('../index.js', import.meta.url));
    const child = fork(entry, this.args, {
      env: { ...inheritedEnvironment(), ...env },
      execArgv:
        inspectPort === undefined ? process.execArgv : [...process.execArgv, `--inspect=127.0.0.1:${inspectPort}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Sending to a process that has just died fails here too; its exit is what counts.
    child.on('error', () => undefined);
    return child;
  }
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Waits for the message by which a process says that it can work.
 *  @throws Error when it ends before */
export function receiveReady<T>(child: ChildProcess): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    child.once('message', (message: { ready: T }) => resolve(message.ready));
    if (hasEnded(child)) reject(new Error('it has ended'));
    child.once('exit', (code, signal) => reject(new Error(signal ?? `exit code ${code}`)));
  });
}
