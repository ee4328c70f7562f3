import { Migration } from '@mikro-orm/migrations';

/** Entries of the catalogue by revision: one that is in force, one that is worked on, and those before them. */
export class Catalogue extends Migration {
  override up(): void {
    this.addSql(`
      create table catalogue_resource (
        id text primary key,
        code text not null,
        revision int not null,
        version int not null default 1,
        state text not null,
        superseded_at timestamptz,
        kind text not null,
        subgraph text,
        type_name text,
        name text not null,
        abstract text,
        provider text not null references department,
        category text,
        library text,
        theme text,
        format text,
        method text,
        share_scope text,
        openness text,
        openness_basis jsonb not null default '[]',
        update_cycle text,
        timeliness text,
        collection_scope text,
        legal_basis jsonb not null default '[]',
        security_grade text,
        duty text references duty,
        related jsonb not null default '[]',
        supplement boolean not null default false,
        process jsonb not null default '[]',
        reviews jsonb not null default '[]',
        submitted_by text,
        submitted_at timestamptz,
        published_at timestamptz,
        updated_at timestamptz not null default now(),
        unique (code, revision)
      )`);
    this.addSql(`
      create unique index on catalogue_resource (code)
        where superseded_at is null and state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED')`);
    this.addSql(`
      create unique index on catalogue_resource (code)
        where superseded_at is null and state in ('PUBLISHED', 'SUSPENDED')`);
    this.addSql('create index on catalogue_resource (provider, id)');
    this.addSql(`
      create table catalogue_item (
        id text primary key,
        resource text not null,
        code text not null,
        coordinate text,
        name text not null,
        provider text not null,
        data_type text,
        length int,
        sdl_type text,
        share_type text,
        condition text,
        reason text,
        basis jsonb not null default '[]',
        basic boolean not null default false,
        identifier boolean not null default false,
        words tsvector,
        grams tsvector
      )`);
    this.addSql('create index on catalogue_item (resource, id)');
    this.addSql('create index on catalogue_item (coordinate) where words is not null');
    this.addSql('create index on catalogue_item using gin (words)');
    this.addSql('create index on catalogue_item using gin (grams)');
    this.addSql(`
      create table catalogue_change (
        id bigint primary key generated always as identity,
        code text not null,
        revision int not null,
        version int not null,
        at timestamptz not null,
        department text not null,
        person text,
        act text not null,
        from_state text,
        to_state text not null,
        reason text,
        basis jsonb not null default '[]',
        attributes jsonb not null default '[]'
      )`);
    this.addSql('create index on catalogue_change (code, id)');
    this.addSql(`
      create table catalogue_task (
        id text primary key,
        kind text not null,
        department text not null references department,
        code text,
        subject text not null,
        clauses jsonb not null default '[]',
        opened_at timestamptz not null,
        working_days int,
        due text,
        due_at timestamptz,
        provisional boolean not null default false,
        closed_at timestamptz,
        closed_by text
      )`);
    this.addSql('create index on catalogue_task (department, id)');
    this.addSql('create index on catalogue_task (code) where closed_at is null');
    this.addSql('create sequence catalogue_task_number');
    this.addSql(`
      create table catalogue_maintenance (
        department text not null references department,
        year int not null,
        confirmed_at timestamptz not null,
        confirmed_by text,
        note text,
        primary key (department, year)
      )`);
  }
}
