import { Migration } from '@mikro-orm/migrations';

/** Queries that persons keep, and share with their department by choice. */
export class SavedQueries extends Migration {
  override up(): void {
    this.addSql('create sequence saved_query_number');
    this.addSql(`
      create table saved_query (
        id text primary key,
        owner text not null,
        department text not null references department,
        name text not null,
        text text not null,
        scenario text,
        shared boolean not null,
        saved_at timestamptz not null default now()
      )`);
    this.addSql('create index on saved_query (owner, id)');
    this.addSql('create index on saved_query (department, id) where shared');
  }
}
