import { Migration } from '@mikro-orm/migrations';

/** Tables of the read model. `changed` is the version in which a row last changed; the gateway reads what is newer. */
export class Governance extends Migration {
  override up(): void {
    this.addSql(`create table read_model (one boolean primary key default true check (one), version bigint not null)`);
    this.addSql(`insert into read_model (version) values (1)`);
    this.addSql(`
      create table department (
        code text primary key,
        name text not null unique,
        roles jsonb not null,
        suspended boolean not null default false
      )`);
    this.addSql(`
      create table registered_system (
        client_id text primary key,
        name text not null,
        department text not null references department,
        suspended boolean not null default false
      )`);
    this.addSql(`
      create table officer (
        subject text primary key,
        name text not null,
        department text not null references department,
        roles jsonb not null,
        suspended boolean not null default false
      )`);
    this.addSql(`
      create table scenario (
        id text primary key generated always as (department || '/' || code) stored,
        department text not null references department,
        code text not null,
        name text not null,
        purpose text not null,
        unique (department, code)
      )`);
    this.addSql(`
      create table share_grant (
        id text primary key,
        department text not null references department,
        scenario text not null,
        mode text not null,
        coordinates jsonb not null,
        from_at timestamptz not null,
        until_at timestamptz not null check (until_at > from_at),
        suspended boolean not null default false,
        suspension text,
        revoked_at timestamptz,
        revocation text,
        rows jsonb,
        quota_per_day int check (quota_per_day > 0),
        masks jsonb,
        coordination text,
        approver text not null,
        basis jsonb not null,
        changed bigint not null default 0,
        foreign key (department, scenario) references scenario (department, code)
      )`);
    this.addSql('create index on share_grant (department, id)');
    this.addSql('create index on share_grant (changed)');
    this.addSql('create sequence share_grant_number');

    // One writer at a time holds the version's row, so versions follow the order of commits.
    this.addSql(`
      create function next_version() returns trigger language plpgsql as $$
      declare next bigint;
      begin
        update read_model set version = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$`);
    this.addSql(`
      create function mark_changed() returns trigger language plpgsql as $$
      begin
        select version into new.changed from read_model;
        return new;
      end $$`);
    for (const table of ['department', 'registered_system', 'officer', 'scenario', 'share_grant']) {
      this.addSql(`
        create trigger version before insert or update or delete on ${table}
        for each statement execute function next_version()`);
    }
    this.addSql(`
      create trigger mark before insert or update on share_grant
      for each row execute function mark_changed()`);
    this.addSql(`
      create trigger version_truncate before truncate on share_grant
      for each statement execute function next_version()`);
  }
}
