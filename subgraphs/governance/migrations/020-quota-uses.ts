import { Migration } from '@mikro-orm/migrations';

/** Uses of grants with a daily quota, counted by all gateways. One row for each grant: its newest day and the uses of that
 *  day. Without a foreign key: a gateway counts what it was told to, and locks no row of governance for it. */
export class QuotaUses extends Migration {
  override up(): void {
    this.addSql(`
      create table quota_use (
        grant_id text primary key,
        day date not null,
        used int not null check (used >= 0)
      )`);
  }
}
