import { fork, type ChildProcess } from 'node:child_process';
import type { PlannerReply, PlannerRequest } from './planner-messages.js';

/** The planner process ended, or was ended, before it answered. */
export class PlannerDied extends Error {}

/** One planner process and the one request it works on. Requests go one at a time, so that a death has one cause. */
export class PlannerLink {
  private readonly child: ChildProcess;
  private waiting:
    { resolve(reply: PlannerReply): void; reject(error: Error): void; timer: NodeJS.Timeout } | undefined;
  private readonly ended: Promise<void>;
  alive = true;

  constructor(onStderr: (text: string) => void) {
    const unbuilt = import.meta.url.endsWith('.ts');
    this.child = fork(new URL(unbuilt ? './planner-process.ts' : './planner-process.js', import.meta.url), {
      // Nothing of the hub's own flags or secrets: the planner needs neither.
      execArgv: unbuilt ? ['--disable-warning=ExperimentalWarning'] : [],
      env: { PATH: '' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', onStderr);
    this.child.on('message', (reply: PlannerReply) => this.settle((waiting) => waiting.resolve(reply)));
    this.child.on('error', (error) => this.died(error.message));
    this.ended = new Promise((resolve) => {
      this.child.on('exit', (code, signal) => {
        this.died(`the planner process ended with ${signal ?? code}`);
        resolve();
      });
    });
    // The planner alone does not keep the hub running.
    this.child.unref();
    this.child.channel?.unref();
  }

  get pid(): number | undefined {
    return this.alive ? this.child.pid : undefined;
  }

  /** @throws PlannerDied when the process ends first, or the time is over (the process is then ended) */
  ask(request: PlannerRequest, timeout: number): Promise<PlannerReply> {
    return new Promise((resolve, reject) => {
      if (!this.alive) return reject(new PlannerDied('the planner process is not running'));
      const timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        // At once, so that the next request goes to another process and not to one that is about to end.
        this.died('the planner process took too long');
      }, timeout);
      this.waiting = { resolve, reject, timer };
      this.child.send(request, (error) => error && this.child.kill('SIGKILL'));
    });
  }

  async close(): Promise<void> {
    if (!this.alive) return;
    this.child.ref();
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private died(reason: string): void {
    this.alive = false;
    this.settle((waiting) => waiting.reject(new PlannerDied(reason)));
  }

  private settle(how: (waiting: NonNullable<PlannerLink['waiting']>) => void): void {
    const waiting = this.waiting;
    if (!waiting) return;
    this.waiting = undefined;
    clearTimeout(waiting.timer);
    how(waiting);
  }
}
