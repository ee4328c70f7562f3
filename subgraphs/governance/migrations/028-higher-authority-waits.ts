import { Migration } from '@mikro-orm/migrations';

/** A dispute that a higher authority settles waits for that one, no longer for everybody with the authority's role. */
export class HigherAuthorityWaits extends Migration {
  override up(): void {
    this.addSql(`
      update application_track set waits_on = '{*higher-authority}'
      where closed_at is null and status = 'COORDINATION'
        and process -> 'escalation' -> (state ->> 'level')::int ->> 'by' = 'higher-authority'`);
  }
}
