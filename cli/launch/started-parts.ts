import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { StopSignals } from '../run-until-stopped.js';

interface StopLimits {
  /** Longest time for one part to stop, milliseconds, so that one that hangs does not keep the database from stopping. */
  readonly stopMs: number;
  /** The same once the process is told to hurry. */
  readonly hurryMs: number;
}
const LIMITS: StopLimits = { stopMs: 10_000, hurryMs: 1_000 };

type Stop = () => void | Promise<void>;

/** The parts of a hub that were started. They are stopped when the process is told to stop, at whatever step its start is:
 *  first the processes, all at once, because Ctrl-C reaches each of them too; then the other parts, the last one first. */
export class StartedParts {
  private readonly processes: Stop[] = [];
  private readonly parts: { readonly name: string; readonly stop: Stop; readonly bounded: boolean }[] = [];
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly logger: Logger,
    private readonly signals: StopSignals,
    private readonly limits = LIMITS,
  ) {
    // A database that is being filled is stopped under the statement that fills it.
    signals.stopping.addEventListener('abort', () => void this.stop(), { once: true });
  }

  /** Takes a process, which bounds the time of its own stop. */
  async addProcess(process: { stop(): Promise<void> }): Promise<void> {
    if (!this.stopped) return void this.processes.push(() => process.stop());
    await process.stop();
    this.signals.stopping.throwIfAborted();
  }

  /** Takes a part that has started. One that comes after the others were stopped is stopped at once.
   *  @throws the reason for which the hub stops, in that case */
  add(name: string, stop: Stop): Promise<void> {
    return this.take(name, stop, true);
  }

  /** Takes the database, which is given the time it needs, so that it is never left behind.
   *  @throws as `add` */
  addDatabase(server: { stop(): Promise<void> }): Promise<void> {
    return this.take('database', () => server.stop(), false);
  }

  /** Stops everything. Never rejects. */
  stop(): Promise<void> {
    return (this.stopped ??= this.stopAll());
  }

  private async take(name: string, stop: Stop, bounded: boolean): Promise<void> {
    if (!this.stopped) return void this.parts.push({ name, stop, bounded });
    await this.stopPart(name, stop, bounded);
    this.signals.stopping.throwIfAborted();
  }

  private async stopAll(): Promise<void> {
    await Promise.all(this.processes.map((stop) => this.stopPart('process', stop, false)));
    for (let part = this.parts.pop(); part; part = this.parts.pop())
      await this.stopPart(part.name, part.stop, part.bounded);
  }

  private async stopPart(name: string, stop: Stop, bounded: boolean): Promise<void> {
    try {
      const stopping = Promise.resolve(stop());
      await (bounded ? Promise.race([stopping, this.failWhenLate()]) : stopping);
    } catch (err) {
      this.logger.warn({ err, part: name }, 'a part of the hub did not stop');
    }
  }

  private async failWhenLate(): Promise<never> {
    const { stopMs, hurryMs } = this.limits;
    await pause(stopMs, undefined, { signal: this.signals.hurrying, ref: false }).catch(() =>
      pause(hurryMs, undefined, { ref: false }),
    );
    throw new Error('it did not stop in time');
  }
}
