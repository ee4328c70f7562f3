const QUARTER = 900_000;

/** Calendar days in one time zone. Asking the calendar costs far more than counting a record, so what it said of a
 *  quarter of an hour is kept: no zone changes its day within one. */
export class LocalDays {
  private readonly format: Intl.DateTimeFormat;
  private quarter = NaN;
  private day = '';

  /** @param timeZone  IANA name */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  }

  /** @param instant  milliseconds since the epoch
   *  @returns        the local day, YYYY-MM-DD */
  of(instant: number): string {
    const quarter = Math.floor(instant / QUARTER);
    if (quarter !== this.quarter) [this.quarter, this.day] = [quarter, this.format.format(instant)];
    return this.day;
  }
}
