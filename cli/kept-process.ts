import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from './config.js';

/** How long a process may take to end what is under way before it is killed, milliseconds. */
const STOP_MS = 40_000;

/** A process of this command that is started again when it dies, at most once a second. */
export class KeptProcess {
  private child: ChildProcess;
  private stopping = false;

  /** Starts it at once; it is kept from `keep` on.
   *  @param args  what stands after the command's name
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

  /** Starts it again whenever it ends, until `stop`.
   *  @param onRestart  told why it ended
   *  @param begun      told of each new process */
  keep(onRestart: (why: string) => void, begun: (child: ChildProcess) => void = () => undefined): void {
    const again = async (code: number | null, signal: NodeJS.Signals | null): Promise<void> => {
      if (this.stopping) return;
      onRestart(signal ?? `exit code ${code}`);
      await pause(1_000);
      if (this.stopping) return;
      this.child = this.launch();
      this.child.once('exit', again);
      begun(this.child);
    };
    this.child.once('exit', again);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (hasEnded(this.child)) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const patience = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(patience);
  }

  private launch(): ChildProcess {
    const entry = fileURLToPath(new URL('./index.js', import.meta.url));
    const child = fork(entry, this.args, {
      env: { ...inheritedEnvironment(), ...this.env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // A message to a process that has just died is answered by its exit.
    child.on('error', () => undefined);
    return child;
  }
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
