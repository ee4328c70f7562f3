import { Migration } from '@mikro-orm/migrations';

/** When the hosted tables of a subgraph that has ended were removed. */
export class RetiredTables extends Migration {
  override up(): void {
    this.addSql('alter table subgraph_version add column tables_removed_at timestamptz');
  }
}
