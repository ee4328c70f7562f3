import { Migration } from '@mikro-orm/migrations';

/** A grant may be for the holders of posts, so the gateway is told when a post changes hands. */
export class GrantParts extends Migration {
  override up(): void {
    this.addSql(`
      create trigger version before insert or update or delete or truncate on appointment
      for each statement execute function next_version()`);
    this.addSql('create index on application_track (grant_id)');
  }
}
