import { unfitType, type SourceColumn } from '../source-table.js';
import type { ColumnRow } from './catalogue.js';

const TYPES: Readonly<Record<string, SourceColumn['type'] | undefined>> = {
  ...{
    char: 'String',
    varchar: 'String',
    tinytext: 'String',
    text: 'String',
    mediumtext: 'String',
    longtext: 'String',
  },
  ...{ uuid: 'String', set: 'String', year: 'Int', tinyint: 'Int', smallint: 'Int', mediumint: 'Int', int: 'Int' },
  ...{ bigint: 'Decimal', decimal: 'Decimal', float: 'Float', double: 'Float' },
  ...{ date: 'Date', datetime: 'DateTime', timestamp: 'DateTime' },
};

/** The type that holds a column's values exactly, and the labels of an enum. A `tinyint(1)` is one digit, which many use for
 *  more than yes and no. */
export function typeOfMySql({
  data_type: base,
  column_type: shown,
}: Pick<ColumnRow, 'data_type' | 'column_type'>): Pick<SourceColumn, 'type' | 'unfit' | 'values'> {
  if (base === 'enum') return { type: 'String', values: readLabels(shown) };
  if (base === 'int' && /unsigned|zerofill/.test(shown)) return { type: 'Decimal' };
  if (shown === 'bit(1)') return { type: 'Boolean' };
  const type = TYPES[base];
  return type ? { type } : { type: 'String', unfit: unfitType(shown.slice(0, 60)) };
}

/** `enum('a','b')`, in which a quote is written twice.
 *  @returns undefined where a label is no code of a declaration */
function readLabels(shown: string): readonly string[] | undefined {
  const labels = [...shown.matchAll(/'((?:[^']|'')*)'/g)].map(([, label]) => label!.replaceAll("''", "'"));
  const isFit = labels.every(
    (label) => label !== '' && label.length <= 50 && label.trim() === label && !/[\p{Cc}\p{Cf}]/u.test(label),
  );
  return isFit && labels.length > 0 && labels.length <= 500 ? labels : undefined;
}
