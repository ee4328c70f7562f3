import type { QualityObstacle } from '../../share/quality/quality-rule.js';
import type { AskedRule } from '../../share/quality/quality-request.js';
import type { TypePlan } from '../type-plan.js';
import { FORMAT_SQL } from './formats-sql.js';
import { judgedColumn, type JudgedColumn } from './judged-column.js';
import type { Literals } from './literals.js';
import type { QualityWords } from './quality-words.js';

/** A rule as conditions on one row. */
export interface RuleSql {
  /** The rule is about this row. */
  readonly applies: string;
  /** The row keeps it. */
  readonly holds: string;
}

interface Judging {
  readonly plan: TypePlan;
  readonly words: QualityWords;
  readonly literals: Literals;
  /** ms since the epoch */
  readonly now: number;
}

/** Makes the conditions of a rule that one row answers by itself.
 *  @returns the obstacle where the item's values cannot be judged so */
export function ruleSql(rule: AskedRule, judging: Judging): RuleSql | QualityObstacle {
  const { plan, words, literals, now } = judging;
  const column = judgedColumn(plan, rule.item, words);
  if (typeof column === 'string') return column;
  const { kind, sql, text, present } = column;
  switch (rule.kind) {
    case 'REQUIRED':
      return { applies: '1 = 1', holds: present };
    case 'FORMAT':
      if (kind !== 'text' || !rule.format) return 'TYPE_UNFIT';
      return { applies: present, holds: FORMAT_SQL[rule.format](text, words, literals) };
    case 'VALUES': {
      if (kind === 'time' || !rule.values?.length) return 'TYPE_UNFIT';
      const values = rule.values.map((value) => literals.of(column.codes?.get(value) ?? value));
      return { applies: present, holds: `${text} in (${values.join(', ')})` };
    }
    case 'RANGE':
      return ofRange(rule, column, literals);
    case 'RECENT': {
      if (kind !== 'time' || rule.days === undefined) return 'TYPE_UNFIT';
      const from = new Date(now - rule.days * DAY_MS).toISOString().slice(0, 10);
      return { applies: present, holds: `${sql} >= ${literals.of(from)}` };
    }
    case 'CONSISTENT':
      return ofTwo(rule, column, judging);
    case 'UNIQUE':
    case 'REFERENCE':
      return 'TYPE_UNFIT';
  }
}

const DAY_MS = 86_400_000;
const NUMBER = /^-?\d{1,30}(\.\d{1,20})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?$/;

function ofRange(
  { least, most }: AskedRule,
  { kind, sql, text, present }: JudgedColumn,
  literals: Literals,
): RuleSql | QualityObstacle {
  const bounds = [least, most].filter((bound) => bound !== undefined);
  const isNumeric = kind === 'number';
  if (kind === 'truth' || bounds.length === 0) return 'TYPE_UNFIT';
  if (!bounds.every((bound) => (isNumeric ? NUMBER : DATE).test(bound))) return 'TYPE_UNFIT';
  const value = kind === 'text' ? text : sql;
  // A number is written as it is: a database would compare it with a text as a text, or as a number that is not exact.
  const literal = (bound: string) => (isNumeric ? bound : literals.of(bound));
  const conditions = [
    ...(least === undefined ? [] : [`${value} >= ${literal(least)}`]),
    ...(most === undefined ? [] : [`${value} <= ${literal(most)}`]),
  ];
  return { applies: present, holds: conditions.join(' and ') };
}

const MALE = `('MALE', 'M', '1', '男')`;
const FEMALE = `('FEMALE', 'F', '2', '女')`;

function ofTwo(rule: AskedRule, column: JudgedColumn, { plan, words }: Judging): RuleSql | QualityObstacle {
  const other = rule.other === undefined ? 'ITEM_GONE' : judgedColumn(plan, rule.other, words);
  if (typeof other === 'string') return other;
  const applies = `${column.present} and ${other.present}`;
  const comparable = column.kind === other.kind && column.kind !== 'truth';
  const [one, two] = column.kind === 'text' ? [column.text, other.text] : [column.sql, other.sql];
  switch (rule.relation) {
    case 'EQUAL':
      return column.kind === other.kind ? { applies, holds: `${one} = ${two}` } : 'TYPE_UNFIT';
    case 'NOT_AFTER':
      return comparable ? { applies, holds: `${one} <= ${two}` } : 'TYPE_UNFIT';
    case 'NOT_BEFORE':
      return comparable ? { applies, holds: `${one} >= ${two}` } : 'TYPE_UNFIT';
    case 'BIRTH_DATE':
      if (other.kind !== 'text' || !['time', 'text'].includes(column.kind)) return 'TYPE_UNFIT';
      return { applies, holds: `replace(substr(${column.text}, 1, 10), '-', '') = substr(${other.text}, 7, 8)` };
    case 'SEX': {
      if (other.kind !== 'text' || column.kind !== 'text') return 'TYPE_UNFIT';
      const isMan = `substr(${other.text}, 17, 1) in ('1', '3', '5', '7', '9')`;
      return {
        applies,
        holds: `case when ${isMan} then ${column.text} in ${MALE} else ${column.text} in ${FEMALE} end`,
      };
    }
    case undefined:
      return 'TYPE_UNFIT';
  }
}
