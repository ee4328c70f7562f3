import { Migration } from '@mikro-orm/migrations';

/** Claims that were not confirmed, counted by all gateways: keyed hashes of what was claimed, and their number for each item of
 *  each record by department; `''` stands for all departments. */
export class VerificationTries extends Migration {
  override up(): void {
    this.addSql(`
      create table verification_try (
        department text not null,
        subject bytea not null,
        claims bytea not null,
        at timestamptz not null default now(),
        primary key (department, subject, claims)
      )`);
    this.addSql(`
      create table verification_miss (
        subject bytea not null,
        item text not null,
        department text not null,
        since timestamptz not null,
        misses int not null check (misses >= 0),
        primary key (subject, item, department)
      )`);
  }
}
