import { Migration } from '@mikro-orm/migrations';

/** Subjects whose records their owner withholds from all but named purposes. The gateways hear of a change as of a grant; the
 *  identifier is sealed, and only they can open it. */
export class SubjectProtections extends Migration {
  override up(): void {
    this.addSql(`
      create table subject_protection (
        id text primary key,
        owner text not null references department,
        kind text not null check (kind in ('PERSON', 'ORGANISATION')),
        sealed text not null,
        subject_key text not null,
        subject_hash text not null,
        purposes jsonb not null,
        reference text not null,
        reason text not null,
        basis jsonb not null,
        until_at timestamptz not null,
        state text not null check (state in ('PROPOSED', 'IN_FORCE', 'END_PROPOSED', 'ENDED', 'REPLACED', 'REFUSED')),
        proposed_at timestamptz not null,
        proposed_by text not null,
        confirmed_at timestamptz,
        confirmed_by text check (confirmed_by <> proposed_by),
        end_proposed_at timestamptz,
        end_proposed_by text,
        end_reason text,
        ended_at timestamptz,
        ended_by text check (ended_by <> end_proposed_by),
        refused_at timestamptz,
        refused_by text,
        refusal text,
        check (state not in ('IN_FORCE', 'END_PROPOSED', 'ENDED', 'REPLACED') or confirmed_by is not null),
        check (state <> 'ENDED' or ended_by is not null)
      )`);
    this.addSql('create index on subject_protection (owner, id)');
    this.addSql('create index on subject_protection (owner, subject_hash)');
    this.addSql(`create index on subject_protection (until_at) where state in ('IN_FORCE', 'END_PROPOSED')`);
    this.addSql('create sequence subject_protection_number');

    this.addSql('alter table read_model add column protections bigint not null default 1');
    this.addSql(`
      create function next_protections() returns trigger language plpgsql as $$
      declare next bigint;
      begin
        update read_model set version = version + 1, protections = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$`);
    this.addSql(`
      create trigger version before insert or update or delete or truncate on subject_protection
      for each statement execute function next_protections()`);
  }
}
