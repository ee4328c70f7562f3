import { setImmediate } from 'node:timers/promises';

/** Longest piece of work between two turns of the event loop, milliseconds. */
const SLICE_MS = 8;

/** Lets requests through while something large is done: `if (pacer.isDue) await pacer.pause()` between its steps. */
export class Pacer {
  private began = performance.now();

  get isDue(): boolean {
    return performance.now() - this.began >= SLICE_MS;
  }

  async pause(): Promise<void> {
    await setImmediate();
    this.began = performance.now();
  }
}
