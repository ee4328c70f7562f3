import { Migration } from '@mikro-orm/migrations';

/** Departments' databases and services. Credentials are sealed, and stand apart from what is shown. */
export class Sources extends Migration {
  override up(): void {
    this.addSql(`
      create table data_source (
        id text primary key,
        department text not null references department,
        name text not null,
        kind text not null check (kind in ('POSTGRESQL', 'MARIADB', 'MYSQL', 'REST', 'SOAP')),
        address text not null,
        database_name text,
        account text,
        tls text not null check (tls in ('VERIFIED', 'NONE')),
        ca_certificate text,
        note text not null,
        state text not null check (state in ('PENDING', 'ACTIVE', 'REPLACED', 'ENDED')),
        submitted_at timestamptz not null,
        submitted_by text not null,
        confirmed_at timestamptz,
        confirmed_by text check (confirmed_by <> submitted_by),
        ended_at timestamptz,
        faults jsonb not null default '[]',
        faults_since timestamptz,
        faults_told jsonb not null default '[]'
      )`);
    this.addSql(`create unique index on data_source (department, name) where state = 'ACTIVE'`);
    this.addSql(`create unique index on data_source (department, name) where state = 'PENDING'`);
    this.addSql('create index on data_source (department, id)');
    this.addSql('create sequence data_source_number');
    this.addSql(
      `create table source_credential (source text primary key references data_source, sealed text not null)`,
    );
    this.addSql(`
      create function keep_data_source() returns trigger language plpgsql as $$
      begin
        if (new.id, new.department, new.name, new.kind, new.address, new.database_name, new.account, new.tls,
            new.ca_certificate, new.submitted_by)
           is distinct from
           (old.id, old.department, old.name, old.kind, old.address, old.database_name, old.account, old.tls,
            old.ca_certificate, old.submitted_by) then
          raise exception 'a source is changed by another one that replaces it';
        end if;
        return new;
      end $$`);
    this.addSql(`create trigger keep before update on data_source for each row execute function keep_data_source()`);
    this.addSql(`
      create function announce_data_source() returns trigger language plpgsql as $$
      begin
        perform pg_notify('sharehub_governance', 'sources');
        return null;
      end $$`);
    this.addSql(`
      create trigger announce after update on data_source for each row when (new.state <> old.state)
      execute function announce_data_source()`);
  }
}
