import type { ListKind } from './list-kind.rule.js';

const texts = (json: string): string => `array(select jsonb_array_elements_text(${json}))`;
const IN_FORCE = `r.superseded_at is null and r.state in ('PUBLISHED', 'SUSPENDED') and r.kind = 'DATA'`;

/** What each department must share, by what of its catalogue is in force, and what it owes the catalogue by a yes to a
 *  request (YN-17b). */
const RESPONSIBILITY = `
  select r.code as key, r.provider as department, null as provider, r.code as resource, r.name, shared.items,
         shared.share_type,
         case when r.state = 'SUSPENDED' then 'SUSPENDED'
              when tasks.late then 'UPDATE_OVERDUE' when tasks.late is not null then 'UPDATE_DUE'
              else 'IN_FORCE' end as state,
         ${texts('r.legal_basis')} as basis, null as scenario, r.update_cycle, r.openness
    from catalogue_resource r
    join lateral (
      select array_agg(coalesce(i.coordinate, i.name) order by i.id) as items,
             case when bool_or(i.share_type = 'CONDITIONAL') then 'CONDITIONAL' else 'UNCONDITIONAL' end as share_type
        from catalogue_item i where i.resource = r.id and i.share_type <> 'NOT_SHARED'
      having count(*) > 0) shared on true
    left join lateral (
      select bool_or(t.due_at <= $1::timestamptz) as late
        from catalogue_task t where t.code = r.code and t.closed_at is null) tasks on true
   where ${IN_FORCE}
  union all
  select 'request/' || t.id, t.provider, null, null, coalesce(a.form -> 'uncatalogued' ->> 'description', t.id), '{}', null,
         'ENTRY_OWED', '{}', a.scenario, null, null
    from application_track t join share_application a on a.id = t.application
   where t.status = 'ENTRY_PENDING' and t.kind <> 'SPECIAL'`;

/** What each department has applied for, and whether it has it. Applications by special procedure are in no list
 *  (QZ-5.9a). */
const DEMAND = `
  select t.id as key, t.department, t.provider, null as resource,
         coalesce(a.form -> 'uncatalogued' ->> 'description', s.name, a.scenario, t.id) as name,
         ${texts(`coalesce(t.state -> 'asked' -> 'coordinates', '[]')`)} as items, null as share_type,
         case when t.status = 'REFUSED' then 'REFUSED'
              when t.status = 'ENTRY_PENDING' then 'ENTRY_OWED'
              when t.status <> 'AGREED' then 'PENDING'
              when g.revoked_at is not null or g.until_at <= $1::timestamptz then 'ENDED'
              when g.suspended or g.held_by_consumer is not null or g.held_by_provider is not null then 'SUSPENDED'
              when jsonb_array_length(t.state -> 'terms' -> 'coordinates') < jsonb_array_length(t.state -> 'asked' -> 'coordinates')
                then 'PARTLY_MET'
              else 'MET' end as state,
         '{}'::text[] as basis, a.scenario, null as update_cycle, null as openness
    from application_track t
    join share_application a on a.id = t.application
    left join scenario s on s.department = a.department and s.code = a.scenario
    left join share_grant g on g.id = t.grant_id
   where t.kind <> 'SPECIAL' and t.status <> 'WITHDRAWN' and ($2::text[] is null or a.visible_to && $2)`;

/** Items in force that are not shared, with the provisions that the catalogue cites. */
const NEGATIVE = `
  select r.code || ' ' || coalesce(i.coordinate, i.name) as key, r.provider as department, null as provider,
         r.code as resource, i.name, array[coalesce(i.coordinate, i.name)] as items, i.share_type,
         case when r.state = 'SUSPENDED' then 'SUSPENDED' else 'IN_FORCE' end as state,
         ${texts('i.basis')} as basis, null as scenario, null as update_cycle, null as openness
    from catalogue_resource r join catalogue_item i on i.resource = r.id
   where ${IN_FORCE} and i.share_type = 'NOT_SHARED' and $1::timestamptz is not null`;

/** The lists as they are now, read from what they are lists of.
 *  Parameters: $1 instant; $2, of demands alone: keys of who looks, null for
 *  who sees all, since demands are cut to their parties. */
export const LIVE: Readonly<Record<ListKind, string>> = { RESPONSIBILITY, DEMAND, NEGATIVE };
