import { Migration } from '@mikro-orm/migrations';

/** The process that is at a pull, for a while that it renews: no connection is held while the source is read. */
export class PullLeases extends Migration {
  override up(): void {
    this.addSql('alter table pull add column held_by uuid, add column held_until timestamptz');
  }
}
