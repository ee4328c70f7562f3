import { endOfDay } from '../../../../shared/law/index.js';
import { sealSubject } from '../../../../shared/trust/sealed-subject.js';
import { cleanText, type Database, type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import { findScenarios } from '../../register/index.js';
import { hashSubject } from './hash-subject.js';
import type { ProtectionInput, ProtectionResult } from './protection-input.type.js';
import { checkProtection, normaliseSubject, type ProtectionProblem } from './protection.rule.js';
import { ProtectionStore } from './protection.store.js';
import { recordProtection } from './record-protection.js';
import { say } from '../messages/index.js';

/** Most protections of a department that have not ended: the list goes whole to its own subgraphs. */
const MOST = 10_000;

/** Stores a protection until another person confirms it. It withholds nothing yet. The identifier is sealed before anything
 *  is stored, and is in no record and no log. */
export async function proposeProtection(
  { em, fetch, own }: GovernanceContext,
  input: ProtectionInput,
): Promise<ProtectionResult> {
  const { person, department: owner } = fetch;
  const { auditLog, now, timeZone, protectionKey } = own;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('protection.proposer'));
  if (!protectionKey || !own.hashesOf) return refuse('REGISTRATION_UNAVAILABLE', say('protection.none'));
  const { subject, reference, reason, basis } = input;
  const purposes = input.purposes.map(({ department, scenario }) => ({ department, scenario }));
  const identifier = normaliseSubject(subject);
  if (identifier === undefined) return refuse('PROTECTION_MALFORMED', say('protection.identifier'));
  const until = endOfDay(input.until, timeZone);
  const problem = checkProtection({ purposes, reference, reason, basis }, until, now());
  if (problem) return refuse(problem.code, problem.message);
  const { kind } = subject;
  const hashes = hashSubject(own.hashesOf, { kind, identifier });
  const [{ key: subjectKey, hash: subjectHash }] = hashes;
  const sealed = await sealSubject(identifier, { owner, kind }, protectionKey);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<ProtectionResult>> => {
    const unknown = await findUnknownPurpose(em, purposes);
    if (unknown) return { result: refuse(unknown.code, unknown.message) };
    const store = new ProtectionStore(em);
    const known = (await store.findOf(owner, hashes)).find(({ state }) => state === 'PROPOSED');
    if (known)
      return {
        result: refuse('PROTECTION_KNOWN', say('protection.known', { id: known.id })),
      };
    if ((await store.count(owner)) >= MOST)
      return { result: refuse('TOO_MANY', say('protection.most', { most: MOST })) };
    const protection = await store.add({
      ...{ owner, kind, sealed, subjectKey, subjectHash, purposes, until: new Date(until) },
      ...{ reference: cleanText(reference), reason: cleanText(reason), basis: basis.map(cleanText) },
      ...{ proposedAt: new Date(now()), proposedBy: person },
    });
    return recordProtection('PROPOSE_PROTECTION', protection);
  });
}

async function findUnknownPurpose(
  database: Database,
  purposes: ProtectionInput['purposes'],
): Promise<ProtectionProblem | undefined> {
  const departments = [...new Set(purposes.map(({ department }) => department))];
  const known = (await findScenarios(database, departments)).filter(({ ended }) => !ended);
  const unknown = purposes.find(
    ({ department, scenario }) => !known.some((one) => one.department === department && one.code === scenario),
  );
  return (
    unknown && {
      code: 'SCENARIO_UNKNOWN',
      message: say('protection.scenario', {
        department: unknown.department.slice(0, 64),
        scenario: unknown.scenario.slice(0, 64),
      }),
    }
  );
}
