import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../files/sync-folder.js';
import { writeWhole } from '../../files/write-whole.js';
import { HubError } from '../../kernel/index.js';
import { signLine } from '../keys/signed-line.js';
import { readMonths } from '../verify/database/months.js';
import { archiveName, manifestName, type Manifest } from './manifest.js';
import { sizeOf } from './archive-folder.js';
import { Operator, type OperatorOptions } from './operator.js';
import { assertExpired, type Retention } from './retention.js';

/** Deletes archives whose retention is over. What was in them stays in a signed manifest, so that what was deleted by rule
 *  can be told from what is gone; figures stay too. It may be killed at any point and begun again.
 *  @param before  YYYY-MM; archives of months before it
 *  @returns       the months whose archives were deleted
 *  @throws HubError EVIDENCE_RETAINED when one of them must still be kept; none is deleted then
 *  @source QZ-8.4e, YN-40b */
export async function expireMonths(options: OperatorOptions, before: string, retention: Retention): Promise<string[]> {
  return Operator.with(options, async (operator) => {
    const { months, findings } = await readMonths(operator.client, operator.known);
    if (findings.length > 0) throw new HubError('EVIDENCE_ALTERED', `${findings[0]!.message}.`, { findings });
    const old = months.flatMap(({ month, manifest }) => (manifest && month < before ? [manifest] : []));
    for (const { month } of old) assertExpired(month, retention, operator.today);
    const deleted: string[] = [];
    for (const manifest of old) if (await expire(operator, manifest, retention)) deleted.push(manifest.month);
    return deleted;
  });
}

async function expire(operator: Operator, manifest: Manifest, { years, basis }: Retention): Promise<boolean> {
  const { client, options, key } = operator;
  const { month, records, sha256 } = manifest;
  const path = join(options.folder, archiveName(month));
  let tombstone: Omit<Manifest, 'key'> = manifest;
  if (manifest.kind === 'archive') {
    tombstone = { ...manifest, kind: 'expired', expired: { time: operator.time, basis } };
    const line = signLine(tombstone, key);
    const terms = { month, records, sha256, years };
    const act = { act: 'DELETE_EVIDENCE' as const, object: `evidence/${month}`, basis, terms };
    await operator.change(act, async () => {
      await client.query(`update evidence.archive set state = 'expired', manifest = $2 where month = $1`, [
        `${month}-01`,
        line.trimEnd(),
      ]);
    });
  } else if ((await sizeOf(path)) === undefined) return false;
  await writeWhole(join(options.folder, manifestName(month)), signLine(tombstone, key));
  await rm(path, { force: true });
  await syncFolder(dirname(path));
  options.onStep?.(`deleted ${month}`);
  return true;
}
