import { Migration } from '@mikro-orm/migrations';

/** Reforms of departments: their plans, what went from whom to whom, and departments that have ended. */
export class Reforms extends Migration {
  override up(): void {
    this.addSql(`
      alter table department
        add column ended_at timestamptz,
        add column successor text references department,
        add constraint department_ends_suspended check (ended_at is null or suspended)`);
    this.addSql(`
      create table department_succession (
        position bigint primary key generated always as identity,
        reform text not null,
        kind text not null check (kind in ('DEPARTMENT', 'RESOURCE', 'SCENARIO', 'SYSTEM', 'PERSON')),
        id text not null,
        from_department text not null references department,
        to_department text not null references department check (to_department <> from_department),
        at timestamptz not null
      )`);
    this.addSql('create index on department_succession (kind, id)');
    this.addSql(`
      create trigger version after insert or update or delete or truncate on department_succession
        for each statement execute function next_releases()`);
    this.addSql(`
      create table reform (
        id text primary key,
        title text not null,
        basis jsonb not null,
        lines jsonb not null,
        effective_at timestamptz not null,
        state text not null check (state in ('DRAFT', 'CONFIRMED', 'CARRIED_OUT', 'STOPPED', 'CANCELLED')),
        version int not null default 1,
        department text not null references department,
        drafted_at timestamptz not null,
        drafted_by text not null,
        checked_at timestamptz,
        consequences jsonb not null default '[]',
        gaps jsonb not null default '[]',
        confirmed_at timestamptz,
        confirmed_by text,
        carried_out_at timestamptz,
        ended_at timestamptz,
        ended_by text,
        check (confirmed_by <> drafted_by)
      )`);
    this.addSql('create sequence reform_number');
    this.addSql(`create index on reform (effective_at) where state = 'CONFIRMED'`);
    this.keepButFor('keep_load', KEEP_LOAD);
    this.keepButFor('keep_data_source', KEEP_SOURCE);
    this.keepButFor('keep_correction', KEEP_CORRECTION);
    this.keepButFor('keep_subgraph_version', KEEP_VERSION);
  }

  /** What is kept as it was goes with a department all the same, in the act that says so. */
  private keepButFor(name: string, body: string): void {
    this.addSql(`
      create or replace function ${name}() returns trigger language plpgsql as $$
      declare kept text := new.department;
      begin
        if current_setting('sharehub.reform', true) = 'on' then kept := old.department; end if;
        ${body}
        return new;
      end $$`);
  }
}

const KEEP_LOAD = `
        if old.ended_at is not null or
           (new.id, new.subgraph, new.type, kept, new.key, new.sha256, new.mode, new.announced_by, new.system)
           is distinct from
           (old.id, old.subgraph, old.type, old.department, old.key, old.sha256, old.mode, old.announced_by, old.system) then
          raise exception 'a load that has ended, and what was announced of one, is never changed';
        end if;`;
const KEEP_SOURCE = `
        if (new.id, kept, new.name, new.kind, new.address, new.database_name, new.account, new.tls,
            new.ca_certificate, new.token_address, new.token_scope, new.submitted_by)
           is distinct from
           (old.id, old.department, old.name, old.kind, old.address, old.database_name, old.account, old.tls,
            old.ca_certificate, old.token_address, old.token_scope, old.submitted_by) then
          raise exception 'a source is changed by another one that replaces it';
        end if;`;
const KEEP_CORRECTION = `
        if old.closed_at is not null or
           (new.id, new.kind, kept, new.reporter, new.on_behalf, new.subject_kind, new.sealed, new.description,
            new.process, new.reported_at)
           is distinct from
           (old.id, old.kind, old.department, old.reporter, old.on_behalf, old.subject_kind, old.sealed, old.description,
            old.process, old.reported_at) then
          raise exception 'what was reported, and a correction that is closed, is never changed';
        end if;`;
const KEEP_VERSION = `
        if (new.id, new.subgraph, new.number, new.kind, kept, new.url, new.sdl, new.declaration, new.promised, new.submitted_by)
           is distinct from
           (old.id, old.subgraph, old.number, old.kind, old.department, old.url, old.sdl, old.declaration, old.promised, old.submitted_by) then
          raise exception 'a version of a subgraph is never changed';
        end if;`;
