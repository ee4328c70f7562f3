import { Migration } from '@mikro-orm/migrations';

/** The person behind an officer's account, who may have another account too. */
export class Persons extends Migration {
  override up(): void {
    this.addSql('alter table officer add column person text, add column identity jsonb');
    this.addSql('create index on officer (person) where person is not null');
  }
}
