import { join } from 'node:path';
import { escapeIdentifier, type ClientBase } from 'pg';
import { HubError } from '../../kernel/index.js';
import { writeWhole } from '../../files/write-whole.js';
import { readPublicKeys } from '../keys/evidence-keys.js';
import { signLine } from '../keys/signed-line.js';
import { readMonths } from '../verify/database/months.js';
import { verifyDatabase } from '../verify/database/verify-database.js';
import { checkArchive } from './check-archive.js';
import { manifestName, type ArchivedChain, type Manifest } from './manifest.js';
import { monthAfter, monthBefore } from './month.js';
import { LOCK_TIMEOUT, localDay, Operator, type OperatorOptions } from './operator.js';
import { writeArchive, type WrittenArchive } from './write-archive.js';

/** Moves whole months out of the database into files. Each file is written, made durable and read back before its month
 *  is dropped, in one transaction with the record of the act; so it may be killed at any point and begun again.
 *  @param before  YYYY-MM; months before it are moved, oldest first
 *  @returns       manifests of the months that were moved
 *  @throws HubError EVIDENCE_MONTH_OPEN for the month that runs or the one before; EVIDENCE_ALTERED when the evidence is
 *          not whole, EVIDENCE_UNDELIVERED while uses wait to be pushed, ARCHIVE_ALTERED when a file could not be read back as it was written; nothing is dropped then */
export async function archiveMonths(options: OperatorOptions, before: string): Promise<readonly Manifest[]> {
  assertOver(options, before);
  await assertWhole(options, before);
  return Operator.with(options, async (operator) => {
    const { known, client } = operator;
    const { months } = await readMonths(client, known);
    const manifests: Manifest[] = [];
    for (const { month, partition } of months) {
      if (partition === undefined || month >= before) continue;
      await assertDelivered(client, month, partition);
      manifests.push(await archiveMonth(operator, month, partition));
      options.onStep?.(`archived ${month}`);
    }
    return manifests;
  });
}

/** The previous month may still be written: a gateway's records come when its worker runs. */
function assertOver(options: OperatorOptions, before: string): void {
  const today = localDay(options);
  if (monthAfter(before) <= today.slice(0, 7)) return;
  throw new HubError(
    'EVIDENCE_MONTH_OPEN',
    `Only months that ended a month ago or longer are archived; today is ${today}, so name a month no later than the previous one.`,
    { before, today },
  );
}

/** An archive's manifest vouches for its records, so it is only made of those that are as they were written. */
async function assertWhole({ url, keys }: OperatorOptions, before: string): Promise<void> {
  const { findings } = await verifyDatabase({ url, keys: await readPublicKeys(keys), to: monthBefore(before) });
  if (findings.length === 0) return;
  throw new HubError(
    'EVIDENCE_ALTERED',
    'The evidence is not as it was written, so it is not archived. `sharehub evidence verify --database` names what was done to it.',
    { findings },
  );
}

/** Uses are pushed to providers from the database, in the order of positions. @source QZ-8.4f */
async function assertDelivered(client: ClientBase, month: string, partition: string): Promise<void> {
  const { rows: tables } = await client.query<{ pushes: string | null }>(
    `select to_regclass('evidence.subscription') as pushes`,
  );
  if (tables[0]!.pushes === null) return;
  const { rows } = await client.query<{ id: string; department: string }>(
    `select id, department from evidence.subscription
      where ended_at is null and state <> 'disabled'
        and position < (select max(position) from evidence.${escapeIdentifier(partition)})`,
  );
  if (rows.length === 0) return;
  const behind = rows.map(({ id, department }) => `${id} of ${department}`);
  throw new HubError(
    'EVIDENCE_UNDELIVERED',
    `Uses of ${month} have not been delivered yet to ${behind.join(', ')}. Wait, or end these subscriptions.`,
    { month, subscriptions: behind },
  );
}

async function archiveMonth(operator: Operator, month: string, partition: string): Promise<Manifest> {
  const { client, known, key, options } = operator;
  const { folder } = options;
  const written = await writeArchive(client, { partition, month, folder });
  const publicKeys = await readPublicKeys(options.keys);
  const chains = await withHomes(client, written);
  const heads = await headsOf(client, chains);
  const manifest: Omit<Manifest, 'key'> = {
    kind: 'archive',
    month,
    ...written,
    chains,
    heads,
    publicKeys,
    time: operator.time,
  };
  const line = signLine(manifest, key);
  await writeWhole(join(folder, manifestName(month)), line);
  const { findings } = await checkArchive(folder, month, known);
  if (findings.length > 0)
    throw new HubError('ARCHIVE_ALTERED', `The archive of ${month} could not be read back: ${findings[0]!.message}.`, {
      findings,
    });
  const { records, sha256 } = written;
  const basis = ['QZ-8.4e'];
  const act = {
    act: 'ARCHIVE_EVIDENCE' as const,
    object: `evidence/${month}`,
    basis,
    terms: { month, records, sha256 },
  };
  await operator.change(act, async () => {
    const table = `evidence.${escapeIdentifier(partition)}`;
    await client.query(LOCK_TIMEOUT);
    await client.query(`lock table ${table} in share mode`);
    const { rows } = await client.query<{ count: string; newest: string }>(
      `select count(*) as count, max(position) as newest from ${table}`,
    );
    if (Number(rows[0]!.count) !== records || Number(rows[0]!.newest) !== written.positions.at(-1)![1])
      throw new HubError('EVIDENCE_MONTH_OPEN', `Records were added to ${month} meanwhile. Archive it again.`);
    // In the order in which whoever writes takes them, so that neither waits for the other.
    await client.query(`select from evidence.chain where home = 'governance' for update`);
    await client.query('select from evidence.ledger for update');
    await client.query(`drop table ${table}`);
    await client.query(
      `insert into evidence.archive (month, state, manifest) values ($1, 'archived', $2)
       on conflict (month) do update set state = excluded.state, manifest = excluded.manifest`,
      [`${month}-01`, line.trimEnd()],
    );
  });
  return { ...manifest, key: key.id };
}

async function withHomes(client: ClientBase, { chains }: WrittenArchive): Promise<ArchivedChain[]> {
  const { rows } = await client.query<Pick<ArchivedChain, 'writer' | 'home'>>(
    'select writer, home from evidence.chain',
  );
  const homes = new Map(rows.map(({ writer, home }) => [writer, home]));
  return chains.map((chain) => ({ ...chain, home: homes.get(chain.writer)! }));
}

/** Of each chain the newest head within its stretch, and the first behind it. */
async function headsOf(client: ClientBase, chains: readonly ArchivedChain[]): Promise<string[]> {
  const heads: string[] = [];
  for (const { writer, first, last } of chains) {
    const { rows } = await client.query<{ line: string }>(
      `(select line from evidence.head where writer = $1 and seq between $2 and $3 order by number desc limit 1)
       union all
       (select line from evidence.head where writer = $1 and seq > $3 order by number limit 1)`,
      [writer, first, last],
    );
    heads.push(...rows.map(({ line }) => line));
  }
  return heads;
}
