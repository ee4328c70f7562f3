import { Migration } from '@mikro-orm/migrations';

/** Versions of subgraphs that departments publish by themselves. The gateway reads them again only when one has come into
 *  force or left it. */
export class SubgraphVersions extends Migration {
  override up(): void {
    this.addSql(`
      create table subgraph_version (
        id text primary key,
        subgraph text not null,
        number int not null,
        kind text not null check (kind in ('SUBMISSION', 'ROLLBACK', 'RETIREMENT')),
        department text not null references department,
        url text,
        sdl text,
        note text not null,
        state text not null check (state in ('PENDING', 'CHECKED', 'REFUSED', 'REPLACED', 'PUBLISHED', 'SUPERSEDED')),
        submitted_at timestamptz not null,
        submitted_by text not null,
        attempts int not null default 0,
        checked_at timestamptz,
        checked_against text,
        findings jsonb not null default '[]',
        published_at timestamptz,
        published_by text check (published_by <> submitted_by),
        unique (subgraph, number),
        check ((kind = 'RETIREMENT') = (sdl is null) and (sdl is null) = (url is null))
      )`);
    this.addSql(`create unique index on subgraph_version (subgraph) where state = 'PUBLISHED'`);
    this.addSql(`create unique index on subgraph_version (subgraph) where state in ('PENDING', 'CHECKED')`);
    this.addSql('create index on subgraph_version (department, id)');
    this.addSql('create sequence subgraph_version_number');
    this.addSql(`
      create function keep_subgraph_version() returns trigger language plpgsql as $$
      begin
        if (new.id, new.subgraph, new.number, new.kind, new.department, new.url, new.sdl, new.submitted_by)
           is distinct from
           (old.id, old.subgraph, old.number, old.kind, old.department, old.url, old.sdl, old.submitted_by) then
          raise exception 'a version of a subgraph is never changed';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger keep before update on subgraph_version
      for each row execute function keep_subgraph_version()`);

    this.addSql('alter table read_model add column subgraphs bigint not null default 1');
    this.addSql(`
      create function next_subgraphs() returns trigger language plpgsql as $$
      declare next bigint;
      begin
        update read_model set version = version + 1, subgraphs = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$`);
    this.addSql(`
      create trigger version after update on subgraph_version for each row
      when (new.state <> old.state and (new.state = 'PUBLISHED' or old.state = 'PUBLISHED'))
      execute function next_subgraphs()`);
    this.addSql(`
      create trigger version_gone after delete on subgraph_version for each row
      when (old.state = 'PUBLISHED') execute function next_subgraphs()`);
    this.addSql(`
      create trigger version_truncate after truncate on subgraph_version
      for each statement execute function next_subgraphs()`);
  }
}
