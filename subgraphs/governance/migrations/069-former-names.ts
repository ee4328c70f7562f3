import { Migration } from '@mikro-orm/migrations';

/** Names that a department had, kept by the table itself, so that records of a time can be shown with the names of that time. */
export class FormerNames extends Migration {
  override up(): void {
    this.addSql(`alter table department add column former_names jsonb not null default '[]'`);
    this.addSql(`
      create function keep_department_name() returns trigger language plpgsql as $$
      begin
        new.former_names = old.former_names || jsonb_build_object('name', old.name, 'until', now());
        return new;
      end $$`);
    this.addSql(`
      create trigger name before update on department for each row
        when (new.name <> old.name) execute function keep_department_name()`);
  }
}
