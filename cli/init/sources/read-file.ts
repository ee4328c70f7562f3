import { basename, extname } from 'node:path';
import { sampleFile, type FileSample } from '../../../shared/loading/files/sample-file.js';
import { LoadRefusal } from '../../../shared/loading/load-rules.js';
import { isChinese, meaningOf } from '../find-word.js';
import { InitRefusal } from '../init-refusal.js';
import { NUMBERS, recogniseFormat } from '../recognise-format.js';
import { chooseFileKey } from './choose-file-key.js';
import { SAMPLE_ROWS, type SourceTables, type TableChoice } from './source-table.js';
import { typeOfValues } from './type-of-values.js';

const FORMATS: Readonly<Record<string, 'CSV' | 'XLSX'>> = {
  '.csv': 'CSV',
  '.txt': 'CSV',
  '.tsv': 'CSV',
  '.xlsx': 'XLSX',
};
/** Rows in which a key is looked for. */
const KEY_ROWS = 10_000;
const MOST_COLUMNS = 500;

/** True for a name of a file that can be read. */
export const isTableFile = (name: string): boolean => extname(name).toLowerCase() in FORMATS;

/** Reads what a CSV file or a workbook says of its columns.
 *  @throws InitRefusal SOURCE_UNREADABLE, TABLE_UNKNOWN, KEY_MISSING, KEY_UNKNOWN, KEY_NOT_UNIQUE, and those of files */
export async function readFileTable(file: string, { tables, keys }: TableChoice): Promise<SourceTables> {
  if (tables.length > 0) throw new InitRefusal('TABLE_UNKNOWN', 'A file is one table: --table is for databases.');
  const sample = await readSample(file);
  const { headings, rows } = sample;
  if (headings.length > MOST_COLUMNS)
    throw new InitRefusal(
      'SOURCE_UNREADABLE',
      `${basename(file)} has ${headings.length} columns; at most ${MOST_COLUMNS} are taken.`,
    );
  const title = basename(file, extname(file));
  const columns = headings.map((name, at) => {
    const samples = rows.slice(0, SAMPLE_ROWS).flatMap((row) => row[at] || []);
    const { meaning } = recogniseFormat(samples, meaningOf(name, name, false));
    const type = meaning && NUMBERS.has(meaning) ? 'String' : typeOfValues(name, samples);
    return { name, comment: isChinese(name) ? name : undefined, type, required: false, samples };
  });
  const { key, remark } = chooseFileKey(columns, sample, keys.get(''));
  return {
    tables: [
      {
        name: title,
        comment: isChinese(title) ? title : undefined,
        columns: columns.map((column) => (key.includes(column.name) ? { ...column, type: 'String' } : column)),
        keys: [key],
        keyRemark: remark,
        indexed: 'ALL',
        references: [],
      },
    ],
    omitted: [],
  };
}

async function readSample(file: string): Promise<FileSample> {
  try {
    return await sampleFile(file, FORMATS[extname(file).toLowerCase()]!, KEY_ROWS);
  } catch (error) {
    if (error instanceof LoadRefusal)
      throw new InitRefusal(error.code, `${basename(file)}: ${error.message}`, { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InitRefusal('SOURCE_UNREADABLE', `${file} cannot be read (${code}).`, { cause: error });
  }
}
