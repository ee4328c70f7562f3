import { type FileRule, LoadRefusal, readWholeFile } from '../../../../shared/loading/index.js';
import { say } from '../messages/index.js';
import type { Fault, ImportFaultCode } from './import-fault.rule.js';
import { readSheet, type Sheet } from './read-entry-rows.rule.js';

/** Largest file, bytes: in Base64 it fits into a request. */
export const MOST_BYTES = 2_000_000;
export const MOST_ROWS = 10_000;

type Message = Fault['message'];
const FAULT_OF: Readonly<Partial<Record<FileRule, readonly [ImportFaultCode, Message]>>> = {
  FILE_EMPTY: ['FILE_EMPTY', say('bulk.fileEmpty')],
  FORMAT_WRONG: ['FORMAT_WRONG', say('bulk.formatWrong')],
  ENCODING_UNSUPPORTED: ['ENCODING_INVALID', say('bulk.encoding')],
  ENCODING_INVALID: ['ENCODING_INVALID', say('bulk.encoding')],
  CELLS_MERGED: ['CELLS_MERGED', say('bulk.merged')],
  ROWS_TOO_MANY: ['ROWS_TOO_MANY', say('bulk.rows', { most: MOST_ROWS })],
};
const UNREADABLE = ['WORKBOOK_UNREADABLE', say('bulk.workbook')] as const;

/** Reads a file of entries; where it cannot be read, the one fault that says why. */
export async function readImportFile(content: Buffer): Promise<Sheet> {
  if (content.length > MOST_BYTES)
    return unreadable({ code: 'FILE_TOO_LARGE', message: say('bulk.fileLarge', { most: MOST_BYTES }) });
  try {
    const { format, headings, rows } = await readWholeFile(content, MOST_ROWS);
    const sheet = readSheet(headings, rows, format === 'CSV');
    if (sheet.entries.length > 0 || sheet.faults.length > 0) return sheet;
    return unreadable({ code: 'FILE_EMPTY', message: say('bulk.noRows') });
  } catch (error) {
    if (!(error instanceof LoadRefusal)) throw error;
    const [code, message] = FAULT_OF[error.code] ?? UNREADABLE;
    // The detail of merged cells is their range.
    return unreadable({ code, message, row: error.line, ...(code === 'CELLS_MERGED' && { value: error.detail }) });
  }
}

const unreadable = (fault: Fault): Sheet => ({ columns: new Set(), entries: [], faults: [fault] });
