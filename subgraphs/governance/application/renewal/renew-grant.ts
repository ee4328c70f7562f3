import type { Text } from '../../../../shared/kernel/index.js';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Recorded, type GovernanceContext, Refusal, type RefusalCode } from '../../core/index.js';
import { GrantStore } from '../../grant/index.js';
import type { ApplicationResult } from '../draft/application-result.js';
import type { FormValues } from '../draft/form-values.js';
import { ApplicationDrafts } from '../draft/application-drafts.js';
import { ShareApplication } from '../draft/share-application.entity.js';
import { canSeeApplication } from '../review/visibility.js';
import { say } from '../messages/index.js';

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
  const refused = (code: RefusalCode, message: Text) => ({
    result: { findings: [], refusal: Refusal.because(code, message) },
  });
  const grant = await new GrantStore(em).find(id);
  if (!grant || grant.department !== context.fetch.department)
    return refused('GRANT_UNKNOWN', say('renewal.unknown', { id }));
  if (grant.revokedAt) return refused('GRANT_REVOKED', say('renewal.revoked', { id }));
  if (until <= grant.until)
    return refused('PERIOD_WRONG', say('renewal.lasts', { id, until: grant.until.toISOString() }));
  const old =
    grant.application != null &&
    (await em.findOne(ShareApplication, { id: grant.application }, { disableIdentityMap: true }));
  if (old && old.typed.special && !(await canSeeApplication(em, old, context.fetch)))
    return refused('NOT_ENTITLED', say('renewal.special', { id }));
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
    verificationDetails: grant.verificationDetails ?? undefined,
    ...((duty ?? grant.duty) != null && { duty: duty ?? grant.duty! }),
    from: begins?.toISOString(),
    until: until.toISOString(),
  };
  return new ApplicationDrafts(em, context).start(form, { submit: true, masks: grant.masks ?? {}, renews: id });
}
