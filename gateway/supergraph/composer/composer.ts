import { fork, type ChildProcess } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import type { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HubError, type ErrorCode } from '../../../shared/kernel/index.js';
import { say } from '../../request/messages/index.js';
import { beyondLimits, tooDeep, type ComposerLimits } from './limits.js';
import type { ResultMessage, TaskMessage, TaskName, Tasks } from './tasks.js';

/** Stack of the process, KiB: four times the usual one, and within what every system gives a process. */
const STACK_KB = 3_900;
/** Part of the heap for what is new. Most of it is needed for a moment only, and costs little where it need not be moved first. */
const YOUNG_PART = 1 / 32;
/** Time without a task after which the process is let go, with all that it keeps of the last graph, milliseconds. */
const IDLE_MS = 15 * 60_000;
/** Times that a task is begun which the process did not survive, for a reason that is not the task's. */
const ATTEMPTS = 2;
/** Characters of its last words that are logged. */
const SAID = 2_000;

/** Has graphs composed in a process of its own, one task after another: what serves requests meanwhile is not delayed.
 *
 *  A process and not a thread, for what is composed comes from others: a process can be ended in the middle of whatever it is at, and
 *  its memory is its own. A thread whose heap is full heeds neither its limit nor its end. */
export class Composer {
  private readonly process: ComposerProcess;
  private readonly jobs = new Set<Job>();
  private isClosed = false;

  constructor(limits: ComposerLimits) {
    this.process = sharedProcess(limits);
  }

  /** Starts the process, so that it is there when the first task comes. */
  warmUp(): void {
    this.process.start();
  }

  /** @throws HubError as the task does; COMPOSITION_FAILED with a code of `limits.ts` when it is beyond them; NOT_READY when the
   *  process cannot be kept alive, or `close` was called */
  async run<N extends TaskName>(task: N, input: Parameters<Tasks[N]>[0]): Promise<ReturnType<Tasks[N]>> {
    if (this.isClosed) throw closed();
    const job = new Job({ task, input });
    this.jobs.add(job);
    try {
      this.process.enqueue(job);
      return (await job.result) as ReturnType<Tasks[N]>;
    } finally {
      this.jobs.delete(job);
    }
  }

  /** Ends the tasks that are under way. */
  close(): void {
    this.isClosed = true;
    for (const job of this.jobs) this.process.withdraw(job, closed());
  }
}

const closed = () => new HubError('NOT_READY', say('http.stopping'));

class Job {
  readonly result: Promise<unknown>;
  readonly members: [string, unknown][] = [];
  attempts = 0;
  resolve!: (value: unknown) => void;
  reject!: (error: HubError) => void;

  constructor(readonly message: TaskMessage) {
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  begin(): void {
    this.attempts++;
    this.members.length = 0;
  }
}

/** The processes of this process by their limits: several gateways in one, as in tests, share one. */
const processes = new Map<string, ComposerProcess>();

function sharedProcess(limits: ComposerLimits): ComposerProcess {
  const key = JSON.stringify(limits);
  const known = processes.get(key) ?? new ComposerProcess(limits);
  processes.set(key, known);
  return known;
}

class ComposerProcess {
  private child: ChildProcess | undefined;
  private readonly waiting: Job[] = [];
  private running: Job | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** It is to be started again when it is at nothing. */
  private isGrown = false;
  /** The end of what it wrote to its error output. */
  private said = '';

  constructor(private readonly limits: ComposerLimits) {}

  enqueue(job: Job): void {
    this.waiting.push(job);
    this.next();
  }

  withdraw(job: Job, error: HubError): void {
    job.reject(error);
    if (job === this.running) this.end();
    else if (this.waiting.includes(job)) this.waiting.splice(this.waiting.indexOf(job), 1);
  }

  start(): ChildProcess {
    if (this.child) return this.child;
    const entry = new URL(`./composer-process${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
    const compiled = getCompileCacheDir();
    const child = fork(entry, [String(this.limits.memoryMb)], {
      execArgv: [
        ...process.execArgv.filter((argument) => !argument.startsWith('--inspect')),
        `--max-old-space-size=${this.limits.memoryMb}`,
        `--max-semi-space-size=${Math.ceil(this.limits.memoryMb * YOUNG_PART)}`,
        `--stack-size=${STACK_KB}`,
      ],
      // It needs none of the hub's settings, and reads what others wrote.
      env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    this.said = '';
    this.isGrown = false;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.said = (this.said + text).slice(-SAID)));
    child.on('message', (message: ResultMessage) => child === this.child && this.receive(message));
    // Sending to a process that has just died fails here too; its exit is what counts.
    child.on('error', () => undefined);
    child.once('exit', (_code, signal) => child === this.child && this.onDeath(signal));
    this.hold(false);
    return child;
  }

  private next(): void {
    if (this.running) return;
    clearTimeout(this.timer);
    if (this.isGrown) this.release();
    this.running = this.waiting.shift();
    if (!this.running) {
      this.timer = setTimeout(() => this.end(), IDLE_MS).unref();
      return;
    }
    this.running.begin();
    this.timer = setTimeout(() => this.fail('COMPOSITION_TOO_SLOW'), this.limits.timeoutMs);
    this.start().send(this.running.message, () => undefined);
    this.hold(true);
  }

  private receive(message: ResultMessage): void {
    if (message.kind === 'grown') {
      this.isGrown = true;
      if (!this.running) this.end();
      return;
    }
    const job = this.running;
    if (!job) return;
    if (message.kind === 'member') {
      job.members.push([message.name, message.value]);
      return;
    }
    if (message.kind === 'end') job.resolve(Object.fromEntries(job.members));
    else if (message.kind === 'too deep') job.reject(tooDeep());
    else {
      const { code, message: text, details } = message;
      job.reject(new HubError(code as ErrorCode, text, details as Readonly<Record<string, unknown>>));
    }
    this.finish();
  }

  private fail(code: Parameters<typeof beyondLimits>[0]): void {
    this.running?.reject(beyondLimits(code, this.limits));
    this.end();
  }

  private onDeath(signal: NodeJS.Signals | null): void {
    this.child = undefined;
    const job = this.running;
    this.running = undefined;
    if (job) {
      // V8 aborts a process whose heap is full.
      if (signal === 'SIGABRT') job.reject(beyondLimits('COMPOSITION_TOO_LARGE', this.limits));
      else if (job.attempts < ATTEMPTS) this.waiting.unshift(job);
      else job.reject(died(this.said));
    }
    this.next();
  }

  /** Ends the process, and with it the task it is at. */
  private end(): void {
    this.release();
    this.finish();
  }

  private release(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
    this.isGrown = false;
  }

  private finish(): void {
    this.running = undefined;
    this.hold(false);
    this.next();
  }

  /** Keeps this process alive while a task is under way, and not for the sake of an idle one. */
  private hold(isHeld: boolean): void {
    const { child } = this;
    for (const each of [child, child?.channel, child?.stderr as Socket | null | undefined])
      if (isHeld) each?.ref();
      else each?.unref();
  }
}

function died(said: string): HubError {
  const message = 'The process that composes graphs ended. It is started again.';
  const cause = said === '' ? undefined : new Error(said);
  return new HubError('NOT_READY', message, { errors: [{ code: 'COMPOSER_FAILED', message }] }, { cause });
}
