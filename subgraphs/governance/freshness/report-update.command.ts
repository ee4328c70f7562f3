import { cleanText, findTextProblem, type GovernanceContext, type Recorded, refuse } from '../core/index.js';
import type { UpdateReportKind } from './freshness-enums.js';
import { readFreshness, writeReport } from './freshness.store.js';
import { say } from './messages/index.js';
import { recomputeFreshness } from './recompute-freshness.js';
import { ResourceFreshness } from './resource-freshness.entity.js';
import type { FreshnessResult } from './update-exception.entity.js';

export interface UpdateReport {
  readonly code: string;
  readonly kind: UpdateReportKind;
  /** Now where absent. */
  readonly at?: Date | null | undefined;
  readonly note?: string | null | undefined;
}

/** Notes an update that the provider reports of a resource of its own. @source HZ-7.4a, QZ-4.3b, YN-11a */
export async function reportUpdate(
  { em, fetch, own }: GovernanceContext,
  { code, kind, at, note }: UpdateReport,
): Promise<FreshnessResult> {
  const problem = note == null ? undefined : findTextProblem('note', note, { optional: true });
  if (problem) return refuse('UPDATE_MALFORMED', problem);
  const instant = at ?? new Date(own.now());
  if (instant.getTime() > own.now()) return refuse('UPDATE_MALFORMED', say('update.future'));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<FreshnessResult>> => {
    const law = { profile: own.profile, calendar: own.calendar, now: own.now() };
    await recomputeFreshness(em, law, [code]);
    const stored = (await readFreshness(em, [code])).get(code);
    if (!stored) return { result: refuse('RESOURCE_UNKNOWN', say('resource.unknown', { code: code.slice(0, 64) })) };
    if (stored.provider !== fetch.department)
      return { result: refuse('OTHER_DEPARTMENT', say('resource.other', { code }), ['HZ-5.3a']) };
    const column = kind === 'UPDATED' ? 'pushed_at' : 'generated_at';
    const known = stored[column];
    if (known && known >= instant)
      return { result: refuse('UPDATE_MALFORMED', say('update.older', { at: known.toISOString() })) };
    await writeReport(em, code, column, instant);
    await recomputeFreshness(em, law, [code]);
    const freshness = await em.findOneOrFail(ResourceFreshness, { code }, { disableIdentityMap: true });
    return {
      result: { freshness },
      decision: {
        act: 'REPORT_UPDATE',
        object: `freshness/${code}`,
        concerns: [fetch.department],
        basis: freshness.clauses,
        ...(note != null && cleanText(note) !== '' && { reason: cleanText(note) }),
        terms: { kind, at: instant.toISOString(), due: freshness.due ?? null },
      },
    };
  });
}
