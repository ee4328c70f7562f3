import pg from 'pg';
import type { Config } from '../../shared/config/config.js';
import { evidenceFolder, readAccessRecords, type StoredAccess } from '../../shared/evidence/log/index.js';
import { evidenceKeysFile, signWith } from '../../shared/evidence/keys/index.js';
import { RecordStore } from '../../shared/evidence/store/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { DatabaseChain } from './database-chain.js';
import { EvidenceLog } from './evidence-log.js';
import type { QuotaLedger } from '../permission/quota-ledger.js';

const DAY = 86_400_000;

/** Opens the log of evidence where the settings say, and counts the last day's records towards the quotas.
 *  @param underWay  how many requests are under way, for batches that are held open
 *  @param database  the governance database
 *  @throws HubError EVIDENCE_UNAVAILABLE, CONFIG_INVALID */
export async function openEvidenceLog(
  config: Config,
  quota: QuotaLedger,
  underWay: () => number,
  database?: string,
): Promise<EvidenceLog> {
  const options = { underWay, grace: config.EVIDENCE_GRACE_MS, signEvery: config.EVIDENCE_SIGN_SECONDS * 1000 };
  const now = Date.now();
  if (config.EVIDENCE_STORE === 'folder') {
    const folder = evidenceFolder(config.DATA_DIR);
    const keys = evidenceKeysFile(config.DATA_DIR);
    if (config.EVIDENCE_ALGORITHM) await signWith(keys, config.EVIDENCE_ALGORITHM);
    const log = await EvidenceLog.open({ folder, keys, sync: config.RECORD_SYNC, ...options });
    for await (const record of readAccessRecords(folder, now - DAY)) restore(record, quota, now);
    return log;
  }
  if (database === undefined) {
    throw new HubError(
      'CONFIG_INVALID',
      'EVIDENCE_STORE=postgres needs GOVERNANCE_DATABASE_URL, where evidence is kept.',
    );
  }
  const store = new RecordStore(config.TIME_ZONE);
  const log = await EvidenceLog.over(() => DatabaseChain.open({ url: database, store }), options);
  for (const record of await lastDay(database)) restore(record, quota, now);
  return log;
}

function restore(record: StoredAccess, quota: QuotaLedger, now: number): void {
  const at = Date.parse(record.time);
  if (now - at >= DAY || record.outcome === 'refused') return;
  for (const { grant } of record.approvals) quota.restore(grant, at, now);
}

async function lastDay(database: string): Promise<StoredAccess[]> {
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ line: string }>(
      `select line from evidence.record
        where kind = 'access' and scenario is not null and outcome <> 'refused' and at >= now() - interval '1 day'`,
    );
    return rows.map(({ line }) => JSON.parse(line) as StoredAccess);
  } finally {
    await client.end().catch(() => undefined);
  }
}
