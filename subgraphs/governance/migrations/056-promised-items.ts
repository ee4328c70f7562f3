import { Migration } from '@mikro-orm/migrations';

/** Deprecated items of a version of a subgraph that are promised until a day. */
export class PromisedItems extends Migration {
  override up(): void {
    this.addSql('alter table subgraph_version add column promised jsonb');
    this.addSql(`
      create or replace function keep_subgraph_version() returns trigger language plpgsql as $$
      begin
        if (new.id, new.subgraph, new.number, new.kind, new.department, new.url, new.sdl, new.declaration, new.promised, new.submitted_by)
           is distinct from
           (old.id, old.subgraph, old.number, old.kind, old.department, old.url, old.sdl, old.declaration, old.promised, old.submitted_by) then
          raise exception 'a version of a subgraph is never changed';
        end if;
        return new;
      end $$`);
  }
}
