import { isOutage, SourceFault } from '../sources/source-fault.js';

/** Outages in a row after which calls are refused. */
const MOST_OUTAGES = 5;
/** How long they are, milliseconds; then one call tries. */
const REST_MS = 10_000;

/** Refuses calls to a service that is known to be unwell, so that nobody waits for it. */
export class Breaker {
  private outages = 0;
  private restsUntil = 0;

  /** @param now  milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Carries out a call.
   *  @throws SourceFault LEFT_ALONE where none is made */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.outages >= MOST_OUTAGES) {
      if (this.now() < this.restsUntil) throw new SourceFault('LEFT_ALONE');
      this.restsUntil = this.now() + REST_MS;
    }
    try {
      const result = await call();
      this.outages = 0;
      return result;
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      if (!isOutage(error)) this.outages = 0;
      else if (++this.outages >= MOST_OUTAGES) this.restsUntil = this.now() + REST_MS;
      throw error;
    }
  }
}
