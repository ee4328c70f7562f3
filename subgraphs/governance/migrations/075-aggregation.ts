import { Migration } from '@mikro-orm/migrations';

/** Why resources are not brought to the platform, and interfaces that providers owe. */
export class Aggregation extends Migration {
  override up(): void {
    this.addSql(`
      create table aggregation_exemption (
        id text primary key,
        code text not null,
        provider text not null references department,
        reason text not null,
        basis jsonb not null,
        evidence text not null,
        evidence_hash text not null check (evidence_hash ~ '^[0-9a-f]{64}$'),
        state text not null check (state in ('STATED', 'ACKNOWLEDGED', 'REFUSED', 'ENDED')),
        clauses jsonb not null,
        stated_at timestamptz not null,
        stated_by text not null,
        decided_at timestamptz,
        decided_by text,
        decision_reason text
      )`);
    this.addSql(`create unique index on aggregation_exemption (code) where state in ('STATED', 'ACKNOWLEDGED')`);
    this.addSql('create sequence aggregation_exemption_number');
    this.addSql(`
      create table interface_request (
        id text primary key,
        provider text not null references department,
        need text not null,
        state text not null check (state in ('OPEN', 'SUPPLIED', 'ENDED')),
        clauses jsonb not null,
        requested_at timestamptz not null,
        requested_by text not null,
        working_days int not null,
        due text not null,
        due_at timestamptz not null,
        provisional boolean not null,
        extension text check (extension in ('ASKED', 'APPROVED', 'REFUSED')),
        extension_days int,
        extension_reason text,
        extension_by text,
        extension_decision text,
        supplied_as text,
        ended_at timestamptz,
        end_reason text,
        check ((state = 'SUPPLIED') = (supplied_as is not null)),
        check ((state = 'OPEN') = (ended_at is null))
      )`);
    this.addSql(`create index on interface_request (due_at) where state = 'OPEN'`);
    this.addSql('create sequence interface_request_number');
  }
}
