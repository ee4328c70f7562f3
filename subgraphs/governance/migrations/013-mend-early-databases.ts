import { Migration } from '@mikro-orm/migrations';

/** Migrations 002, 005 and 008 were edited after they had run. This brings a database that ran an early version of them
 *  to the state of a fresh one, and changes nothing in any other. */
export class MendEarlyDatabases extends Migration {
  override up(): void {
    // Before 8902e97 the second check called to_regclass again, which answered from before the lock: of two writers that
    // opened one month at once, the second failed.
    this.addSql(`
      create or replace function evidence.open_month(m date) returns void language plpgsql as $$
      declare part text := 'record_' || to_char(m, 'YYYY_MM');
      begin
        if to_regclass('evidence.' || part) is not null then return; end if;
        perform pg_advisory_xact_lock(7365);
        -- Read from pg_class: to_regclass may repeat its answer from before the lock was held.
        if exists (select from pg_class where relname = part and relnamespace = 'evidence'::regnamespace) then return; end if;
        -- Attaching takes a lock that readers do not mind; creating the partition in place would stop them.
        execute format('create table evidence.%I (like evidence.record including all)', part);
        execute format('alter table evidence.record attach partition evidence.%I for values from (%L) to (%L)',
                       part, m, (m + interval '1 month')::date);
      end $$`);
    // Before f649c63 this index was missing.
    this.addSql('create index if not exists daily_department_items_day_idx on evidence.daily (department, items, day)');
    // Before 46dd530 there was a column that nothing has read or written since.
    this.addSql('alter table published_item drop column if exists identity');
  }
}
