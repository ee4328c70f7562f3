import type { AuditAction } from '../../../../shared/evidence/index.js';
import { wordOf, type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import { findAccounts } from '../../register/index.js';
import { hashSubject } from './hash-subject.js';
import type { ProtectionResult } from './protection-input.type.js';
import { checkReason, normaliseSubject, type ProtectionProblem } from './protection.rule.js';
import { IN_FORCE, ProtectionStore } from './protection.store.js';
import { recordProtection } from './record-protection.js';
import type { ProtectionState, SubjectProtection } from './subject-protection.entity.js';
import { say } from '../messages/index.js';
import { joinTexts, type Text } from '../../../../shared/kernel/index.js';

/** Puts a protection in force: another person than the one who proposed it, who gives the identifier once more. It takes the
 *  place of an earlier one of the subject. */
export function confirmProtection(
  context: GovernanceContext,
  id: string,
  identifier: string,
): Promise<ProtectionResult> {
  const { now, hashesOf } = context.own;
  return decide(context, id, ['PROPOSED'], async (protection, { person, accounts }, store) => {
    if (accounts.includes(protection.proposedBy)) return samePerson(say('protection.proposedIt'));
    const { kind, owner, subjectKey, subjectHash } = protection;
    const given = normaliseSubject({ kind, identifier });
    const hashes = given === undefined ? [] : hashSubject(hashesOf!, { kind, identifier: given });
    if (!hashes.some(({ key, hash }) => key === subjectKey && hash === subjectHash))
      return {
        code: 'SUBJECT_DIFFERS',
        message: say('protection.otherSubject'),
      };
    const at = new Date(now());
    if (protection.until <= at) return { code: 'PERIOD_WRONG', message: say('protection.over') };
    for (const { id: earlier, state } of await store.findOf(owner, hashes))
      if (isInForce(state)) await store.change(earlier, { state: 'REPLACED', endedAt: at });
    return { act: 'CONFIRM_PROTECTION', change: { state: 'IN_FORCE', confirmedAt: at, confirmedBy: person } };
  });
}

/** Proposes to end a protection; it withholds until another person confirms that. */
export function proposeProtectionEnd(
  context: GovernanceContext,
  id: string,
  reason: string,
): Promise<ProtectionResult> {
  return decide(context, id, ['IN_FORCE'], (_protection, { person }) => {
    const problem = checkReason(reason);
    if (problem) return problem;
    const endProposedAt = new Date(context.own.now());
    const change = { state: 'END_PROPOSED' as const, endProposedAt, endProposedBy: person, endReason: reason.trim() };
    return { act: 'PROPOSE_PROTECTION_END', change };
  });
}

/** Ends a protection: another person than the one who proposed its end. */
export function confirmProtectionEnd(context: GovernanceContext, id: string): Promise<ProtectionResult> {
  return decide(context, id, ['END_PROPOSED'], ({ endProposedBy }, { person, accounts }) => {
    if (accounts.includes(endProposedBy!)) return samePerson(say('protection.proposedEnd'));
    return {
      act: 'END_PROTECTION',
      change: { state: 'ENDED', endedAt: new Date(context.own.now()), endedBy: person },
    };
  });
}

/** Refuses what another has proposed, or takes back a proposal of one's own: a protection that was not confirmed is over, one
 *  that was to end goes on. */
export function refuseProtection(context: GovernanceContext, id: string, reason: string): Promise<ProtectionResult> {
  return decide(context, id, ['PROPOSED', 'END_PROPOSED'], ({ state }, { person }) => {
    const problem = checkReason(reason);
    if (problem) return problem;
    const refused = { refusedAt: new Date(context.own.now()), refusedBy: person, refusal: reason.trim() };
    const change =
      state === 'PROPOSED'
        ? { state: 'REFUSED' as const, ...refused }
        : { state: 'IN_FORCE' as const, endProposedAt: null, endProposedBy: null, endReason: null, ...refused };
    return { act: 'REFUSE_PROTECTION', change };
  });
}

interface Decider {
  readonly person: string;
  /** Every account of the person. */
  readonly accounts: readonly string[];
}
interface ProtectionChange {
  readonly act: AuditAction;
  readonly change: Partial<SubjectProtection>;
}
type Step = ProtectionChange | ProtectionProblem;

/** Changes a protection of the caller's department.
 *  @param context  of the resolver
 *  @param id       of the protection
 *  @param from     states in which it can be done
 *  @param step     returns the change, or the reason against it */
async function decide(
  context: GovernanceContext,
  id: string,
  from: readonly ProtectionState[],
  step: (protection: SubjectProtection, decider: Decider, store: ProtectionStore) => Step | Promise<Step>,
): Promise<ProtectionResult> {
  const { em, fetch, own } = context;
  const { auditLog, hashesOf } = own;
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('protection.decider'));
  if (!hashesOf) return refuse('REGISTRATION_UNAVAILABLE', say('protection.none'));
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<ProtectionResult>> => {
    const store = new ProtectionStore(em);
    const protection = await store.find(id);
    if (protection?.owner !== fetch.department)
      return { result: refuse('PROTECTION_UNKNOWN', say('protection.unknown', { id: id.slice(0, 64) })) };
    if (!from.includes(protection.state))
      return {
        result: refuse(
          'STATE_UNFIT',
          say('protection.state', {
            id,
            state: wordOf('protection', protection.state),
            states: joinTexts(
              from.map((one) => wordOf('protection', one)),
              'or',
            ),
          }),
        ),
      };
    const found = await step(protection, { person, accounts: await findAccounts(em, person) }, store);
    if ('code' in found) return { result: refuse(found.code, found.message) };
    return recordProtection(found.act, await store.change(id, found.change));
  });
}

const isInForce = (state: ProtectionState): boolean => (IN_FORCE as readonly string[]).includes(state);

const samePerson = (what: Text): ProtectionProblem => ({
  code: 'SAME_PERSON',
  message: say('protection.samePerson', { what }),
});
