import type { Query, Row } from '../../../../shared/evidence/store/index.js';
import type { Role } from '../../../../shared/kernel/index.js';
import type { ReviewProcess } from '../../application/index.js';
import { readBodies, type Bodies } from './bodies.js';
import type { Source, SourceContext } from './source.js';
import type { Stage } from './stage.rule.js';
import type { Watched } from './watched.rule.js';

/** Open steps of applications whose answer is due within days. What is late is escalated once for each due date, and
 *  nothing is decided by it: no grant comes by silence.
 *  @source HZ-8.5e, CZ-11d, CZ-23e, YN-16h, YN-17a, YN-42f */
export const applicationSteps: Source = { read, told };

async function read({ query, now, only }: SourceContext): Promise<Watched[]> {
  const rows = await query(
    `select id, department, kind, waits_on, process, due_date, due_provisional,
            (extract(epoch from due_at) * 1000)::float8 as due_at
       from application_track
      where closed_at is null and due_at <= $1::timestamptz + interval '20 days' and state -> 'stopped' is null
        and ($2::text[] is null or 'track/' || id = any($2))
        and not exists (
          select from job_done where subject = 'track/' || application_track.id and stage = 'OVERDUE' and due = due_date)
      order by due_at, id`,
    [new Date(now).toISOString(), only ?? null],
  );
  if (rows.length === 0) return [];
  const bodies = await readBodies(query);
  return rows.map((row) => watchedOf(row, bodies));
}

function watchedOf(row: Row, bodies: Bodies): Watched {
  const owners = (row['waits_on'] as string[]).flatMap((who) =>
    who.startsWith('*') ? bodies(who.slice(1) as Role) : [who],
  );
  const { limit } = row['process'] as ReviewProcess;
  return {
    subject: `track/${String(row['id'])}`,
    object: `application/${String(row['id'])}`,
    kind: 'APPLICATION',
    owners: [...new Set(owners)],
    // Of one by special procedure nobody is told but who must act (QZ-5.9a).
    others: row['kind'] === 'SPECIAL' ? [] : [String(row['department'])],
    clauses: limit?.clauses ?? [],
    due: {
      date: String(row['due_date']),
      instant: Number(row['due_at']),
      provisional: row['due_provisional'] === true,
    },
  };
}

/** Who looks at the application sees that it was escalated. Its version stays: a decision under way is not disturbed. */
async function told(query: Query, { subject, object, clauses }: Watched, stage: Stage, now: number): Promise<void> {
  if (stage !== 'OVERDUE') return;
  const track = subject.slice('track/'.length);
  const at = new Date(now).toISOString();
  const [row] = await query(
    `update application_track set escalated_at = $2, state = jsonb_set(state, '{escalated}', to_jsonb($3::float8))
      where id = $1 and escalated_at is null returning version`,
    [track, at, now],
  );
  if (!row) return;
  await query(
    `insert into application_event (application, track, at, department, actor, what, clauses, version)
     values ($1, $2, $3, '', 'sharehub', 'ESCALATE', $4, $5)`,
    [object.split('/')[1], track, at, clauses, row['version']],
  );
}
