import { Migration } from '@mikro-orm/migrations';

/** Departments can be told of acts of governance, too. */
export class EventWebhooks extends Migration {
  override up(): void {
    this.addSql(
      `alter table evidence.subscription add column stream text not null default 'uses' check (stream in ('uses', 'acts'))`,
    );
  }
}
