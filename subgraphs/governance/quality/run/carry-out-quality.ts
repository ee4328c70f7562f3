import { QualityRefusal } from '../../../../shared/read-model/quality-check.js';
import type { AskedRule, RuleCounts } from '../../../../shared/share/quality/quality-request.js';
import { whileAlone } from '../../core/index.js';
import { qualityTables } from '../tables.js';
import { judgeReferences } from './judge-references.js';
import type { PlaceRow, QualityRoom, RuleRow } from './quality-room.js';
import type { QualityMode } from './resource-quality.entity.js';
import { settleRun } from './settle-run.js';

/** Longest time for the records of one resource, ms. A source that hangs is given up then, and said to. */
const MOST_MS = 180_000;

/** Judges every resource that is due, one after the other. The process may be killed at any point: a run is stored with everything
 *  that follows of it, or is made anew; and several may do this at once.
 *  @returns number of runs
 *  @source QZ-3.5b, QZ-3.5c, CZ-12b */
export async function carryOutQuality(room: QualityRoom): Promise<number> {
  const due = await qualityTables(room.pool)
    .selectFrom('resource_quality')
    .select('id')
    .where((eb) => eb.or([eb('next_at', '<=', new Date(room.now())), eb('asked_mode', 'is not', null)]))
    .orderBy('next_at')
    .orderBy('id')
    .execute();
  let runs = 0;
  let failed: { readonly error: unknown } | undefined;
  for (const { id } of due) {
    if (room.signal?.aborted) break;
    try {
      if (await whileAlone(room.pool, `judge ${id}`, () => judge(room, id))) runs++;
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed) throw failed.error;
  return runs;
}

async function judge(room: QualityRoom, id: string): Promise<boolean> {
  const tables = qualityTables(room.pool);
  const startedAt = room.now();
  // Another worker may have been at it since the list was read.
  const place = await tables.selectFrom('resource_quality').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const isScheduled = place.next_at.getTime() <= startedAt;
  if (!isScheduled && place.asked_mode == null) return false;
  const rules = await tables
    .selectFrom('quality_rule')
    .selectAll()
    .where('place', '=', id)
    .where('state', '=', 'ACTIVE')
    .orderBy('id')
    .execute();
  const mode: QualityMode = isScheduled ? 'FULL' : place.asked_mode!;
  const { rows, results } = await ask(room, place, rules, mode);
  await settleRun(room, { place, rules, mode, rows, results, startedAt });
  return true;
}

async function ask(
  room: QualityRoom,
  { subgraph, type, change_item: item, judged_at: at }: PlaceRow,
  rules: readonly RuleRow[],
  mode: QualityMode,
): Promise<{ readonly rows: number; readonly results: readonly RuleCounts[] }> {
  const [references, others] = [true, false].map((isReference) =>
    rules.filter(({ kind }) => (kind === 'REFERENCE') === isReference),
  ) as [RuleRow[], RuleRow[]];
  const since = mode === 'CHANGED' && item != null && at ? { since: { item, from: at.toISOString() } } : {};
  const counted = await asked(others, async () =>
    room.door.counts(subgraph, {
      ...{ ask: 'COUNTS', type, mostMs: MOST_MS, sealFor: room.sampleKey, ...since },
      rules: others.map(({ id, definition }) => ({ ...definition, id }) as AskedRule),
    }),
  );
  const checked = counted.results.map((result) => believe(result, counted.rows, mode));
  return { rows: counted.rows, results: [...checked, ...(await judgeReferences(room, subgraph, type, references))] };
}

async function asked(
  rules: readonly RuleRow[],
  work: () => Promise<{ readonly rows: number; readonly results: readonly RuleCounts[] }>,
): Promise<{ readonly rows: number; readonly results: readonly RuleCounts[] }> {
  try {
    if (rules.length === 0) return { rows: 0, results: [] };
    const { rows, results } = await work();
    const of = (id: string): RuleCounts => results.find((each) => each.id === id) ?? { id, reason: 'BAD_ANSWER' };
    return { rows, results: rules.map(({ id }) => of(id)) };
  } catch (error) {
    if (!(error instanceof QualityRefusal)) throw error;
    return { rows: 0, results: rules.map(({ id }) => ({ id, reason: error.reason })) };
  }
}

/** Numbers that cannot be are none: a source may lie, but not beyond its own count of records. Some may come while it counts. */
function believe(result: RuleCounts, rows: number, mode: QualityMode): RuleCounts {
  if ('reason' in result) return result;
  const { id, checked, failed, samples } = result;
  const isTooMany = mode === 'FULL' && checked > rows * 1.1 + 1_000;
  return failed > checked || isTooMany || (failed === 0 && samples !== undefined)
    ? { id, reason: 'BAD_ANSWER' }
    : result;
}
