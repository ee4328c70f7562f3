import { Migration } from '@mikro-orm/migrations';

/** Applications, the part of each that one provider answers, and everything that was done with them. */
export class Applications extends Migration {
  override up(): void {
    this.addSql(`
      create table share_application (
        id text primary key,
        department text not null references department,
        applicant text not null,
        state text not null check (state in ('DRAFT', 'SUBMITTED', 'CLOSED', 'WITHDRAWN')),
        scenario text,
        form jsonb not null,
        renews text references share_grant,
        version int not null default 1,
        created_at timestamptz not null,
        submitted_at timestamptz,
        closed_at timestamptz,
        visible_to text[] not null
      )`);
    this.addSql('create index on share_application using gin (visible_to)');
    this.addSql('create sequence share_application_number');
    this.addSql(`
      create table application_track (
        id text primary key,
        application text not null references share_application,
        department text not null references department,
        provider text not null references department,
        kind text not null,
        status text not null,
        version int not null,
        process jsonb not null,
        state jsonb not null,
        waits_on text[] not null,
        due_date text,
        due_at timestamptz,
        due_provisional boolean not null default false,
        submitted_at timestamptz not null,
        closed_at timestamptz,
        escalated_at timestamptz,
        grant_id text references share_grant,
        entry text
      )`);
    this.addSql('create index on application_track (application)');
    this.addSql('create index on application_track (provider, id)');
    this.addSql(`create index on application_track using gin (waits_on) where closed_at is null`);
    this.addSql('create index on application_track (due_at) where closed_at is null');
    this.addSql(`
      create table application_event (
        id bigint generated always as identity primary key,
        application text not null references share_application,
        track text references application_track,
        at timestamptz not null,
        department text not null,
        actor text not null,
        what text not null,
        reason text,
        clauses text[] not null,
        version int not null
      )`);
    this.addSql('create index on application_event (application, id)');

    // A grant is the end of a decided application, and is good for the items that were decided on, as they were then.
    this.addSql(`
      alter table share_grant
        add column application text references share_application,
        add column duty text references duty,
        add column conditions jsonb,
        add column uses jsonb,
        add column persons jsonb,
        add column identities jsonb,
        add column held_by_consumer text,
        add column held_by_provider text`);
  }
}
