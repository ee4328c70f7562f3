import { Migration } from '@mikro-orm/migrations';

/** Sessions of persons at the hub's own pages. */
export class PageSessions extends Migration {
  override up(): void {
    this.addSql(`
      create table page_session (
        id_hash text primary key,
        tokens text not null,
        seen timestamptz not null,
        ends timestamptz not null
      )`);
  }
}
