import { Migration } from '@mikro-orm/migrations';

/** Why a file was not loaded, in English beside the Chinese. */
export class LoadMessages extends Migration {
  override up(): void {
    this.addSql('alter table load add message_en text');
  }
}
