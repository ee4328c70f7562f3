import { unfitType, type SourceColumn } from '../source-table.js';
import type { ColumnRow } from './catalogue.js';

const TYPES: Readonly<Record<string, SourceColumn['type'] | undefined>> = {
  ...{ text: 'String', varchar: 'String', bpchar: 'String', name: 'String', citext: 'String', uuid: 'String' },
  ...{ int2: 'Int', int4: 'Int', int8: 'Decimal', numeric: 'Decimal', float4: 'Float', float8: 'Float' },
  ...{ bool: 'Boolean', date: 'Date', timestamp: 'DateTime', timestamptz: 'DateTime' },
};
const MOST_LABELS = 500;
const LONGEST_LABEL = 50;

/** The type that holds a column's values exactly, and the labels of an enum. */
export function typeOfPostgres({
  base_type: base,
  category,
  labels,
  shown_type: shown,
}: ColumnRow): Pick<SourceColumn, 'type' | 'unfit' | 'values'> {
  if (category === 'e') {
    const isFit = labels && labels.length <= MOST_LABELS && labels.every((label) => isLabel(label));
    return { type: 'String', ...(isFit && { values: labels }) };
  }
  const type = TYPES[base];
  return type ? { type } : { type: 'String', unfit: unfitType(shown) };
}

const isLabel = (label: string): boolean =>
  label.length <= LONGEST_LABEL && label.trim() === label && label !== '' && !/[\p{Cc}\p{Cf}]/u.test(label);
