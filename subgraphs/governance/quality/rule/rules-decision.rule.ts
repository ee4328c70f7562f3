import type { Decision } from '../../core/index.js';
import type { QualityRule } from './quality-rule.entity.js';

/** The act on rules of one resource, so that many are told of once.
 *  @param rules  one or more */
export const rulesDecision = (
  act: Decision['act'],
  rules: readonly Pick<QualityRule, 'id' | 'place' | 'definition'>[],
  concerns: readonly string[],
): Decision => ({
  ...{ act, concerns, object: `quality/${rules[0]!.place}` },
  terms: { place: rules[0]!.place, rules: rules.map(({ id, definition }) => ({ id, ...definition })) },
});
