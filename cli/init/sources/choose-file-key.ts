import type { FileSample } from '../../../shared/loading/files/sample-file.js';
import { InitRefusal } from '../init-refusal.js';
import { recogniseFormat } from '../recognise-format.js';
import { isIdentifierName } from './type-of-values.js';
import type { SourceColumn } from './source-table.js';

/** The key of a file: the columns that a person named, or the first whose name and values are those of an identifier. The
 *  load proves it for every row.
 *  @throws InitRefusal KEY_MISSING, KEY_UNKNOWN, KEY_NOT_UNIQUE */
export function chooseFileKey(
  columns: readonly SourceColumn[],
  { headings, rows, isWhole }: FileSample,
  given: readonly string[] | undefined,
): { readonly key: readonly string[]; readonly remark: string } {
  const where = isWhole ? `全部 ${rows.length} 行` : `前 ${rows.length} 行`;
  const listed = headings.join(', ');
  if (given) {
    const unknown = given.find((column) => !headings.includes(column));
    if (unknown !== undefined)
      throw new InitRefusal('KEY_UNKNOWN', `The file has no column ${unknown}. Columns: ${listed}.`);
    if (!isUnique(given, headings, rows))
      throw new InitRefusal(
        'KEY_NOT_UNIQUE',
        `${given.join(', ')} is no key: rows share its values, or lack them. Name other columns with --key.`,
      );
    return { key: given, remark: `主键由 --key 指定，在${where}中无重复、无空值` };
  }
  const candidates = columns.filter(
    ({ name, samples }) => isIdentifierName(name) || isNumber(recogniseFormat(samples, undefined).format),
  );
  const found = candidates.find(({ name }) => isUnique([name], headings, rows));
  if (!found)
    throw new InitRefusal(
      'KEY_MISSING',
      `No column names one row. Name the columns that do with --key COLUMN,COLUMN. Columns: ${listed}.`,
    );
  return { key: [found.name], remark: `主键是建议：在${where}中无重复、无空值，请核对` };
}

const isNumber = (format: string | undefined): boolean => format === 'IDENTITY_NUMBER' || format === 'CREDIT_CODE';

function isUnique(key: readonly string[], headings: readonly string[], rows: FileSample['rows']): boolean {
  const places = key.map((column) => headings.indexOf(column));
  const seen = new Set<string>();
  for (const row of rows) {
    const values = places.map((at) => row[at] ?? '');
    const text = JSON.stringify(values);
    if (values.includes('') || seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}
