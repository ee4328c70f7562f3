import { Migration } from '@mikro-orm/migrations';

/** Rules of quality, the runs that judge records by them, what each rule found, and the tickets of what is wrong. No value of a
 *  record is in any of these tables: names of failing records are sealed for their owner. */
export class Quality extends Migration {
  override up(): void {
    this.addSql(`
      create table quality_item (
        coordinate text primary key,
        subgraph text not null,
        provider text not null,
        type text not null,
        item text not null,
        resource text not null,
        resource_name text not null,
        title text not null,
        value_type text not null,
        share_type text not null,
        facts jsonb not null
      )`);
    this.addSql('create index on quality_item (provider, coordinate)');
    this.addSql('create index on quality_item (subgraph, type)');
    this.addSql(`
      create table resource_quality (
        id text primary key,
        subgraph text not null,
        type text not null,
        resource text not null,
        name text not null,
        provider text not null references department,
        frequency text not null check (frequency in ('DAILY', 'WEEKLY', 'MONTHLY')),
        hour int not null check (hour between 0 and 23),
        change_item text,
        next_at timestamptz not null,
        asked_mode text check (asked_mode in ('FULL', 'CHANGED')),
        run text,
        judged_at timestamptz,
        row_count int,
        rate double precision,
        rates jsonb not null default '{}',
        counted_rules int not null default 0,
        stopped_rules int not null default 0,
        ended_rules int not null default 0
      )`);
    this.addSql('create index on resource_quality (next_at)');
    this.addSql('create index on resource_quality (provider, id)');
    this.addSql(`
      create table quality_rule (
        id text primary key,
        place text not null references resource_quality,
        provider text not null references department,
        item text not null,
        kind text not null,
        dimension text not null,
        definition jsonb not null,
        fingerprint text not null,
        state text not null check (state in ('PROPOSED', 'ACTIVE', 'REFUSED', 'ENDED')),
        note text,
        proposed_at timestamptz not null,
        proposed_by text,
        proposed_from text,
        decided_at timestamptz,
        decided_by text check (decided_by <> proposed_by),
        ended_at timestamptz,
        ended_by text,
        reason text,
        check (state not in ('ACTIVE', 'ENDED') or decided_by is not null)
      )`);
    this.addSql(`create unique index on quality_rule (place, fingerprint) where state in ('PROPOSED', 'ACTIVE')`);
    this.addSql('create index on quality_rule (provider, id)');
    this.addSql('create sequence quality_rule_number');
    this.addSql(`
      create table quality_run (
        id text primary key,
        place text not null references resource_quality,
        provider text not null,
        mode text not null check (mode in ('FULL', 'CHANGED')),
        state text not null check (state in ('COMPLETED', 'PARTLY', 'CANNOT_RUN')),
        started_at timestamptz not null,
        ended_at timestamptz not null,
        row_count int not null,
        rate double precision,
        rates jsonb not null,
        counted_rules int not null,
        stopped_rules int not null,
        ended_rules int not null
      )`);
    this.addSql('create index on quality_run (place, id)');
    this.addSql('create sequence quality_run_number');
    this.addSql(`
      create table quality_result (
        run text not null references quality_run,
        rule text not null references quality_rule,
        place text not null,
        provider text not null,
        state text not null check (state in ('COUNTED', 'CANNOT_RUN')),
        reason text,
        checked int,
        failed int,
        samples text,
        primary key (run, rule),
        check ((state = 'COUNTED') = (checked is not null and failed is not null and reason is null)),
        check (failed <= checked)
      )`);
    this.addSql(`
      create table quality_ticket (
        id text primary key,
        rule text not null references quality_rule,
        place text not null,
        provider text not null references department,
        item text not null,
        state text not null check (state in ('OPEN', 'CLOSED')),
        outcome text check (outcome in ('FIXED', 'RULE_ENDED')),
        opened_at timestamptz not null,
        opened_run text not null,
        newest_run text not null,
        checked int not null,
        failed int not null,
        due_date date not null,
        due_at timestamptz not null,
        due_provisional boolean not null,
        closed_at timestamptz,
        check ((state = 'CLOSED') = (closed_at is not null and outcome is not null))
      )`);
    this.addSql(`create unique index on quality_ticket (rule) where state = 'OPEN'`);
    this.addSql('create index on quality_ticket (provider, id)');
    this.addSql('create sequence quality_ticket_number');
  }
}
