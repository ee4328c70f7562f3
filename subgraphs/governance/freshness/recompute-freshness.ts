import { isDeepStrictEqual } from 'node:util';
import type { Profile, WorkingCalendar } from '../../../shared/law/index.js';
import { findPublishedResources } from '../catalogue/index.js';
import type { Database } from '../core/index.js';
import { findLastLoads, type LastLoad } from '../loading/index.js';
import {
  readExceptions,
  readFreshness,
  removeOthers,
  type StoredFreshness,
  writeFreshness,
} from './freshness.store.js';
import { type DataClass, judgeFreshness } from './freshness.rule.js';

export interface FreshnessLaw {
  readonly profile: Profile;
  readonly calendar: WorkingCalendar;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Judges the freshness of every published resource anew, from its entry, the hub's own loads, what its provider reports and
 *  what was measured. It keeps no state of its own: it may run twice at once, or not for a week.
 *  @param codes  these resources alone, where given
 *  @returns      number of resources whose judgement has changed */
export async function recomputeFreshness(
  database: Database,
  { profile, calendar, now }: FreshnessLaw,
  codes?: readonly string[],
): Promise<number> {
  const resources = await findPublishedResources(database, codes);
  const stored = await readFreshness(database, codes);
  const loads = new Map((await findLastLoads(database)).map((load) => [`${load.subgraph}.${load.type}`, load]));
  const exceptions = await readExceptions(database);
  const changed: StoredFreshness[] = [];
  for (const resource of resources) {
    const { code, name, provider, subgraph, typeName, cycle } = resource;
    const before = stored.get(code);
    const { pushed_at = null, generated_at = null, measured_at = null } = before ?? {};
    const load = subgraph && typeName ? loads.get(`${subgraph}.${typeName}`) : undefined;
    const last = findLastUpdate({ load, pushed_at, measured_at });
    const facts = {
      ...{ cycle, dataClass: classOf(resource), lastUpdate: last?.at, exception: exceptions.get(code) },
      generatedAt: generated_at?.getTime(),
    };
    const { due, escalation, clauses, flags } = judgeFreshness(facts, { calendar, profile });
    const row: StoredFreshness = {
      ...{ code, name, provider, cycle: cycle ?? null, pushed_at, generated_at, measured_at },
      last_update: last ? new Date(last.at) : null,
      evidence: last?.evidence ?? null,
      lag: load?.lag ?? null,
      due: due?.date ?? null,
      due_at: due ? new Date(due.instant) : null,
      provisional: due?.provisional ?? false,
      escalation: escalation?.date ?? null,
      escalation_at: escalation ? new Date(escalation.instant) : null,
      ...{ clauses: [...clauses], flags: flags.map(({ code, clauses }) => ({ code, clauses: [...clauses] })) },
    };
    if (!isDeepStrictEqual(before, row)) changed.push(row);
  }
  await writeFreshness(database, changed, new Date(now));
  if (!codes)
    await removeOthers(
      database,
      resources.map(({ code }) => code),
    );
  return changed.length;
}

/** The kind of data of which the law may ask more: what the library or the format of the entry says. @source HZ-7.4b */
const classOf = ({
  library,
  format,
}: {
  readonly library: string | null;
  readonly format: string | null;
}): DataClass => (library === 'LICENCE' ? 'CERTIFICATES' : format === 'DOCUMENT' ? 'DOCUMENTS' : 'OTHER');

interface Known {
  readonly load: LastLoad | undefined;
  readonly pushed_at: Date | null;
  readonly measured_at: Date | null;
}

/** The latest update of which anybody knows. */
function findLastUpdate({ load, pushed_at, measured_at }: Known) {
  const known = [
    ...(load ? [{ at: load.at, evidence: 'SEEN' as const }] : []),
    ...(pushed_at ? [{ at: pushed_at.getTime(), evidence: 'PUSHED' as const }] : []),
    ...(measured_at ? [{ at: measured_at.getTime(), evidence: 'MEASURED' as const }] : []),
  ];
  return known.sort((a, b) => b.at - a.at)[0];
}
