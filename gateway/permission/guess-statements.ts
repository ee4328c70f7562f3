/** SQL of the ledger of guesses. */
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
 *  outcome. Rows are locked in one order, here as below, so that gateways do not wait for each other in a circle. */
export const FORGET = `
  with locked as materialized (
    select subject, claims from verification_try
     where department = $1 and (subject, claims) in (select * from unnest($2::bytea[], $3::bytea[]))
     order by subject, claims for update)
  delete from verification_try as known using locked
   where known.department = $1 and known.subject = locked.subject and known.claims = locked.claims
     and ($4::text is null or (known.run = $4 and not known.repeated))
  returning encode(known.subject, 'hex') || encode(known.claims, 'hex') as id`;
export const GIVE_BACK = `
  with locked as materialized (
    select known.subject, known.item, known.department, less.n
      from unnest($1::bytea[], $2::text[], $3::int[]) as less (subject, item, n)
      join verification_miss as known using (subject, item)
     where known.department = any ($4::text[])
     order by known.subject, known.item, known.department for update of known)
  update verification_miss as known set misses = greatest(0, known.misses - locked.n) from locked
   where known.subject = locked.subject and known.item = locked.item and known.department = locked.department`;

/** A counted claim that is taken back ends the lock that it was the last miss of. */
export const UNLOCK = `
  update verification_lock as lock set state = 'ENDED', ended_at = now()
    from unnest($1::bytea[], $2::text[]) as less (subject, item)
   where lock.state = 'LOCKED' and lock.subject = less.subject and lock.item = less.item and lock.scope = any ($3)`;
export const END_LOCKS = `
  update verification_lock set state = 'ENDED', ended_at = until_at where state = 'LOCKED' and until_at <= now()
     and (subject, item, scope) in (select * from unnest($1::bytea[], $2::text[], $3::text[]))`;
/** Only where all tries are used up. */
export const LOCK = `
  insert into verification_lock as known (subject, item, scope, provider, asker, system, misses, until_at)
  select subject, item, scope, more.provider, $7, $8, miss.misses, miss.since + more.period::interval
    from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[]) as more (subject, item, scope, provider, most, period)
    join verification_miss as miss using (subject, item)
   where miss.department = more.scope and miss.misses >= more.most and miss.since + more.period::interval > now()
   order by subject, item, scope
  on conflict (subject, item, scope) where state = 'LOCKED' do update set refused = known.refused + 1
  returning id, until_at, encode(subject, 'hex') || item || scope as key`;
export const BEGIN_RUN = 'insert into verification_run (system, checks) values ($1, $2) returning number';
export const END_RUN = `
  update verification_run set checks = checks - $2, misses = greatest(0, checks - $2 - $3) where number = $1`;
