/** Counts the operations of grants with a daily quota. The count is this gateway's; it is restored from the access
 *  records of the day at start, so a restart gives nothing back. */
export class QuotaLedger {
  private readonly used = new Map<string, number>();
  private day = '';
  private dayEnds = 0;
  private readonly format: Intl.DateTimeFormat;

  /** @param timeZone  IANA name of the zone in which a day begins */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-CA', { timeZone });
  }

  /** True when one more operation fits. Counts it when `use` is set. */
  take(grant: string, limit: number, now: number, use: boolean): boolean {
    this.advanceDay(now);
    const count = this.used.get(grant) ?? 0;
    if (count >= limit) return false;
    if (use) this.used.set(grant, count + 1);
    return true;
  }

  /** Counts an operation of an earlier run, when it was today. */
  restore(grant: string, at: number, now: number): void {
    this.advanceDay(now);
    if (this.format.format(at) === this.day) this.used.set(grant, (this.used.get(grant) ?? 0) + 1);
  }

  private advanceDay(now: number): void {
    if (now < this.dayEnds && this.day !== '') return;
    const day = this.format.format(now);
    if (day !== this.day) this.used.clear();
    this.day = day;
    // Checked again every minute at the latest, so that the end of the day needs no time zone arithmetic.
    this.dayEnds = now + 60_000 - (now % 60_000);
  }
}
