import { Migration } from '@mikro-orm/migrations';

/** Months of records that were archived, or deleted when their retention was over. */
export class EvidenceArchive extends Migration {
  override up(): void {
    this.addSql(`create table evidence.archive (
     month date primary key,
     -- 'archived': its records are in a file; 'expired': deleted when their retention was over
     state text not null check (state in ('archived', 'expired')),
     -- The signed line that says what was in it.
     manifest text not null
   )`);
  }
}
