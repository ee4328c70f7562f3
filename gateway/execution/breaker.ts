/** Fetches in a row that got no answer in their time, after which a subgraph is taken for hung. */
const HANGS = 5;
/** Pause after a trial of a hung subgraph that got no answer either, milliseconds. */
const PAUSE_MS = 1_000;
/** Fetches for each that may be sent again, and how many may be saved up. */
const FETCHES_PER_REPEAT = 10;
const MOST_REPEATS = 20;

/** `trial` is the one fetch that finds out whether a hung subgraph answers again. */
export type Admission = 'asked' | 'trial' | 'refused';

/** Keeps callers from waiting for a subgraph that hangs, one after another: when several in a row have waited in vain, one
 *  fetch at a time tries it, and the others are refused at once. A subgraph that refuses connections keeps nobody waiting, so
 *  it does not count. */
export class Breaker {
  private hangs = 0;
  private trying = false;
  private nextTrial = -Infinity;

  get isOpen(): boolean {
    return this.hangs >= HANGS;
  }

  /** @param now  `performance.now()`, milliseconds */
  admit(now: number): Admission {
    if (!this.isOpen) return 'asked';
    if (this.trying || now < this.nextTrial) return 'refused';
    this.trying = true;
    return 'trial';
  }

  /** @param hung  undefined where nobody waited long enough to tell */
  end(admission: Admission, hung: boolean | undefined, now: number): void {
    if (hung === false) this.hangs = 0;
    else if (hung) this.hangs++;
    if (admission !== 'trial') return;
    this.trying = false;
    this.nextTrial = hung ? now + PAUSE_MS : -Infinity;
  }
}

/** Bounds the fetches that are sent again, so that a subgraph in trouble is not asked twice as much. */
export class RepeatBudget {
  /** In fetches. */
  private saved = MOST_REPEATS * FETCHES_PER_REPEAT;

  /** A fetch was sent for the first time. */
  add(): void {
    this.saved = Math.min(this.saved + 1, MOST_REPEATS * FETCHES_PER_REPEAT);
  }

  /** @returns false where no fetch may be sent again now */
  take(): boolean {
    if (this.saved < FETCHES_PER_REPEAT) return false;
    this.saved -= FETCHES_PER_REPEAT;
    return true;
  }
}
