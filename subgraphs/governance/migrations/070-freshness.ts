import { Migration } from '@mikro-orm/migrations';

/** How current each published resource is, and resources that may be less fresh than the law asks of others. */
export class Freshness extends Migration {
  override up(): void {
    this.addSql(`
      create table resource_freshness (
        code text primary key,
        name text not null,
        provider text not null,
        cycle text,
        pushed_at timestamptz,
        generated_at timestamptz,
        measured_at timestamptz,
        last_update timestamptz,
        evidence text check (evidence in ('SEEN', 'PUSHED', 'MEASURED')),
        lag double precision,
        due text,
        due_at timestamptz,
        provisional boolean not null,
        escalation text,
        escalation_at timestamptz,
        clauses jsonb not null,
        flags jsonb not null,
        flagged boolean not null,
        judged_at timestamptz not null,
        check ((last_update is null) = (evidence is null))
      )`);
    this.addSql('create index on resource_freshness (due_at)');
    this.addSql('create index on resource_freshness (provider, code)');
    this.addSql(`
      create table update_exception (
        id text primary key,
        code text not null,
        provider text not null references department,
        kind text not null check (kind in ('WINDOW', 'INTERVAL')),
        cycle text check ((kind = 'INTERVAL') = (cycle is not null)),
        reason text not null,
        state text not null check (state in ('PROPOSED', 'IN_FORCE', 'REFUSED', 'ENDED')),
        clauses jsonb not null,
        proposed_at timestamptz not null,
        proposed_by text not null,
        decided_at timestamptz,
        decided_by text,
        decision_reason text
      )`);
    this.addSql(`create unique index on update_exception (code) where state in ('PROPOSED', 'IN_FORCE')`);
    this.addSql('create sequence update_exception_number');
  }
}
