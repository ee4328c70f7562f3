import { Migration } from '@mikro-orm/migrations';

/** What became of an item: it was compared with a claim, or counted. */
export class ArgumentUses extends Migration {
  override up(): void {
    this.addSql(`alter table evidence.item_use drop constraint item_use_part_check`);
    this.addSql(`alter table evidence.item_use add constraint item_use_part_check check
      (part in ('released', 'denied', 'internal', 'masked', 'absent', 'unavailable', 'filtered', 'compared', 'aggregated'))`);
  }
}
