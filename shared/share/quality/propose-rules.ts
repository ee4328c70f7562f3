import type { QualityItem } from './quality-items.js';
import type { QualityRule } from './quality-rule.js';

const TIMES = new Set(['Date', 'LocalDate', 'DateTime', 'DateTimeISO']);
const BIRTH = /^(出生日期|生日)$/;
const SEX = /^性别$/;

/** Rules that follow from how a type's items are declared. They are proposals: a person of the provider confirms each.
 *  @param items  of one type */
export function proposeRules(items: readonly QualityItem[]): readonly QualityRule[] {
  const person = items.find(({ facts }) => facts.subject === 'PERSON');
  return items.flatMap(({ item, title, valueType, facts }): QualityRule[] => {
    const { required, key, codes, subject, mask, division } = facts;
    const birth = person && BIRTH.test(title) && (TIMES.has(valueType) || valueType === 'String');
    const sex = person && SEX.test(title);
    return [
      ...(required || key ? [{ kind: 'REQUIRED' as const, item }] : []),
      ...(key ? [{ kind: 'UNIQUE' as const, item }] : []),
      ...(subject === 'PERSON' ? [{ kind: 'FORMAT' as const, item, format: 'IDENTITY_NUMBER' as const }] : []),
      ...(subject === 'ORGANISATION' ? [{ kind: 'FORMAT' as const, item, format: 'CREDIT_CODE' as const }] : []),
      ...(mask === 'PHONE' ? [{ kind: 'FORMAT' as const, item, format: 'PHONE' as const }] : []),
      ...(division && !codes ? [{ kind: 'FORMAT' as const, item, format: 'DIVISION_CODE' as const }] : []),
      ...(codes ? [{ kind: 'VALUES' as const, item, values: codes }] : []),
      ...(birth ? [{ kind: 'CONSISTENT' as const, item, other: person.item, relation: 'BIRTH_DATE' as const }] : []),
      ...(sex ? [{ kind: 'CONSISTENT' as const, item, other: person.item, relation: 'SEX' as const }] : []),
    ];
  });
}
