import { Migration } from '@mikro-orm/migrations';

/** Since when each party has suspended a grant. */
export class SuspensionTimes extends Migration {
  override up(): void {
    this.addSql(`alter table share_grant add column platform_since timestamptz, add column consumer_since timestamptz,
      add column provider_since timestamptz`);
  }
}
