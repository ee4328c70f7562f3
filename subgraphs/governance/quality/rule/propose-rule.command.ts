import { hash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { proposeRules } from '../../../../shared/share/quality/propose-rules.js';
import { dimensionOf, type QualityRule as Definition } from '../../../../shared/share/quality/quality-rule.js';
import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  omitNulls,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { QualityItem } from '../items/quality-item.entity.js';
import { say } from '../messages/index.js';
import { findRuleProblem, type RuledItem } from './check-rule.rule.js';
import { rulesDecision } from './rules-decision.rule.js';
import { findPlace, keepPlace, type QualityPlace } from './find-place.js';
import type { QualityRuleInput } from './quality-rule-input.type.js';
import { QualityRule, type QualityRulesResult } from './quality-rule.entity.js';

/** An input without its nulls. */
type StatedRule = Definition & { readonly place: string; readonly note?: string };

/** Most rules of a resource. */
const MOST = 200;

/** Proposes a rule. It judges nothing until a person of the provider confirms it, another than who proposed it.
 *  @source QZ-3.5a */
export async function proposeRule(
  { em, fetch, own }: GovernanceContext,
  input: QualityRuleInput,
): Promise<QualityRulesResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  const { place: name, note, ...stated } = omitNulls(input) as StatedRule;
  const unfit = note === undefined ? undefined : findTextProblem('note', note, { max: 300, optional: true });
  if (unfit) return refuse('RULE_MALFORMED', unfit);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<QualityRulesResult>> => {
    const place = await findPlace(em, fetch, name);
    if ('code' in place) return { result: refuse(place.code, place.message) };
    const definition = ofKind(stated);
    const target =
      definition.target === undefined ? null : await em.findOne(QualityItem, { coordinate: definition.target });
    const problem = findRuleProblem(definition, place.items, (target as RuledItem | null) ?? undefined);
    if (problem) return { result: refuse(problem.code, problem.message) };
    const known = await findSame(em, place.id, definition);
    if (known) return { result: refuse('RULE_KNOWN', say('rule.known', { id: known.id })) };
    if (await isFull(em, place.id, 1)) return { result: refuse('TOO_MANY', say('rule.most', { most: MOST })) };
    await keepPlace(em, place, own);
    const rule = await insertRule(em, place, definition, own.now(), {
      ...{ proposedBy: person, proposedFrom: department },
      ...(note !== undefined && cleanText(note) !== '' && { note: cleanText(note) }),
    });
    return { result: { rules: [rule] }, decision: rulesDecision('PROPOSE_QUALITY_RULE', [rule], [rule.provider]) };
  });
}

/** Proposes the rules that follow from how the items of a resource are declared.
 *  @source QZ-3.5a, HZ-7.3c, HZ-7.3d, YN-12b, YN-12c */
export async function draftRules({ em, fetch, own }: GovernanceContext, name: string): Promise<QualityRulesResult> {
  if (fetch.person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<QualityRulesResult>> => {
    const place = await findPlace(em, fetch, name);
    if ('code' in place) return { result: refuse(place.code, place.message) };
    // What was refused, or ended, is not proposed again.
    const known = await em.find(QualityRule, { place: place.id }, { disableIdentityMap: true });
    const fingerprints = new Set(known.map(({ fingerprint }) => fingerprint));
    const drafts = proposeRules(place.items as never).filter((rule) => !fingerprints.has(fingerprintOf(rule)));
    if (drafts.length === 0) return { result: refuse('RULE_KNOWN', say('rule.noDrafts')) };
    if (await isFull(em, place.id, drafts.length))
      return { result: refuse('TOO_MANY', say('rule.most', { most: MOST })) };
    await keepPlace(em, place, own);
    const rules: QualityRule[] = [];
    for (const draft of drafts) rules.push(await insertRule(em, place, draft, own.now(), {}));
    return { result: { rules }, decision: rulesDecision('PROPOSE_QUALITY_RULE', rules, [place.provider]) };
  });
}

/** The members that belong to a rule of its kind. */
function ofKind({ kind, item, format, values, least, most, other, relation, days, target }: Definition): Definition {
  const named = { kind, item: item.trim() };
  switch (kind) {
    case 'REQUIRED':
    case 'UNIQUE':
      return named;
    case 'FORMAT':
      return { ...named, ...(format && { format }) };
    case 'VALUES':
      return { ...named, ...(values && { values: [...new Set(values)] }) };
    case 'RANGE':
      return { ...named, ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
    case 'CONSISTENT':
      return { ...named, ...(other !== undefined && { other }), ...(relation && { relation }) };
    case 'RECENT':
      return { ...named, ...(days !== undefined && { days }) };
    case 'REFERENCE':
      return { ...named, ...(target !== undefined && { target: target.trim() }) };
  }
}

async function insertRule(
  em: EntityManager,
  { id: place, provider }: QualityPlace,
  definition: Definition,
  now: number,
  by: { readonly proposedBy?: string; readonly proposedFrom?: string; readonly note?: string },
): Promise<QualityRule> {
  const { item, kind } = definition;
  const id = await nextNumber(em, 'quality_rule_number', 'QR');
  await em.insert(QualityRule, {
    ...{ id, place, provider, item, kind, dimension: dimensionOf(kind), definition, state: 'PROPOSED' },
    ...{ fingerprint: fingerprintOf(definition), proposedAt: new Date(now), ...by },
  });
  return em.findOneOrFail(QualityRule, { id }, { disableIdentityMap: true });
}

const fingerprintOf = (rule: Definition): string =>
  hash('sha256', JSON.stringify(Object.entries(ofKind(rule)).sort(([one], [other]) => (one < other ? -1 : 1))), 'hex');

const findSame = (em: EntityManager, place: string, definition: Definition) =>
  em.findOne(QualityRule, {
    ...{ place, fingerprint: fingerprintOf(definition), state: { $in: ['PROPOSED' as const, 'ACTIVE' as const] } },
  });

const isFull = async (em: EntityManager, place: string, more: number): Promise<boolean> =>
  (await em.count(QualityRule, { place, state: { $in: ['PROPOSED', 'ACTIVE'] } })) + more > MOST;
