import { listArchives, checkArchive } from '../../shared/evidence/archive/index.js';
import { knownKeys, type PublicKey } from '../../shared/evidence/keys/index.js';
import type { Finding } from '../../shared/evidence/verify/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { formatCount } from './format-count.js';
import { lineOf } from './report.js';

/** Checks every archive of a folder on its own, between two months, YYYY-MM, and says what was found.
 *  @throws HubError CONFIG_INVALID when there is none */
export async function verifyArchives(
  folder: string,
  keys: readonly PublicKey[],
  between: { readonly from?: string; readonly to?: string },
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const known = knownKeys(keys);
  const { from = '', to = '~' } = between;
  const months = (await listArchives(folder)).filter((month) => month >= from && month <= to);
  if (months.length === 0) throw new HubError('CONFIG_INVALID', `There is no archive in ${folder}.`);
  const findings: Finding[] = [];
  const expired: string[] = [];
  let records = 0;
  for (const month of months) {
    const checked = await checkArchive(folder, month, known);
    findings.push(...checked.findings);
    records += checked.records;
    if (checked.manifest?.kind === 'expired') expired.push(month);
  }
  const lines = findings.map(lineOf);
  const all = `${formatCount(records, 'record')} in archives of ${formatCount(months.length, 'month')}`;
  lines.push(findings.length > 0 ? `NOT WHOLE: ${all}.` : `Whole: ${all}.`);
  if (expired.length > 0) lines.push(`Deleted by rule, by signed statements: ${expired.join(', ')}.`);
  return { text: `${lines.join('\n')}\n`, isWhole: findings.length === 0 };
}
