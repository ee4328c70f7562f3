import { Migration } from '@mikro-orm/migrations';

/** The records of every use and every act; written by what `shared/evidence/store` declares. */
export class Evidence extends Migration {
  override up(): void {
    this.addSql(`create schema evidence`);

    // How far each writer's chain has come into the database. Whoever writes behind it holds its row.
    this.addSql(`create table evidence.chain (
     writer text primary key,
     -- 'folder': written to files first and shipped; 'database': written here; 'governance': acts, in their transactions
     home text not null check (home in ('folder', 'database', 'governance')),
     seq bigint not null default 0,
     hash text not null default '',
     month date
   )`);
    this.addSql(
      `insert into evidence.chain (writer, home) values (substr(md5(random()::text || clock_timestamp()::text), 1, 12), 'governance')`,
    );
    this.addSql(`create table evidence.head (
     writer text not null references evidence.chain,
     number int not null,
     seq bigint not null,
     line text not null,
     primary key (writer, number)
   )`);
    // Positions are handed out under this row's lock, so their order is the order of commits: who reads behind a
    // position misses nothing.
    this.addSql(`create table evidence.ledger (
     one boolean primary key default true check (one),
     position bigint not null
   )`);
    this.addSql(`insert into evidence.ledger (position) values (0)`);

    // Which items each graph has, and whose.
    this.addSql(`create table evidence.graph_item (
     graph text not null,
     coordinate text not null,
     provider text not null,
     resource text,
     share_type text not null,
     primary key (graph, coordinate, provider)
   )`);
    this.addSql(`create table evidence.graph (
     version text primary key,
     at timestamptz not null,
     position bigint not null
   )`);

    // Many operations touch the same items with the same outcome; each such set is kept once.
    this.addSql(`create table evidence.item_set (
     id int primary key generated always as identity,
     digest text not null unique
   )`);
    this.addSql(`create table evidence.item_use (
     items int not null references evidence.item_set,
     coordinate text not null,
     part text not null check (part in ('released', 'denied', 'internal')),
     code text,
     provider text not null,
     resource text,
     primary key (items, coordinate, part, provider)
   )`);
    this.addSql(`create index on evidence.item_use (coordinate, items)`);
    this.addSql(`create index on evidence.item_use (provider, items)`);
    this.addSql(`create index on evidence.item_use (resource, items)`);

    this.addSql(`create table evidence.record (
     -- Never goes back along a chain, so that an archived month holds one stretch of each chain.
     month date not null,
     position bigint not null,
     writer text not null,
     seq bigint not null,
     at timestamptz not null,
     kind text not null,
     department text,
     system text,
     person text,
     scenario text,
     mode text,
     outcome text,
     code text,
     request text,
     items int,
     object text,
     concerns text[],
     -- First 64 bits of each subject's hash.
     subjects bigint[],
     line text not null,
     primary key (month, position)
   ) partition by range (month)`);
    this.addSql(`create index on evidence.record (at desc, position desc)`);
    this.addSql(`create index on evidence.record (department, at desc, position desc)`);
    this.addSql(`create index on evidence.record (items, at desc, position desc)`);
    this.addSql(`create index on evidence.record (scenario, at desc, position desc) where scenario is not null`);
    this.addSql(`create index on evidence.record (person, at desc, position desc) where person is not null`);
    this.addSql(`create index on evidence.record (kind, at desc, position desc) where kind <> 'access'`);
    this.addSql(`create index on evidence.record (request) where request is not null`);
    this.addSql(`create index on evidence.record using gin (subjects) where subjects is not null`);

    // Figures, and which days hold what: so a page of any filter looks at no more days than it needs.
    this.addSql(`create table evidence.daily (
     day date not null,
     department text not null,
     scenario text not null,
     items int not null,
     mode text not null,
     outcome text not null,
     requests bigint not null,
     rows bigint not null,
     subjects bigint not null,
     primary key (day, department, scenario, items, mode, outcome)
   )`);
    this.addSql(`create index on evidence.daily (items, day)`);

    // Attaching takes a lock that readers do not mind; creating the partition in place would stop them.
    this.addSql(`create function evidence.open_month(m date) returns void language plpgsql as $$
   declare part text := 'record_' || to_char(m, 'YYYY_MM');
   begin
     if to_regclass('evidence.' || part) is not null then return; end if;
     perform pg_advisory_xact_lock(7365);
     -- Asked of the table itself: what the function before it answered is remembered from before the lock.
     if exists (select from pg_class where relname = part and relnamespace = 'evidence'::regnamespace) then return; end if;
     execute format('create table evidence.%I (like evidence.record including all)', part);
     execute format('alter table evidence.record attach partition evidence.%I for values from (%L) to (%L)',
                    part, m, (m + interval '1 month')::date);
   end $$`);
  }
}
