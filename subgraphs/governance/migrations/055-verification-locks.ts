import { Migration } from '@mikro-orm/migrations';

/** Locks of items of records after claims that were not confirmed, which their provider lifts, and the number of comparisons of
 *  each system, by which one that guesses is suspended. */
export class VerificationLocks extends Migration {
  override up(): void {
    this.addSql(`
      create table verification_lock (
        number bigint generated always as identity unique,
        id text generated always as ('VL-' || lpad(number::text, greatest(6, length(number::text)), '0')) stored primary key,
        subject bytea not null,
        item text not null,
        scope text not null,
        provider text not null,
        asker text not null,
        system text not null,
        misses int not null,
        refused int not null default 1,
        locked_at timestamptz not null default now(),
        until_at timestamptz not null,
        state text not null default 'LOCKED' check (state in ('LOCKED', 'LIFTED', 'ENDED')),
        told text not null default '' check (told in ('', 'LOCKED', 'ENDED')),
        ended_at timestamptz,
        lifted_by text,
        reason text,
        check ((state = 'LIFTED') = (lifted_by is not null)),
        check ((state = 'LOCKED') = (ended_at is null))
      )`);
    this.addSql(`create unique index on verification_lock (subject, item, scope) where state = 'LOCKED'`);
    this.addSql('create index on verification_lock (provider, id)');
    this.addSql('create index on verification_lock (asker, id)');
    this.addSql(
      `create index on verification_lock (number) where told = '' or (state <> 'LIFTED' and told <> 'ENDED')`,
    );
    this.addSql(`
      create table verification_run (
        number bigint generated always as identity primary key,
        system text not null,
        at timestamptz not null default now(),
        checks int not null check (checks >= 0),
        misses int check (misses between 0 and checks)
      )`);
    this.addSql('create index on verification_run (at)');
    this.addSql('create index on verification_try (at)');
    this.addSql('create index on verification_miss (since)');
  }
}
