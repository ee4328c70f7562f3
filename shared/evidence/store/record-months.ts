import { sql, type RawBuilder } from 'kysely';

/** Query for the partitions of `evidence.record`, one row for each with its first day as `month`. */
export const recordMonths: RawBuilder<{ month: string }> = sql<{ month: string }>`(
  select to_date(substr(part.relname, 8), 'YYYY_MM') as month
    from pg_inherits join pg_class part on part.oid = inhrelid
   where inhparent = 'evidence.record'::regclass)`;
