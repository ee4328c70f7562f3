/** Counts the uses of grants with a daily quota, for all gateways together. A day is one of `TIME_ZONE`, by the clock of the
 *  ledger; no gateway's clock counts. Every method rejects while the count cannot be relied on. */
export interface QuotaLedger {
  /** Uses of the day, by grant id. Takes nothing. */
  used(grants: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Takes uses, all or none.
   *  @param limit  uses a day that the grant allows
   *  @returns the local date that they count for; undefined where fewer are left */
  take(grant: string, uses: number, limit: number): Promise<string | undefined>;
  /** Gives back uses that were taken on a day and not made. */
  giveBack(grant: string, uses: number, day: string): Promise<void>;
}

/** The ledger of a gateway without a governance database: what has a quota is refused. */
export const NO_LEDGER: QuotaLedger = {
  used: () => Promise.reject(new Error('this gateway has no ledger of quotas')),
  take: () => Promise.reject(new Error('this gateway has no ledger of quotas')),
  giveBack: async () => undefined,
};
