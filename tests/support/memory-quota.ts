import type { QuotaLedger } from '../../gateway/permission/quota-ledger.js';

/** A ledger of quotas in memory, for tests in which one gateway counts. */
export class MemoryQuota implements QuotaLedger {
  readonly uses = new Map<string, number>();
  /** Set while the ledger cannot be reached. */
  away = false;
  /** Called before each take. */
  onTake: ((grant: string) => void) | undefined;
  /** Called after uses were given back. */
  onGiveBack: (() => void) | undefined;

  async used(grants: readonly string[]): Promise<ReadonlyMap<string, number>> {
    this.#reach();
    return new Map(grants.map((grant) => [grant, this.uses.get(grant) ?? 0]));
  }

  async take(grant: string, uses: number, limit: number): Promise<string | undefined> {
    this.#reach();
    this.onTake?.(grant);
    const used = (this.uses.get(grant) ?? 0) + uses;
    if (used > limit) return undefined;
    this.uses.set(grant, used);
    return '2026-01-05';
  }

  async giveBack(grant: string, uses: number): Promise<void> {
    this.#reach();
    this.uses.set(grant, this.uses.get(grant)! - uses);
    this.onGiveBack?.();
  }

  #reach(): void {
    if (this.away) throw new Error('the ledger is away');
  }
}
