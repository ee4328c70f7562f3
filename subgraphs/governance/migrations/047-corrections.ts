import { Migration } from '@mikro-orm/migrations';

/** Reports of wrong data and their corrections, and the departments that are told of the results. The gateway reads again which
 *  items are disputed only when that has changed. */
export class Corrections extends Migration {
  override up(): void {
    this.addSql(`
      create table correction (
        id text primary key,
        kind text not null check (kind in ('DOUBT', 'ERROR', 'MISMATCH')),
        department text not null references department,
        reporter text not null,
        on_behalf boolean not null,
        provider text not null references department,
        subject_kind text not null check (subject_kind in ('PERSON', 'ORGANISATION')),
        -- The identifier of the subject: its keyed hashes, and itself, encrypted.
        hashes jsonb not null,
        sealed text not null,
        items text[] not null,
        description text not null,
        status text not null check (status in ('FOUND', 'REPORTED', 'DISPATCHED', 'ACCEPTED', 'UPHELD', 'REJECTED',
          'DISPUTED', 'CORRECTED', 'NOTIFIED', 'CLOSED', 'WITHDRAWN')),
        version int not null,
        process jsonb not null,
        state jsonb not null,
        waits_on text[] not null,
        due_date date,
        due_at timestamptz,
        due_provisional boolean not null default false,
        error_since timestamptz,
        reported_at timestamptz not null,
        since timestamptz not null,
        dispatched_at timestamptz,
        accepted_at timestamptz,
        closed_at timestamptz,
        -- Key of the digests by which a change of a value is proven; destroyed when the case is closed.
        proof_key text,
        check ((closed_at is null) = (status not in ('CLOSED', 'WITHDRAWN'))),
        check (proof_key is null or closed_at is null)
      )`);
    this.addSql('create index on correction (department, id)');
    this.addSql('create index on correction (provider, id)');
    this.addSql('create index on correction (due_at) where closed_at is null');
    this.addSql('create index on correction using gin (waits_on) where closed_at is null');
    this.addSql('create index on correction using gin (hashes jsonb_path_ops) where closed_at is null');
    this.addSql('create sequence correction_number');
    this.addSql(`
      create function keep_correction() returns trigger language plpgsql as $$
      begin
        if old.closed_at is not null or
           (new.id, new.kind, new.department, new.reporter, new.on_behalf, new.subject_kind, new.sealed, new.description,
            new.process, new.reported_at)
           is distinct from
           (old.id, old.kind, old.department, old.reporter, old.on_behalf, old.subject_kind, old.sealed, old.description,
            old.process, old.reported_at) then
          raise exception 'what was reported, and a correction that is closed, is never changed';
        end if;
        return new;
      end $$`);
    this.addSql('create trigger keep before update on correction for each row execute function keep_correction()');
    this.addSql(`
      create table correction_receipt (
        correction text not null references correction,
        department text not null references department,
        -- Times that the items were given to the department; 0 where it only has a grant of them.
        uses int not null,
        last_at timestamptz,
        told_at timestamptz not null,
        confirmed_at timestamptz,
        confirmed_by text,
        note text,
        primary key (correction, department)
      )`);
    this.addSql('create index on correction_receipt (department, correction)');

    this.addSql('alter table read_model add column disputes bigint not null default 1');
    this.addSql(`
      create function next_disputes() returns trigger language plpgsql as $$
      declare next bigint;
      begin
        update read_model set version = version + 1, disputes = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$`);
    this.addSql(`
      create trigger version after update on correction for each row
      when ((new.accepted_at is not null or old.accepted_at is not null)
        and (new.status, new.items, new.hashes) is distinct from (old.status, old.items, old.hashes))
      execute function next_disputes()`);
    this.addSql(`
      create trigger version_added after insert on correction for each row
      when (new.accepted_at is not null) execute function next_disputes()`);
    this.addSql(`
      create trigger version_gone after delete on correction for each row
      when (old.accepted_at is not null) execute function next_disputes()`);
  }
}
