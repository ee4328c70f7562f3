import { Migration } from '@mikro-orm/migrations';

/** The department that gave a grant of its data stands in the grant: it sees what it has given. */
export class GrantProvider extends Migration {
  override up(): void {
    this.addSql('alter table share_grant add column provider text');
    this.addSql(`
      update share_grant set provider = (
        select provider from application_track where grant_id = share_grant.id order by application_track.id limit 1)`);
    this.addSql('create index on share_grant (provider, id)');
  }
}
