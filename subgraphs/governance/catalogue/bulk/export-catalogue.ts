import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import { localDate } from '../../../../shared/law/index.js';
import { csvText } from '../../../../shared/loading/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { filterVisibleEntries } from '../entry/filter-entries.js';
import type { CatalogueFileFormat, CsvEncoding } from './bulk-enums.js';
import { CatalogueFile } from './catalogue-file.type.js';
import { findStoredEntries } from './find-stored-entries.js';
import { HEADINGS, writeEntryRows } from './write-entry-rows.rule.js';

const TYPES = {
  CSV: 'text/csv',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Writes a department's catalogue as a file, a row for each item, as far as the caller may see it.
 *  @source 政务信息资源目录编制指南(试行); HZ-4.2b, CZ-7a */
export async function exportCatalogue(
  { em, fetch, own }: GovernanceContext,
  provider: string,
  format: CatalogueFileFormat,
  encoding: CsvEncoding,
): Promise<CatalogueFile> {
  const [department] = await findDepartments(em, { codes: [provider] });
  const stored = await findStoredEntries(em, { $and: [{ provider }, filterVisibleEntries(fetch)] });
  const words = {
    provider: { name: department?.name ?? provider, creditCode: department?.creditCode ?? null },
    dayOf: (at: Date) => localDate(at.getTime(), own.timeZone),
  };
  const rows = [HEADINGS, ...stored.flatMap(({ entry, items }) => writeEntryRows(entry, items, words))];
  const content = format === 'XLSX' ? await toXlsx(rows) : toCsv(rows, encoding);
  return Object.assign(new CatalogueFile(), {
    name: `${words.provider.name}-目录-${localDate(own.now(), own.timeZone)}.${format.toLowerCase()}`,
    mediaType: TYPES[format],
    content: content.toString('base64'),
    entries: stored.length,
    rows: rows.length - 1,
  });
}

type Rows = readonly (readonly string[])[];

/** All cells are text, so that codes keep their digits. */
const toXlsx = (rows: Rows): Promise<Buffer> =>
  writeXlsxFile(
    rows.map((row, at) =>
      row.map((value) => ({ value, type: String, ...(at === 0 && { fontWeight: 'bold' as const }) })),
    ),
    { sheet: '政务信息资源目录' },
  ).toBuffer();

/** GBK is written as GB18030, which has every character and the same bytes for those of GBK. */
function toCsv(rows: Rows, encoding: CsvEncoding): Buffer {
  const text = csvText(rows);
  return encoding === 'GBK' ? iconv.encode(text, 'gb18030') : Buffer.from(`\u{feff}${text}`, 'utf8');
}
