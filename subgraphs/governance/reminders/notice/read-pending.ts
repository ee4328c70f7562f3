import type { Query } from '../../../../shared/evidence/store/index.js';
import type { Role } from '../../../../shared/kernel/index.js';
import { type EntryReview, type EntryReviewStep, findWaitingStep } from '../../catalogue/index.js';
import { readBodies } from '../job/bodies.js';
import type { Pending } from './recipients.rule.js';

/** Departments whose turn it is with what an act was about, as it is when the act is told. */
export async function readPending(query: Query, object: string): Promise<Pending[]> {
  if (object.startsWith('resource/')) return reviewersOf(query, object.slice('resource/'.length));
  if (!object.startsWith('application/')) return [];
  const rows = await query(
    `select distinct on (who) who, due_date, due_provisional
       from application_track, unnest(waits_on) as who
      where (application = $1 or id = $1) and closed_at is null order by who, due_at nulls last`,
    [object.slice('application/'.length)],
  );
  if (rows.length === 0) return [];
  const bodies = await readBodies(query);
  return rows.flatMap(({ who, due_date, due_provisional }) => {
    const name = String(who);
    const departments = name.startsWith('*') ? bodies(name.slice(1) as Role) : [name];
    const due = typeof due_date === 'string' && { dueOn: due_date, provisional: due_provisional === true };
    return departments.map((department) => ({ department, ...due }));
  });
}

/** Who reviews an entry of the catalogue next; its provider where changes are asked for. */
async function reviewersOf(query: Query, code: string): Promise<Pending[]> {
  const [entry] = await query(
    `select provider, state, process, reviews from catalogue_resource
      where code = $1 and superseded_at is null and state in ('SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED')`,
    [code],
  );
  if (!entry) return [];
  const provider = String(entry['provider']);
  if (entry['state'] === 'CHANGES_REQUESTED') return [{ department: provider }];
  const bodies = await readBodies(query);
  if (entry['state'] === 'APPROVED') return bodies('authority').map((department) => ({ department }));
  const waiting = findWaitingStep(entry['process'] as EntryReviewStep[], entry['reviews'] as EntryReview[]);
  return (waiting?.roles ?? []).flatMap((role): Pending[] =>
    role === 'provider' ? [{ department: provider, within: true }] : bodies(role).map((department) => ({ department })),
  );
}
