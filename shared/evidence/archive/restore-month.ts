import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { escapeIdentifier, type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { HubError } from '../../kernel/index.js';
import type { StoredRecord } from '../record-line.js';
import { copyLine } from '../store/copy-text.js';
import { ItemSets } from '../store/item-sets.js';
import { RECORD_COLUMNS, recordValues } from '../store/record-values.js';
import { connectionOf } from '../store/store-connection.js';
import { readMonths, type Month } from '../verify/database/months.js';
import { ArchiveReader, type ArchivedLine } from './archive-folder.js';
import { checkArchive } from './check-archive.js';
import { archiveName, type Manifest } from './manifest.js';
import { monthAfter } from './month.js';
import { ATTEMPTS, isBusy, LOCK_TIMEOUT, Operator, PAUSE, type OperatorOptions } from './operator.js';

/** Reads an archive back into its month. It is checked first, and comes back whole or not at all.
 *  @param month  YYYY-MM
 *  @returns      false when the month is in the database already
 *  @throws HubError ARCHIVE_ALTERED for an archive that is not as it was written, or not of this database */
export async function restoreMonth(options: OperatorOptions, month: string): Promise<boolean> {
  return Operator.with(options, async (operator) => {
    const { client, known } = operator;
    const { manifest, findings } = await checkArchive(options.folder, month, known, (records) =>
      options.onStep?.(`checked ${records} records of ${month}`),
    );
    if (findings.length > 0 || !manifest)
      throw refused(month, findings.map(({ kind, file, message }) => `${kind}: ${file ?? ''} ${message}`).join('; '), {
        findings,
      });
    const { months } = await readMonths(client, known);
    const there = months.find((one) => one.month === month);
    if (there?.partition !== undefined && !there.manifest) return assertSame(client, there.partition, manifest);
    await assertOurs(client, there, manifest);
    const { records, sha256 } = manifest;
    const terms = { month, records, sha256 };
    const act = { act: 'RESTORE_EVIDENCE' as const, object: `evidence/${month}`, basis: ['QZ-8.4c'], terms };
    await operator.change(act, async () => {
      await fill(client, manifest, options);
      await client.query('delete from evidence.archive where month = $1', [`${month}-01`]);
    });
    options.onStep?.(`restored ${month}`);
    return true;
  });
}

const refused = (month: string, why: string, details = {}) =>
  new HubError('ARCHIVE_ALTERED', `The archive of ${month} is not restored: ${why}.`, { month, ...details });

async function assertSame(
  client: ClientBase,
  partition: string,
  { month, records, positions }: Manifest,
): Promise<false> {
  const { rows } = await client.query<{ count: string; newest: string | null }>(
    `select count(*) as count, max(position) as newest from evidence.${escapeIdentifier(partition)}`,
  );
  if (Number(rows[0]!.count) === records && Number(rows[0]!.newest) === (positions.at(-1)?.[1] ?? 0)) return false;
  throw refused(month, 'the database has other records of that month');
}

/** Only what left this database comes back into it. */
async function assertOurs(
  client: ClientBase,
  there: Month | undefined,
  { month, sha256, chains }: Manifest,
): Promise<void> {
  if (there?.manifest && there.manifest.sha256 !== sha256) throw refused(month, 'the database names another file');
  const { rows } = await client.query<{ writer: string; seq: string }>('select writer, seq from evidence.chain');
  const ends = new Map(rows.map(({ writer, seq }) => [writer, Number(seq)]));
  const foreign = chains.find(({ writer, last }) => (ends.get(writer) ?? 0) < last);
  if (foreign) throw refused(month, `this database does not know chain ${foreign.writer} up to record ${foreign.last}`);
}

/** Fills the month's table before it becomes a partition, so that nobody waits for it. */
async function fill(client: ClientBase, manifest: Manifest, { folder, onStep }: OperatorOptions): Promise<void> {
  const { month } = manifest;
  const table = `evidence.${escapeIdentifier(`record_${month.replace('-', '_')}`)}`;
  await client.query(`create table ${table} (like evidence.record including all)`);
  const sets = new ItemSets();
  const query = connectionOf(client).query;
  const reader = new ArchiveReader(join(folder, archiveName(month)));
  let count = 0;
  for await (const lines of reader.lines()) {
    const stored = lines.flatMap((line) => (line ? [storedOf(line)] : []));
    const accesses = stored.flatMap(({ record }) => (record.kind === 'access' ? [record] : []));
    const { ids, committed } = await sets.number(query, accesses);
    committed();
    const setOf = new Map<StoredRecord, number>(accesses.map((record, i) => [record, ids[i]!]));
    const rows = stored.map(({ position, ...one }) =>
      copyLine(recordValues(one, { month: `${month}-01`, position, items: setOf.get(one.record) })),
    );
    await pipeline(
      Readable.from(rows, { objectMode: false }),
      client.query(copyFrom(`copy ${table} (${RECORD_COLUMNS.join(', ')}) from stdin`)),
    );
    count += stored.length;
    onStep?.(`read ${count} of ${manifest.records} records of ${month}`);
  }
  if (count !== manifest.records || reader.sha256 !== manifest.sha256)
    throw refused(month, 'it was changed while it was read');
  await attach(client, `${table} for values from ('${month}-01') to ('${monthAfter(month)}-01')`);
}

/** As long as the table cannot be attached at once, whoever waits meanwhile goes first. */
async function attach(client: ClientBase, partition: string): Promise<void> {
  await client.query(LOCK_TIMEOUT);
  for (let attempt = 1; ; attempt++) {
    await client.query('savepoint filled');
    try {
      await client.query(`select from evidence.chain where home = 'governance' for update`);
      await client.query(`alter table evidence.record attach partition ${partition}`);
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === ATTEMPTS) throw error;
      await client.query('rollback to savepoint filled');
      await pause(PAUSE);
    }
  }
}

function storedOf({ position, line }: ArchivedLine): { position: number; line: string; record: StoredRecord } {
  const text = line.toString();
  return { position, line: text, record: JSON.parse(text) as StoredRecord };
}
