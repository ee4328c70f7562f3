import { Migration } from '@mikro-orm/migrations';

/** Checks in which two departments' items are compared on a schedule, the consents of both owners, the runs and the cases that
 *  they opened. No value and no digest of one is in any of these tables. */
export class MultiSourceChecks extends Migration {
  override up(): void {
    this.addSql(`
      create table comparable_item (
        coordinate text primary key,
        subgraph text not null,
        provider text not null,
        title text not null,
        type text not null,
        is_enum boolean not null,
        subject_kind text not null check (subject_kind in ('PERSON', 'ORGANISATION')),
        subject_field text not null,
        list_field text,
        share_type text not null,
        rule jsonb not null
      )`);
    this.addSql('create index on comparable_item (provider, coordinate)');
    this.addSql(`
      create table multi_source_check (
        id text primary key,
        name text not null,
        purpose text not null,
        basis jsonb not null,
        authority text not null references department,
        left_item text not null,
        left_owner text not null references department,
        right_item text not null,
        right_owner text not null references department,
        form text not null check (form in ('EXACT', 'NAME', 'DATE', 'NUMBER')),
        within double precision not null,
        frequency text not null check (frequency in ('DAILY', 'WEEKLY', 'MONTHLY')),
        hour int not null check (hour between 0 and 23),
        batch_size int not null check (batch_size between 200 and 1000),
        state text not null check (state in ('ACTIVE', 'SUSPENDED', 'ENDED')),
        defined_at timestamptz not null,
        defined_by text not null,
        next_at timestamptz not null,
        reason text,
        changed_at timestamptz not null,
        changed_by text not null,
        check (left_owner <> right_owner)
      )`);
    this.addSql(
      `create unique index on multi_source_check (least(left_item, right_item), greatest(left_item, right_item)) where state <> 'ENDED'`,
    );
    this.addSql(`create index on multi_source_check (next_at) where state = 'ACTIVE'`);
    this.addSql('create sequence multi_source_check_number');
    this.addSql(`
      create table multi_source_consent (
        id text primary key,
        check_id text not null references multi_source_check,
        owner text not null references department,
        item text not null,
        until_at timestamptz not null,
        state text not null check (state in ('PROPOSED', 'GIVEN', 'REFUSED', 'REVOKED', 'REPLACED')),
        proposed_at timestamptz not null,
        proposed_by text not null,
        given_at timestamptz,
        given_by text check (given_by <> proposed_by),
        ended_at timestamptz,
        ended_by text,
        reason text,
        check (state <> 'GIVEN' or given_by is not null)
      )`);
    this.addSql(`create unique index on multi_source_consent (check_id, owner) where state = 'PROPOSED'`);
    this.addSql(`create unique index on multi_source_consent (check_id, owner, state) where state = 'GIVEN'`);
    this.addSql('create sequence multi_source_consent_number');
    this.addSql(`
      create table multi_source_run (
        id text primary key,
        check_id text not null references multi_source_check,
        left_owner text not null,
        right_owner text not null,
        state text not null check (state in ('RUNNING', 'COMPLETED', 'STOPPED', 'SKIPPED')),
        reason text,
        started_at timestamptz not null,
        ended_at timestamptz,
        mark text,
        batches int not null default 0,
        compared int not null default 0,
        agreed int not null default 0,
        mismatched int not null default 0,
        absent int not null default 0,
        held int not null default 0,
        cases int not null default 0,
        check ((state = 'RUNNING') = (ended_at is null)),
        check (compared = agreed + mismatched)
      )`);
    this.addSql(`create unique index on multi_source_run (check_id) where state = 'RUNNING'`);
    this.addSql('create index on multi_source_run (check_id, id)');
    this.addSql('create sequence multi_source_run_number');
    this.addSql(`
      create table multi_source_case (
        run_id text not null references multi_source_run,
        check_id text not null references multi_source_check,
        subject bytea not null,
        provider text not null,
        correction text not null,
        opened_at timestamptz not null,
        primary key (run_id, subject, provider)
      )`);
    this.addSql('create index on multi_source_case (check_id, subject)');
  }
}
