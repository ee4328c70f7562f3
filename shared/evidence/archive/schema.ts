/** What became of the months of `evidence.record` that are no longer in it. */
export const ARCHIVE_SCHEMA: readonly string[] = [
  `create table evidence.archive (
     month date primary key,
     -- 'archived': its records are in a file; 'expired': deleted when their retention was over
     state text not null check (state in ('archived', 'expired')),
     -- The signed line that says what was in it.
     manifest text not null
   )`,
];
