import { posix } from 'node:path';
import { LoadRefusal } from '../../load-rules.js';
import type { Archive } from './archive.js';
import { isDateFormat } from './cell-text.js';
import { readXml } from './parse-xml.js';
import type { StringTable } from './string-table.js';

/** What a sheet's cells are read by. */
export interface Workbook {
  /** Part of the first visible sheet. */
  readonly sheet: string;
  /** Part with the strings, where there is one. */
  readonly strings?: string;
  /** Days are counted from 1904. */
  readonly is1904: boolean;
  /** For each style of cells, true where it shows a date. */
  readonly dateStyles: readonly boolean[];
}

/** @throws LoadRefusal SHEET_MISSING, WORKBOOK_MALFORMED */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = (await readTargets(archive, '_rels/.rels', '')).find(({ type }) => type.endsWith('/officeDocument'));
  const part = root?.target ?? 'xl/workbook.xml';
  const folder = posix.dirname(part);
  const targets = await readTargets(archive, `${folder}/_rels/${posix.basename(part)}.rels`, folder);
  let is1904 = false;
  let sheet: string | undefined;
  await readXml(await archive.open(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
      sheet ??= targets.find(({ id }) => id === attributes['r:id'])?.target;
    },
  });
  if (sheet === undefined || !archive.has(sheet)) throw new LoadRefusal('SHEET_MISSING');
  const styles = targets.find(({ type }) => type.endsWith('/styles'))?.target;
  const strings = targets.find(({ type }) => type.endsWith('/sharedStrings'))?.target;
  return {
    sheet,
    ...(strings !== undefined && { strings }),
    is1904,
    dateStyles: styles === undefined ? [] : await readDateStyles(archive, styles),
  };
}

/** Fills the table of strings, without the readings that stand above characters.
 *  @throws LoadRefusal WORKBOOK_MALFORMED */
export async function readStrings(archive: Archive, part: string, strings: StringTable): Promise<void> {
  let text = '';
  let isText = false;
  let phonetic = 0;
  await readXml(await archive.open(part), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic++;
      isText = name === 't' && phonetic === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') phonetic--;
      if (name === 'si') strings.add(text);
    },
  });
}

interface Target {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function readTargets(archive: Archive, part: string, folder: string): Promise<Target[]> {
  const targets: Target[] = [];
  if (!archive.has(part)) return targets;
  await readXml(await archive.open(part), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      targets.push({ id: Id, type: Type, target });
    },
  });
  return targets;
}

async function readDateStyles(archive: Archive, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isCells = false;
  await readXml(await archive.open(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isCells = true;
      if (name !== 'xf' || !isCells) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      styles.push(isDateFormat(id, codes.get(id)));
    },
    close: (name) => {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return styles;
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';
