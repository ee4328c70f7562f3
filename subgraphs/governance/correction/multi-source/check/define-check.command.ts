import type { EntityManager } from '@mikro-orm/postgresql';
import { joinTexts } from '../../../../../shared/kernel/index.js';
import {
  cleanText,
  findGroundsProblem,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  type Recorded,
  refuse,
} from '../../../core/index.js';
import { findItems } from '../../../evidence/index.js';
import { ComparableItem } from '../items/comparable-item.entity.js';
import { say } from '../../messages/index.js';
import type { MultiSourceCheckInput } from './check-input.type.js';
import { MultiSourceCheck, type MultiSourceCheckResult } from './multi-source-check.entity.js';
import { choosePairing, type CheckProblem } from './pairing.rule.js';
import { nextRun } from '../../../../../shared/law/calendar/frequency.js';

/** Most checks that have not ended, and the bounds of a batch. */
const MOST = 500;
const [LEAST_BATCH, MOST_BATCH] = [200, 1_000];

/** Defines a check. It compares nothing until both owners have consented.
 *  @source HZ-6.3a */
export async function defineCheck(
  { em, fetch, own }: GovernanceContext,
  input: MultiSourceCheckInput,
): Promise<MultiSourceCheckResult> {
  const { person, department: authority } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  const malformed = findMalformed(input);
  if (malformed) return refuse(malformed.code, malformed.message);
  const { frequency, hour, batchSize } = input;
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<MultiSourceCheckResult>> => {
    const items = [cleanText(input.leftItem), cleanText(input.rightItem)];
    const known = await em.find(ComparableItem, { coordinate: { $in: items } }, { disableIdentityMap: true });
    const [left, right] = items.map((item) => known.find(({ coordinate }) => coordinate === item));
    if (!left || !right) {
      const problem = await explainMissing(em, items, known);
      return { result: refuse(problem.code, problem.message) };
    }
    const pairing = choosePairing(left, right);
    if ('code' in pairing) return { result: refuse(pairing.code, pairing.message) };
    const same = await em.findOne(MultiSourceCheck, {
      state: { $ne: 'ENDED' },
      $or: [
        { leftItem: left.coordinate, rightItem: right.coordinate },
        { leftItem: right.coordinate, rightItem: left.coordinate },
      ],
    });
    if (same) return { result: refuse('CHECK_KNOWN', say('define.known', { id: same.id })) };
    if ((await em.count(MultiSourceCheck, { state: { $ne: 'ENDED' } })) >= MOST)
      return { result: refuse('TOO_MANY', say('define.most', { most: MOST })) };
    const id = await nextNumber(em, 'multi_source_check_number', 'MC');
    const now = own.now();
    await em.insert(MultiSourceCheck, {
      ...{ id, name: cleanText(input.name), purpose: cleanText(input.purpose), basis: input.basis.map(cleanText) },
      ...{ authority, leftItem: left.coordinate, leftOwner: left.provider },
      ...{ rightItem: right.coordinate, rightOwner: right.provider, ...pairing, frequency, hour, batchSize },
      ...{ state: 'ACTIVE', definedAt: new Date(now), definedBy: person, changedAt: new Date(now), changedBy: person },
      nextAt: new Date(nextRun({ frequency, hour }, now, own.timeZone)),
    });
    const check = await em.findOneOrFail(MultiSourceCheck, { id }, { disableIdentityMap: true });
    return {
      result: { check },
      decision: {
        act: 'DEFINE_CHECK',
        object: `multi-source-check/${id}`,
        concerns: [left.provider, right.provider],
        basis: check.basis,
        terms: { items: [left.coordinate, right.coordinate], ...pairing, frequency, hour, batchSize },
      },
    };
  });
}

function findMalformed({ name, purpose, basis, hour, batchSize }: MultiSourceCheckInput): CheckProblem | undefined {
  const text =
    findTextProblem('name', name, { max: 60 }) ??
    findTextProblem('purpose', purpose, { max: 300, lines: true }) ??
    findGroundsProblem({ basis });
  if (text) return { code: 'CHECK_MALFORMED', message: text };
  if (!basis.some((provision) => provision.trim() !== ''))
    return { code: 'BASIS_MISSING', message: say('define.basis') };
  if (hour < 0 || hour > 23) return { code: 'CHECK_MALFORMED', message: say('define.hour') };
  return batchSize < LEAST_BATCH || batchSize > MOST_BATCH
    ? { code: 'CHECK_MALFORMED', message: say('define.batch', { least: LEAST_BATCH, most: MOST_BATCH }) }
    : undefined;
}

/** An item that the graph has and that is not open to comparisons is another fault than one that nobody has. */
async function explainMissing(
  em: EntityManager,
  items: readonly string[],
  comparable: readonly ComparableItem[],
): Promise<CheckProblem> {
  const missing = [...new Set(items)].filter((item) => !comparable.some(({ coordinate }) => coordinate === item));
  const inGraph = await findItems(em, missing);
  const unknown = missing.filter((item) => !inGraph.some(({ coordinate }) => coordinate === item));
  const named = joinTexts(
    (unknown.length > 0 ? unknown : missing).map((item) => item.slice(0, 100)),
    ',',
  );
  return unknown.length > 0
    ? { code: 'ITEM_UNKNOWN', message: say('define.itemUnknown', { items: named }) }
    : { code: 'NOT_VERIFIABLE', message: say('define.notVerifiable', { items: named }) };
}
