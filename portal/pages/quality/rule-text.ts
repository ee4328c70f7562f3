import type { TFunction } from 'i18next';
import type { QualityRulesQuery } from './quality.generated.js';

export type Rule = NonNullable<QualityRulesQuery['qualityRules']>['nodes'][number];

/** A rule in words: its kind, and what it asks for. */
export function ruleText(rule: Rule, enums: TFunction<'enums'>): string {
  const { kind, format, values, least, most, other, relation, days, target } = rule;
  const parts = [
    format && enums(`QualityFormat.${format}`),
    values && values.slice(0, 6).join('、') + (values.length > 6 ? ` … (${values.length})` : ''),
    (least != null || most != null) && `${least ?? '—'} ~ ${most ?? '—'}`,
    relation && `${enums(`QualityRelation.${relation}`)} (${other ?? ''})`,
    days != null && `≤ ${days}`,
    target,
  ].filter(Boolean);
  return [enums(`QualityRuleKind.${kind}`), ...parts].join(' · ');
}
