import { Migration } from '@mikro-orm/migrations';

/** What was told when its time had come, and the inboxes. */
export class JobsAndNotices extends Migration {
  override up(): void {
    this.addSql(`create table job_done (
     subject text not null,
     stage text not null,
     due text not null,
     at timestamptz not null,
     primary key (subject, stage, due)
   )`);

    this.addSql(
      `create table notice_cursor (one boolean primary key default true check (one), position bigint not null)`,
    );
    // What was decided before there were inboxes is told to nobody.
    this.addSql(`insert into notice_cursor (position) select position from evidence.ledger`);
    this.addSql(`create table notice (
     number bigint primary key generated always as identity,
     id text not null unique generated always as ('N-' || lpad(number::text, greatest(6, length(number::text)), '0')) stored,
     -- The act that it tells of.
     position bigint not null,
     department text not null references department,
     -- Who of the department: those who hold one of the posts, or one person; everybody where both are null.
     posts text[],
     person text,
     at timestamptz not null,
     kind text not null check (kind in ('TASK', 'REMINDER', 'OVERDUE', 'DECISION', 'INFORMATION')),
     act text not null,
     object text not null,
     text text not null,
     clauses text[] not null,
     due_on date,
     provisional boolean
   )`);
    this.addSql(`create unique index on notice (position, department, coalesce(person, ''))`);
    this.addSql(`create index on notice (department, number desc)`);
    this.addSql(`create table notice_read (
     notice bigint not null references notice,
     -- A person, or a system that nobody is signed in at.
     reader text not null,
     at timestamptz not null default now(),
     primary key (notice, reader)
   )`);
    this.addSql(`create index on evidence.record (position) where kind = 'act'`);
  }
}
