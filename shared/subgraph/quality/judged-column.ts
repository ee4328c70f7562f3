import type { EntityProperty } from '@mikro-orm/core';
import { isEnumType, getNamedType } from 'graphql';
import type { QualityObstacle } from '../../share/quality/quality-rule.js';
import { isScalar } from '../columns.js';
import type { TypePlan } from '../type-plan.js';
import type { QualityWords } from './quality-words.js';

/** Kinds of values that are judged alike. */
export type ColumnKind = 'text' | 'number' | 'time' | 'truth';

/** The column of an item, as SQL. */
export interface JudgedColumn {
  readonly kind: ColumnKind;
  readonly sql: string;
  /** The value as text. */
  readonly text: string;
  /** Condition: there is a value. */
  readonly present: string;
  /** Code of the graph → value that the column has for it, of an item with a code list of its own. */
  readonly codes?: ReadonlyMap<string, string>;
}

/** Finds the column of an item.
 *  @returns the obstacle where its values are in no column of their own */
export function judgedColumn(plan: TypePlan, item: string, words: QualityWords): JudgedColumn | QualityObstacle {
  const field = plan.type.getFields()[item];
  if (!field || !plan.table) return 'ITEM_GONE';
  const [name, ...others] = plan.table.columns.get(item) ?? [];
  const property = name === undefined ? undefined : plan.table.properties.get(name);
  if (!property || others.length > 0 || !isScalar(property) || property.array) return 'NOT_A_COLUMN';
  const kind = kindOf(property);
  if (!kind) return 'TYPE_UNFIT';
  const sql = words.quote(property.fieldNames[0]!);
  const text = words.text(sql);
  const type = getNamedType(field.type);
  return {
    ...{ kind, sql, text },
    present: kind === 'text' ? `(${sql} is not null and trim(${text}) <> '')` : `(${sql} is not null)`,
    ...(isEnumType(type) && {
      codes: new Map(type.getValues().map((value) => [value.name, String(value.value)] as const)),
    }),
  };
}

function kindOf(property: EntityProperty): ColumnKind | undefined {
  const type = (property.columnTypes?.[0] ?? '').toLowerCase();
  if (/^(text|varchar|character|char|bpchar|uuid|citext|enum)/.test(type)) return 'text';
  if (/^(small|big|tiny|medium)?(int|serial)|^(numeric|decimal|double|real|float)/.test(type)) return 'number';
  if (/^(date|time|datetime)/.test(type)) return 'time';
  if (/^bool/.test(type)) return 'truth';
  return property.enum === true ? 'text' : undefined;
}
