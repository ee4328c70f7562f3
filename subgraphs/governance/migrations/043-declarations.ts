import { Migration } from '@mikro-orm/migrations';

/** Versions of subgraphs that the hub serves from a declaration. */
export class Declarations extends Migration {
  override up(): void {
    this.addSql('alter table subgraph_version add column declaration text');
    this.addSql(`
      alter table subgraph_version add constraint subgraph_version_declared
        check ((declaration is not null) = (url is not null and url like 'declared:%'))`);
    this.addSql(`
      create or replace function keep_subgraph_version() returns trigger language plpgsql as $$
      begin
        if (new.id, new.subgraph, new.number, new.kind, new.department, new.url, new.sdl, new.declaration, new.submitted_by)
           is distinct from
           (old.id, old.subgraph, old.number, old.kind, old.department, old.url, old.sdl, old.declaration, old.submitted_by) then
          raise exception 'a version of a subgraph is never changed';
        end if;
        return new;
      end $$`);
  }
}
