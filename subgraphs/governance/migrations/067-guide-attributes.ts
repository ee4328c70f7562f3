import { Migration } from '@mikro-orm/migrations';

/** Attributes of the national guide that an entry had no place for: format type, condition of openness, decimal places. */
export class GuideAttributes extends Migration {
  override up(): void {
    this.addSql('alter table catalogue_resource add column format_type text, add column openness_condition text');
    this.addSql('alter table catalogue_item add column scale integer');
  }
}
