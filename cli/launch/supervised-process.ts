import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from '../config.js';

/** Time for a process to finish its work before it is killed, milliseconds. */
const STOP_MS = 40_000;

/** A process of this command that is restarted when it dies, at most once a second. */
export class SupervisedProcess {
  private child: ChildProcess;
  private isStopping = false;

  /** Starts it at once; it is restarted from `supervise` on.
   *  @param args  arguments after the command's name
   *  @param env   settings beside the inherited ones */
  constructor(
    private readonly args: readonly string[],
    private readonly env: Readonly<Record<string, string>> = {},
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
    const restart = async (code: number | null, signal: NodeJS.Signals | null): Promise<void> => {
      if (this.isStopping) return;
      onRestart(signal ?? `exit code ${code}`);
      await pause(1_000);
      if (this.isStopping) return;
      this.child = this.launch();
      this.child.once('exit', restart);
      onLaunch(this.child);
    };
    this.child.once('exit', restart);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (hasEnded(this.child)) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  }

  private launch(): ChildProcess {
    const entry = fileURLToPath(new URL('../index.js', import.meta.url));
    const child = fork(entry, this.args, {
      env: { ...inheritedEnvironment(), ...this.env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Sending to a process that has just died fails here too; its exit is what counts.
    child.on('error', () => undefined);
    return child;
  }
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
