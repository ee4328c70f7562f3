import { Migration } from '@mikro-orm/migrations';

/** Files and rows that departments load into hosted tables, and who may do so beside their data administrators. */
export class Loads extends Migration {
  override up(): void {
    this.addSql(`
      create table load (
        id text primary key,
        subgraph text not null,
        type text not null,
        department text not null references department,
        key text not null,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        bytes double precision not null check (bytes > 0),
        file_name text not null,
        format text not null check (format in ('CSV', 'XLSX', 'NDJSON')),
        mode text not null check (mode in ('APPEND', 'UPSERT', 'FULL')),
        most_rejected int not null check (most_rejected between 0 and 100),
        state text not null check (state in ('ANNOUNCED', 'RECEIVED', 'LOADING', 'LOADED', 'REFUSED', 'EXPIRED')),
        content text,
        announced_at timestamptz not null,
        announced_by text not null,
        system text not null,
        attempts int not null default 0,
        rows_read int not null default 0,
        bytes_read double precision not null default 0,
        begun_at timestamptz,
        ended_at timestamptz,
        outcome jsonb,
        code text,
        message text,
        unique (subgraph, type, key),
        check ((ended_at is null) = (state in ('ANNOUNCED', 'RECEIVED', 'LOADING'))),
        check ((outcome is not null) = (state = 'LOADED')),
        check ((code is not null) = (state = 'REFUSED'))
      )`);
    this.addSql('create index on load (department, id)');
    this.addSql(`create index on load (announced_at) where state in ('ANNOUNCED', 'RECEIVED', 'LOADING')`);
    this.addSql('create sequence load_number');
    this.addSql(`
      create function keep_load() returns trigger language plpgsql as $$
      begin
        if old.ended_at is not null or
           (new.id, new.subgraph, new.type, new.department, new.key, new.sha256, new.mode, new.announced_by, new.system)
           is distinct from
           (old.id, old.subgraph, old.type, old.department, old.key, old.sha256, old.mode, old.announced_by, old.system) then
          raise exception 'a load that has ended, and what was announced of one, is never changed';
        end if;
        return new;
      end $$`);
    this.addSql('create trigger keep before update on load for each row execute function keep_load()');
    this.addSql(`
      create table loader (
        id text primary key,
        subgraph text not null,
        department text not null references department,
        loader text not null,
        given_at timestamptz not null,
        given_by text not null,
        withdrawn_at timestamptz
      )`);
    this.addSql('create unique index on loader (subgraph, loader) where withdrawn_at is null');
    this.addSql('create sequence loader_number');
  }
}
