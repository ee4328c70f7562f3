import { Migration } from '@mikro-orm/migrations';

/** Who is who in a department, what its functions are, and what of the catalogue is in force. */
export class PeopleAndPublished extends Migration {
  override up(): void {
    this.addSql(`
      alter table department
        add column credit_code text unique,
        add column level text,
        add column parent text references department,
        add column registered_at timestamptz not null default now()`);
    this.addSql('alter table officer add column verified_at timestamptz, add column verification text');
    this.addSql(`
      create table duty (
        id text primary key,
        department text not null references department,
        name text not null,
        legal_source text not null,
        since timestamptz not null default now(),
        ended_at timestamptz
      )`);
    this.addSql('create index on duty (department, id)');
    this.addSql('create sequence duty_number');
    this.addSql(`
      create table appointment (
        id text primary key,
        officer text not null references officer,
        department text not null references department,
        post text not null,
        from_at timestamptz not null default now(),
        until_at timestamptz check (until_at >= from_at),
        notice text
      )`);
    this.addSql('create index on appointment (department, id)');
    this.addSql('create unique index on appointment (officer, department, post) where until_at is null');
    this.addSql(`
      create unique index on appointment (department, post)
        where until_at is null and post in ('HEAD', 'LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR')`);
    this.addSql('create sequence appointment_number');

    // What is in force; written by publication alone, read by applications and by the gateway.
    this.addSql(`
      create table published_item (
        coordinate text primary key,
        resource text not null,
        provider text not null,
        share_type text not null check (share_type in ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED')),
        title text,
        basic boolean,
        library text
      )`);
    this.addSql('create index on published_item (resource)');
    // The version in which the published items last changed: the gateway reads them again only then.
    this.addSql('alter table read_model add column catalogue bigint not null default 1');
    this.addSql(`
      create function next_catalogue() returns trigger language plpgsql as $$
      declare next bigint;
      begin
        update read_model set version = version + 1, catalogue = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$`);
    this.addSql(`
      create trigger version before insert or update or delete or truncate on published_item
      for each statement execute function next_catalogue()`);
  }
}
