import type pg from 'pg';
import { parseDeclaration, tableSpecs } from '../../../shared/declaration/index.js';
import { findUnfitTable } from '../../../shared/declaration/tables/find-unfit-table.store.js';
import type { VersionFinding } from './finding.type.js';

/** Checks that the rows that the hub keeps fit a declaration, before anybody can publish it. Nothing of the version in force
 *  changes.
 *  @param tables  database of hosted tables; absent where the worker does not know it
 *  @throws when it cannot be read at present */
export async function checkRows(tables: pg.Pool | undefined, text: string): Promise<VersionFinding[]> {
  const { declaration } = parseDeclaration(text);
  const specs = declaration ? tableSpecs(declaration) : [];
  if (specs.length === 0) return [];
  if (!tables) return [UNCHECKED];
  const findings: VersionFinding[] = [];
  for (const spec of specs) {
    const message = await findUnfitTable(tables, spec).catch((error: unknown) => {
      if ((error as { code?: string }).code !== QUERY_CANCELED) throw error;
      return `The rows of ${spec.table} are too many to be checked for what this version asks of them. Give the type another name.`;
    });
    if (message !== undefined)
      findings.push({ code: 'HOSTED_TABLE_UNFIT', severity: 'ERROR', coordinate: spec.table, message });
  }
  return findings;
}

/** A version whose check takes longer than a statement may would keep all others waiting. */
const QUERY_CANCELED = '57014';

const UNCHECKED: VersionFinding = {
  code: 'HOSTED_ROWS_UNCHECKED',
  severity: 'NOTE',
  message: 'Nobody checked that the rows that the hub keeps fit: the worker does not know their database.',
};
