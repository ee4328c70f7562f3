import type { EntityManager } from '@mikro-orm/postgresql';
import { type Recorded, type GovernanceContext, Refusal, type RefusalCode } from '../../core/index.js';
import { GrantStore } from '../../grant/index.js';
import type { ApplicationResult } from '../draft/application-result.js';
import type { FormValues } from '../draft/form-values.js';
import { ApplicationDrafts } from '../draft/application-drafts.js';
import { ShareApplication } from '../draft/share-application.entity.js';
import { viewerKeys } from '../review/viewers.js';

interface Renewal {
  /** Of the grant. */
  readonly id: string;
  readonly until: Date;
  readonly reason: string;
  /** Duty that the data serves; by default the one that the grant rests on. */
  readonly duty?: string | null | undefined;
}

/** Applies for a longer term of a grant. The application repeats what the old one said, keeps the grant's masks, and goes
 *  through the same review. */
export async function renewGrant(
  em: EntityManager,
  context: GovernanceContext,
  { id, until, reason, duty }: Renewal,
): Promise<Recorded<ApplicationResult>> {
  const refused = (code: RefusalCode, message: string) => ({
    result: { findings: [], refusal: Refusal.because(code, message) },
  });
  const grant = await new GrantStore(em).find(id);
  if (!grant || grant.department !== context.fetch.department)
    return refused('GRANT_UNKNOWN', `Your department has no grant ${id}.`);
  if (grant.revokedAt) return refused('GRANT_REVOKED', `Grant ${id} has been revoked. Apply anew.`);
  if (until <= grant.until)
    return refused('PERIOD_WRONG', `Grant ${id} lasts until ${grant.until.toISOString()} already.`);
  const old =
    grant.application != null &&
    (await em.findOne(ShareApplication, { id: grant.application }, { disableIdentityMap: true }));
  if (old && old.typed.special && !viewerKeys(context.fetch).some((key) => old.visibleTo.includes(key)))
    return refused(
      'NOT_ENTITLED',
      `Grant ${id} was given by special procedure; a person whom its application names renews it.`,
    );
  const { uncatalogued: _, ...said }: FormValues = old ? old.typed : {};
  const begins = grant.until.getTime() > context.own.now() ? grant.until : undefined;
  const form: FormValues = {
    ...said,
    scenario: grant.scenario,
    mode: grant.mode,
    coordinates: grant.coordinates,
    reason,
    rows: grant.rows ?? undefined,
    quotaPerDay: grant.quotaPerDay ?? undefined,
    ...((duty ?? grant.duty) != null && { duty: duty ?? grant.duty! }),
    from: begins?.toISOString(),
    until: until.toISOString(),
  };
  return new ApplicationDrafts(em, context).start(form, { submit: true, masks: grant.masks ?? {}, renews: id });
}
