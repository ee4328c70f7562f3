import { say } from '../messages/index.js';
import { sql } from 'kysely';
import { cleanText, type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import { checkReason } from '../protection/protection.rule.js';
import { grantTables } from '../tables.js';
import { VerificationLock, type VerificationLockResult } from './verification-lock.entity.js';

/** Lifts a lock of the caller's data, and lets the tries of the locked begin anew. */
export async function liftLock(
  { em, fetch, own }: GovernanceContext,
  id: string,
  reason: string,
): Promise<VerificationLockResult> {
  const { person, department: provider } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('lock.person'));
  const problem = checkReason(reason);
  if (problem) return refuse(problem.code === 'REASON_MISSING' ? problem.code : 'GROUNDS_MALFORMED', problem.message);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<VerificationLockResult>> => {
    const tables = grantTables(em);
    const lifted = await tables
      .updateTable('verification_lock')
      .set({ state: 'LIFTED', ended_at: new Date(own.now()), lifted_by: person, reason: cleanText(reason) })
      .where('id', '=', id)
      .where('provider', '=', provider)
      .where('state', '=', 'LOCKED')
      .where('until_at', '>', sql<Date>`now()`)
      .returning(['subject', 'item', 'scope', 'asker'])
      .executeTakeFirst();
    const lock = await em.findOne(VerificationLock, { id, provider }, { disableIdentityMap: true });
    if (!lock) return { result: refuse('LOCK_UNKNOWN', say('lock.unknown', { id: id.slice(0, 64) })) };
    if (!lifted) return { result: refuse('STATE_UNFIT', say('lock.over', { id })) };
    const { subject, item, scope, asker } = lifted;
    await tables
      .deleteFrom('verification_miss')
      .where('subject', '=', subject)
      .where('item', '=', item)
      .where('department', '=', scope)
      .execute();
    return {
      result: { lock },
      decision: {
        act: 'LIFT_VERIFICATION_LOCK',
        object: `verification-lock/${id}`,
        concerns: [provider, asker],
        reason: lock.reason,
        terms: { item, forAll: lock.forAll },
      },
    };
  });
}
