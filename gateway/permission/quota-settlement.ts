import type { Grant } from '../../shared/kernel/index.js';
import { type Denial } from '../request/denial.js';
import type { CountedSite, WrittenUses } from '../request/verdict.js';
import { allocateUses, type Allocation, type SiteCharge } from './allocate-uses.rule.js';
import type { QuotaLedger } from './quota-ledger.js';
import { toQuotaExceeded, toQuotaUnavailable } from './quota-denials.js';

/** Tries to take uses while others take them as well. Each failed try means that somebody else has taken some. */
const TRIES = 50;

/** Takes the uses of one answer before it leaves, and gives them back when it does not.
 *  @source share-rules section 2 */
export class QuotaSettlement {
  private readonly taken: { readonly grant: string; uses: number; readonly day: string }[] = [];

  /** @param used  uses of the day by grant id, as the decision saw them */
  constructor(
    private readonly ledger: QuotaLedger,
    private used: ReadonlyMap<string, number> = new Map(),
  ) {}

  /** Makes what is taken equal to what is written: takes what lacks, gives back the rest.
   *  @returns the sites whose values must not leave, with the reason; none of their uses is taken */
  async settle(
    counted: readonly CountedSite[],
    written: ReadonlyMap<number, WrittenUses>,
  ): Promise<ReadonlyMap<number, Denial>> {
    const charges = counted.map(({ site, atLeast, charges }): SiteCharge => {
      const { places = 0, values = 0 } = written.get(site) ?? {};
      return { site, charges, uses: Math.max(values, places * atLeast) };
    });
    const limits = new Map(charges.flatMap((site) => site.charges.flat()).map((grant) => [grant.id, grant]));
    try {
      const { refused } = await this.allocate(charges, limits);
      return new Map(
        [...refused].map(([site, grant]) => [site, toQuotaExceeded(itemOf(counted, site), grant, this.left(grant))]),
      );
    } catch {
      // A take without an answer is not given back: it may never have been made, and nothing is ever given twice.
      await this.giveBack().catch(() => undefined);
      return new Map(
        charges
          .filter(({ uses }) => uses > 0)
          .map(({ site, charges }) => [site, toQuotaUnavailable(itemOf(counted, site), charges[0]![0]!)]),
      );
    }
  }

  /** Uses that are taken now, by grant id. */
  get uses(): ReadonlyMap<string, number> {
    return new Map(this.taken.map(({ grant }) => [grant, this.held(grant)]));
  }

  /** Gives back everything, since the answer does not leave. A failure leaves it taken. */
  async giveBack(): Promise<void> {
    for (const { grant, uses, day } of this.taken.splice(0)) await this.ledger.giveBack(grant, uses, day);
  }

  private async allocate(charges: readonly SiteCharge[], limits: ReadonlyMap<string, Grant>): Promise<Allocation> {
    let isFresh = false;
    for (let tries = 0; tries < TRIES; tries++) {
      const allocation = allocateUses(charges, (grant) => this.left(grant));
      const fits = allocation.refused.size === 0 || isFresh;
      if (fits && (await this.hold(allocation.uses, limits))) return allocation;
      this.used = await this.ledger.used([...limits.keys()]);
      isFresh = true;
    }
    throw new Error('the quota was contended for too long');
  }

  private left({ id, quotaPerDay = 0 }: Grant): number {
    return quotaPerDay - (this.used.get(id) ?? quotaPerDay) + this.held(id);
  }

  private held(id: string): number {
    return this.taken.reduce((total, { grant, uses }) => total + (grant === id ? uses : 0), 0);
  }

  /** @returns false when one of the grants has too few uses left; others may have been taken then */
  private async hold(uses: ReadonlyMap<string, number>, limits: ReadonlyMap<string, Grant>): Promise<boolean> {
    for (const [id, wanted] of uses) {
      const lacking = wanted - this.held(id);
      if (lacking <= 0) continue;
      const day = await this.ledger.take(id, lacking, limits.get(id)!.quotaPerDay!);
      if (day === undefined) return false;
      this.taken.push({ grant: id, uses: lacking, day });
      this.used = new Map([...this.used, [id, (this.used.get(id) ?? 0) + lacking]]);
    }
    for (const one of this.taken) {
      const surplus = Math.min(one.uses, this.held(one.grant) - (uses.get(one.grant) ?? 0));
      if (surplus <= 0) continue;
      await this.ledger.giveBack(one.grant, surplus, one.day);
      one.uses -= surplus;
      this.used = new Map([...this.used, [one.grant, this.used.get(one.grant)! - surplus]]);
    }
    return true;
  }
}

const itemOf = (counted: readonly CountedSite[], site: number) => counted.find((one) => one.site === site)!.item;
