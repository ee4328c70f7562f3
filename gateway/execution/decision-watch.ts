import { requireSameCaller } from '../identity/resolve-caller.js';
import type { DecisionContext } from '../permission/decision-context.js';
import { requireTrustedDocument } from '../permission/trusted-documents.js';
import type { Decider } from '../permission/decider.js';
import type { Caller } from '../../shared/kernel/index.js';
import type { GovernanceFeed } from '../../shared/read-model/read-model.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { Operation } from '../request/operation.js';
import { nameCharges, type ReleaseLimits, type Verdict } from '../request/verdict.js';

/** Longest delay that a timer takes; what ends later ends after any request. */
const TIMER_LIMIT = 2 ** 31 - 1;

/** Watches the decision on an operation while it runs: a revocation, a suspension, the end of a grant. Also a lease that
 *  ran out ends it, since nothing may rest on a view that cannot be confirmed.
 *  @source share-rules section 3 (6) */
export class DecisionWatch implements Disposable {
  private readonly abort = new AbortController();
  private readonly unsubscribe: () => void;
  private timer: NodeJS.Timeout | undefined;
  private endsAt: number;
  private withdrawn: Withdrawal | undefined;
  private disposed = false;
  /** Department to which a reform has taken the caller meanwhile. */
  private moved: { readonly department: string | undefined } | undefined;

  constructor(
    private readonly feed: GovernanceFeed,
    private readonly decider: Decider,
    private readonly operation: Operation,
    /** Governance as it was last looked at. */
    private context: DecisionContext,
    private readonly caller: Caller | undefined,
    private verdict: Verdict,
  ) {
    this.endsAt = endOf(verdict);
    this.unsubscribe = feed.subscribe(this.look);
    this.waitForEnd();
  }

  /** Aborted once the decision no longer holds. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Looks at governance as it is now.
   *  @returns  the decision that is right now, where the first one gives more; undefined while that one holds
   *  @throws HubError GRANTS_STALE, CALLER_SUSPENDED, CALLER_UNKNOWN, OPERATION_NOT_TRUSTED */
  async findWithdrawal(): Promise<Withdrawal | undefined> {
    if (this.withdrawn) return this.withdrawn;
    const fresh = this.feed.fresh();
    const now = Date.now();
    if (fresh === this.context.snapshot && now < this.endsAt) return undefined;
    const snapshot = fresh ?? (await this.feed.current());
    try {
      const department = this.caller
        ? requireSameCaller({ ...this.caller, ...this.moved }, this.context.snapshot, snapshot)
        : this.context.department;
      if (department !== this.context.department) this.moved = { department };
      requireTrustedDocument(this.operation, this.caller, snapshot);
      const context: DecisionContext = { ...this.context, department, snapshot, now, used: this.verdict.used };
      const verdict = await this.decider.decide(this.operation, context);
      const isRepeated = nameOf(this.decider, context) !== nameOf(this.decider, this.context);
      if (isRepeated || !givesAll(verdict, this.verdict)) this.withdrawn = { verdict, context, isRepeated };
      else this.endsAt = endOf(verdict);
      this.context = context;
    } catch (error) {
      this.abort.abort();
      throw error;
    }
    if (this.withdrawn) this.abort.abort();
    return this.withdrawn;
  }

  /** The first of these releases that must not be made by governance as it was last looked at. */
  findStopped(releases: readonly Release[]): Release | undefined {
    return this.decider.findStopped(releases, this.context.snapshot, Date.now());
  }

  /** Goes on watching a decision that was narrowed to what is right now. */
  accept(verdict: Verdict): void {
    this.verdict = verdict;
    this.withdrawn = undefined;
    this.endsAt = endOf(verdict);
  }

  private readonly look = async (): Promise<void> => {
    // A failure to look is found again before the answer leaves, where it has somebody to be told to.
    await this.findWithdrawal().catch(() => undefined);
    this.waitForEnd();
  };

  /** A timer may fire before the clock says so, and a newer decision may end at another time: then it waits again. */
  private waitForEnd(): void {
    clearTimeout(this.timer);
    const left = this.endsAt - Date.now();
    if (this.disposed || this.abort.signal.aborted || left > TIMER_LIMIT) return;
    this.timer = setTimeout(this.look, Math.max(left, 1)).unref();
  }

  [Symbol.dispose](): void {
    this.disposed = true;
    this.unsubscribe();
    clearTimeout(this.timer);
  }
}

/** The decision that is right now, and what it rests on. */
export interface Withdrawal {
  readonly verdict: Verdict;
  readonly context: DecisionContext;
  /** Other subjects are protected now: pages and relations of what was fetched may tell of them, so a query is asked anew. */
  readonly isRepeated?: boolean;
}

/** Names whose records are withheld. */
const nameOf = (decider: Decider, context: DecisionContext): string | undefined =>
  decider.findProtections(context)?.name;

const endOf = ({ grants, consents }: Verdict): number =>
  [...grants, ...consents].reduce((end, { until }) => Math.min(end, until), Infinity);

/** True when the newer verdict gives everything that the older one gave, under the same limits. */
function givesAll(newer: Verdict, older: Verdict): boolean {
  for (const site of newer.closed) if (!older.closed.has(site)) return false;
  if (newer.counted !== older.counted && chargesOf(newer) !== chargesOf(older)) return false;
  return newer.limits === older.limits || textOf(newer.limits) === textOf(older.limits);
}

const textOf = ({ scopes = {}, rows = {}, masks = {}, recordless = NO_SITES }: ReleaseLimits): string =>
  JSON.stringify([...[scopes, rows, masks].map((limits) => Object.entries(limits).sort()), [...recordless]]);
const NO_SITES: ReadonlySet<number> = new Set();

/** Whom the values of an answer are charged to: a quota that came meanwhile counts them, too. */
const chargesOf = ({ counted = [] }: Verdict): string =>
  JSON.stringify(counted.map(({ site, charges, atLeast }) => [site, atLeast, nameCharges(charges)]));

/** The verdict for an answer that was fetched under an older one: what either refuses is refused. */
export function narrowVerdict(older: Verdict, newer: Verdict): Verdict {
  const closed = new Set([...older.closed, ...newer.closed]);
  const reasons = new Map(newer.reasons);
  for (const [site, denial] of older.reasons) if (!newer.closed.has(site)) reasons.set(site, denial);
  const denials = newer.denials.slice();
  for (const site of reasons.keys()) denials[site >> 5]! |= 1 << (site & 31);
  const counted = newer.counted?.filter(({ site }) => !closed.has(site));
  return { ...newer, denials, denied: reasons.size, reasons, closed, counted };
}
