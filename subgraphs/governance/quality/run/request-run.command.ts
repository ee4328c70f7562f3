import { type Frequency, nextRun } from '../../../../shared/law/calendar/frequency.js';
import { type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import { say } from '../messages/index.js';
import { findPlace, keepPlace } from '../rule/find-place.js';
import { QualityRule } from '../rule/quality-rule.entity.js';
import { type QualityMode, ResourceQuality, type ResourceQualityResult } from './resource-quality.entity.js';

const TIMES: ReadonlySet<string> = new Set(['Date', 'LocalDate', 'DateTime', 'DateTimeISO']);

export interface QualityScheduleTerms {
  readonly frequency: Frequency;
  readonly hour: number;
  readonly changeItem?: string | null | undefined;
}

/** Says when a resource is judged, and by which item its changes are known.
 *  @source QZ-3.5c */
export async function scheduleQuality(
  { em, fetch, own }: GovernanceContext,
  name: string,
  { frequency, hour, changeItem }: QualityScheduleTerms,
): Promise<ResourceQualityResult> {
  if (fetch.person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return refuse('RULE_MALFORMED', say('schedule.hour'));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ResourceQualityResult>> => {
    const place = await findPlace(em, fetch, name);
    if ('code' in place) return { result: refuse(place.code, place.message) };
    if (changeItem != null && !place.items.some(({ item, valueType }) => item === changeItem && TIMES.has(valueType)))
      return { result: refuse('ITEM_UNKNOWN', say('schedule.item', { item: changeItem.slice(0, 60) })) };
    await keepPlace(em, place, own);
    const { id } = place;
    const nextAt = new Date(nextRun({ frequency, hour }, own.now(), own.timeZone));
    await em.nativeUpdate(ResourceQuality, { id }, { frequency, hour, changeItem: changeItem ?? null, nextAt });
    const resource = await em.findOneOrFail(ResourceQuality, { id }, { disableIdentityMap: true });
    return {
      result: { resource },
      decision: {
        ...{ act: 'SCHEDULE_QUALITY', object: `quality/${id}`, concerns: [place.provider] },
        terms: { frequency, hour, ...(changeItem != null && { changeItem }) },
      },
    };
  });
}

/** Has a resource judged soon. */
export async function requestRun(
  { em, fetch, own }: GovernanceContext,
  name: string,
  mode: QualityMode,
): Promise<ResourceQualityResult> {
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ResourceQualityResult>> => {
    const place = await findPlace(em, fetch, name);
    if ('code' in place) return { result: refuse(place.code, place.message) };
    const { id } = place;
    const known = await em.findOne(ResourceQuality, { id }, { disableIdentityMap: true });
    if (!known || (await em.count(QualityRule, { place: id, state: 'ACTIVE' })) === 0)
      return { result: refuse('RULE_UNKNOWN', say('place.noRules', { place: id })) };
    if (known.askedMode != null) return { result: refuse('STATE_UNFIT', say('place.running', { place: id })) };
    if (mode === 'CHANGED' && known.changeItem == null)
      return { result: refuse('ITEM_UNKNOWN', say('run.noItem', { place: id })) };
    await em.nativeUpdate(ResourceQuality, { id }, { askedMode: mode });
    const resource = await em.findOneOrFail(ResourceQuality, { id }, { disableIdentityMap: true });
    return {
      result: { resource },
      decision: { act: 'REQUEST_QUALITY_RUN', object: `quality/${id}`, concerns: [place.provider], terms: { mode } },
    };
  });
}
