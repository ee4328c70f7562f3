import { Migration } from '@mikro-orm/migrations';

/** The lists as they were published, and those of a higher level. */
export class Lists extends Migration {
  override up(): void {
    this.addSql(`create table list_version (
     number int primary key generated always as identity,
     id text not null unique generated always as ('L-' || lpad(number::text, greatest(6, length(number::text)), '0')) stored,
     kind text not null check (kind in ('RESPONSIBILITY', 'DEMAND', 'NEGATIVE')),
     level text not null check (level in ('OWN', 'HIGHER')),
     published_on date not null,
     recorded_at timestamptz not null,
     entries int not null,
     clauses text[] not null
   )`);
    this.addSql(`create index on list_version (kind, level, number desc)`);
    this.addSql(`create table list_entry (
     version int not null references list_version,
     key text collate "C" not null,
     department text not null,
     provider text,
     resource text,
     name text not null,
     items text[] not null,
     share_type text,
     state text not null,
     basis text[] not null,
     scenario text,
     update_cycle text,
     openness text,
     primary key (version, key)
   )`);
    this.addSql(`create index on list_entry (version, department, key)`);
  }
}
