import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRowCheck, type CheckedRow } from '../../../shared/loading/checks/row-checker.js';
import { openRows } from '../../../shared/loading/files/open-rows.js';
import type { FileFormat } from '../../../shared/loading/index.js';
import { LoadRefusal } from '../../../shared/loading/load-rules.js';
import type { TableSpec } from '../../../shared/declaration/index.js';
import { PUPILS } from './pupils.js';

/** Reads a file as it is loaded.
 *  @returns  the rows as they would be stored, or in their place the line and the rules that they break; or why the file is
 *            refused */
export async function readFile(
  format: FileFormat,
  content: string | Buffer,
  spec: TableSpec = PUPILS,
): Promise<readonly (readonly (string | null)[] | string)[] | { readonly code: string; readonly message: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sharehub-reading-'));
  const file = join(folder, 'file');
  const bytes = Buffer.from(content);
  await writeFile(file, bytes);
  try {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const opened = await openRows({ file, format, sha256 }, spec.columns);
    const check = compileRowCheck(spec, opened);
    const rows: (readonly (string | null)[] | string)[] = [];
    for await (const batch of opened.batches) for (const row of batch) rows.push(shown(check(row)));
    return rows;
  } catch (error) {
    if (!(error instanceof LoadRefusal)) throw error;
    return { code: error.code, message: error.message };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const shown = (row: CheckedRow): readonly (string | null)[] | string =>
  'values' in row
    ? row.values
    : `${row.line} ${row.problems.map(({ column, rule }) => [column, rule].filter(Boolean).join(' ')).join(', ')}`;
