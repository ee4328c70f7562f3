import { Migration } from '@mikro-orm/migrations';

/** Scenarios have a legal basis, and end. */
export class Scenarios extends Migration {
  override up(): void {
    this.addSql(`alter table scenario add column basis jsonb not null default '[]', add column ended_at timestamptz`);
  }
}
