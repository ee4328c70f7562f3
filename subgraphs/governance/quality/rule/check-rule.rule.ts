import type { Text } from '../../../../shared/kernel/index.js';
import type { ItemFacts } from '../../../../shared/share/quality/quality-items.js';
import type { QualityRule } from '../../../../shared/share/quality/quality-rule.js';
import type { RefusalCode } from '../../core/index.js';
import { say } from '../messages/index.js';

/** An item as a rule is about it. */
export interface RuledItem {
  readonly coordinate: string;
  readonly provider: string;
  readonly subgraph: string;
  readonly type: string;
  readonly item: string;
  readonly valueType: string;
  readonly shareType: string;
  readonly facts: ItemFacts;
}
export interface RuleProblem {
  readonly code: RefusalCode;
  readonly message: Text;
}

const TIMES: ReadonlySet<string> = new Set(['Date', 'LocalDate', 'DateTime', 'DateTimeISO']);
const NUMBERS: ReadonlySet<string> = new Set(['Int', 'Float', 'Decimal']);
const TEXTS: ReadonlySet<string> = new Set(['String', 'ID']);
const NUMBER = /^-?\d{1,30}(\.\d{1,20})?$/;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Finds what is wrong with a rule.
 *  @param items   of the same type
 *  @param target  item that a reference names, of whichever department
 *  @returns       undefined for one that can be proposed
 *  @source QZ-3.5a, CZ-12b */
export function findRuleProblem(
  rule: QualityRule,
  items: readonly RuledItem[],
  target: RuledItem | undefined,
): RuleProblem | undefined {
  const item = items.find((each) => each.item === rule.item);
  if (!item) return { code: 'ITEM_UNKNOWN', message: say('rule.item', { item: rule.item.slice(0, 60) }) };
  const { valueType, facts } = item;
  const isText = TEXTS.has(valueType);
  switch (rule.kind) {
    case 'REQUIRED':
    case 'UNIQUE':
      return undefined;
    case 'FORMAT':
      return rule.format === undefined || !isText ? unfit(say('rule.format')) : undefined;
    case 'VALUES': {
      const { values = [] } = rule;
      const isListed = values.length > 0 && values.length <= 500 && values.every((value) => value.length <= 200);
      if (!isListed || !(isText || facts.codes)) return unfit(say('rule.values'));
      const strange = facts.codes && values.find((value) => !facts.codes!.includes(value));
      return strange === undefined ? undefined : unfit(say('rule.code', { code: strange.slice(0, 40) }));
    }
    case 'RANGE': {
      const bounds = [rule.least, rule.most].filter((bound) => bound !== undefined);
      const form = NUMBERS.has(valueType) ? NUMBER : TIMES.has(valueType) || isText ? DATE : undefined;
      return bounds.length === 0 || !form || !bounds.every((bound) => form.test(bound)) || isTurned(rule, form)
        ? unfit(say('rule.range'))
        : undefined;
    }
    case 'RECENT':
      return TIMES.has(valueType) && rule.days !== undefined && rule.days >= 0 && rule.days <= 36_500
        ? undefined
        : unfit(say('rule.recent'));
    case 'CONSISTENT': {
      const other = items.find((each) => each.item === rule.other);
      return other && other !== item && rule.relation !== undefined ? undefined : unfit(say('rule.consistent'));
    }
    case 'REFERENCE':
      if (!target || target.provider === item.provider || !isText || !TEXTS.has(target.valueType))
        return unfit(say('rule.reference'));
      // Otherwise the count would tell who is among the other's records.
      return target.shareType === 'UNCONDITIONAL'
        ? undefined
        : { code: 'MISMATCH_TELLS_VALUE', message: say('rule.referenceTells', { item: target.coordinate }) };
  }
}

const isTurned = ({ least, most }: QualityRule, form: RegExp): boolean =>
  least !== undefined && most !== undefined && (form === NUMBER ? Number(least) > Number(most) : least > most);

const unfit = (message: Text): RuleProblem => ({ code: 'RULE_MALFORMED', message });
