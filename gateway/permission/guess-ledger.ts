import type { Coordinate } from '../../shared/kernel/index.js';
import type { GuessLock } from '../request/denial.js';
import type { Comparison } from './comparisons.js';

/** A system of a department, which makes claims. */
export interface Asker {
  readonly department: string;
  readonly system: string;
}
/** A claim that is one too many. */
export interface ExcessClaim {
  readonly item: Coordinate;
  /** Absent where single claims are still compared, and the operation makes more than are left. */
  readonly lock: GuessLock | undefined;
}
/** The comparisons of one operation that were counted, as a number of the system's and by name. */
export interface GuessRun {
  readonly number: string;
  readonly name: string;
}
export interface BegunGuesses {
  /** Of these nothing was counted, nor of others at their places. */
  readonly refused: ReadonlyMap<Comparison, ExcessClaim>;
  /** Under which the system's comparisons are counted; undefined where none was new. */
  readonly run: GuessRun | undefined;
}

/** Counts claims that were not confirmed, for all gateways together. */
export interface GuessLedger {
  /** Counts comparisons as not confirmed before anything is asked. The same claims of one department count once. */
  begin(
    asker: Asker,
    comparisons: readonly Comparison[],
    providerOf: (item: Coordinate) => string,
  ): Promise<BegunGuesses>;
  /** Takes back what was counted of comparisons that were confirmed, and what this run counted of those that came to nothing,
   *  and ends the run. What others have been told meanwhile stays counted. */
  settle(
    department: string,
    run: GuessRun | undefined,
    confirmed: readonly Comparison[],
    failed: readonly Comparison[],
  ): Promise<void>;
}

/** The ledger of a gateway without a governance database: what is metered is refused. */
export const NO_GUESSES: GuessLedger = {
  begin: () => Promise.reject(new Error('this gateway has no ledger of guesses')),
  settle: async () => undefined,
};
