/** SQL of the ledger of guesses. The rows of a batch are found by `= any` and in subqueries of their own, and never joined: the
 *  statistics of these tables are often stale, for a batch fills them and its end empties them, and a join that is planned for
 *  a few rows then compares each of ten thousand with each. */

/** Period of a row that is there already: the first of those given is the department's, the second that of all. */
const PERIOD = `case when known.department = '' then ($6::interval[])[2] else ($6::interval[])[1] end`;

/** The id of those that were not counted in the last thirty days; the others are repeated from now on. */
export const TRY = `
  insert into verification_try as known (department, subject, claims, run)
  select $1, subject, claims, $4 from unnest($2::bytea[], $3::bytea[]) as tried (subject, claims)
  on conflict (department, subject, claims) do update set
    at = case when known.at < now() - interval '30 days' then now() else known.at end,
    run = case when known.at < now() - interval '30 days' then $4 else known.run end,
    repeated = known.at >= now() - interval '30 days'
  returning case when not repeated then encode(subject, 'hex') || encode(claims, 'hex') end as id`;
/** Of each item of each subject, for the department and for all together. */
export const MISS = `
  insert into verification_miss as known (subject, item, department, since, misses)
  select subject, item, scope, now(), n
    from unnest($1::bytea[], $2::text[], $3::int[]) as more (subject, item, n)
   cross join unnest($4::text[], $5::int[], $6::interval[]) as counted (scope, most, period)
   where n <= most order by subject, item, scope
  on conflict (subject, item, department) do update set
    since = case when known.since < now() - ${PERIOD} then now() else known.since end,
    misses = excluded.misses + case when known.since < now() - ${PERIOD} then 0 else known.misses end
  where excluded.misses + case when known.since < now() - ${PERIOD} then 0 else known.misses end
     <= case when known.department = '' then ($5::int[])[2] else ($5::int[])[1] end
  returning encode(subject, 'hex') || item || department as id`;
/** Deletes tries. Of a run, deletes only what that run counted and nobody has made again since, for they may have been told the
 *  outcome. Rows are locked in one order, here as below, so that gateways do not wait for each other in a circle. The hash of
 *  claims is one of their subject too, so the two lists need not be read in pairs. */
export const FORGET = `
  with locked as materialized (
    select from verification_try
     where department = $1 and subject = any ($2::bytea[]) and claims = any ($3::bytea[])
     order by subject, claims for update)
  delete from verification_try as known
   where (select count(*) from locked) > 0
     and department = $1 and subject = any ($2::bytea[]) and claims = any ($3::bytea[])
     and ($4::text is null or (run = $4 and not repeated))
  returning encode(subject, 'hex') || encode(claims, 'hex') as id`;
/** Of every item and every subject, also those that do not belong together. */
export const LOCK_MISSES = `
  with locked as materialized (
    select from verification_miss
     where subject = any ($1::bytea[]) and item = any ($2::text[]) and department = any ($3::text[])
     order by subject, item, department for update)
  select count(*) from locked`;
export const GIVE_BACK = `
  update verification_miss set misses = greatest(0, misses - $3::int)
   where subject = any ($1::bytea[]) and item = $2 and department = any ($4::text[])`;

/** A counted claim that is taken back ends the lock that it was the last miss of. */
export const UNLOCK = `
  update verification_lock set state = 'ENDED', ended_at = now()
   where state = 'LOCKED' and subject = any ($1::bytea[]) and item = $2 and scope = any ($3::text[])`;
export const END_LOCKS = `
  update verification_lock set state = 'ENDED', ended_at = until_at where state = 'LOCKED' and until_at <= now()
     and subject = any ($1::bytea[]) and item = any ($2::text[]) and scope = any ($3::text[])`;
/** Only where all tries are used up. */
export const LOCK = `
  insert into verification_lock as known (subject, item, scope, provider, asker, system, misses, until_at)
  select subject, item, scope, more.provider, $7, $8, miss.misses, miss.since + more.period::interval
    from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[]) as more (subject, item, scope, provider, most, period)
   cross join lateral (
    select misses, since from verification_miss as miss
     where miss.subject = more.subject and miss.item = more.item and miss.department = more.scope offset 0) as miss
   where miss.misses >= more.most and miss.since + more.period::interval > now()
   order by subject, item, scope
  on conflict (subject, item, scope) where state = 'LOCKED' do update set refused = known.refused + 1
  returning id, until_at, encode(subject, 'hex') || item || scope as key`;
export const BEGIN_RUN = 'insert into verification_run (system, checks) values ($1, $2) returning number';
export const END_RUN = `
  update verification_run set checks = checks - $2, misses = greatest(0, checks - $2 - $3) where number = $1`;
