import type { Config } from '../../shared/config/config.js';
import { evidenceFolder } from '../../shared/evidence/log/index.js';
import { evidenceKeysFile, signWith } from '../../shared/evidence/keys/index.js';
import { RecordStore } from '../../shared/evidence/store/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { DatabaseChain } from './database-chain.js';
import { EvidenceLog } from './evidence-log.js';

/** Opens the log of evidence where the settings say.
 *  @param underWay  how many requests are under way, for batches that are held open
 *  @param database  the governance database
 *  @throws HubError EVIDENCE_UNAVAILABLE, CONFIG_INVALID */
export async function openEvidenceLog(config: Config, underWay: () => number, database?: string): Promise<EvidenceLog> {
  const options = { underWay, grace: config.EVIDENCE_GRACE_MS, signEvery: config.EVIDENCE_SIGN_SECONDS * 1000 };
  if (config.EVIDENCE_STORE === 'folder') {
    const folder = evidenceFolder(config.DATA_DIR);
    const keys = evidenceKeysFile(config.DATA_DIR);
    if (config.EVIDENCE_ALGORITHM) await signWith(keys, config.EVIDENCE_ALGORITHM);
    return EvidenceLog.open({ folder, keys, sync: config.RECORD_SYNC, ...options });
  }
  if (database === undefined) {
    throw new HubError(
      'CONFIG_INVALID',
      'EVIDENCE_STORE=postgres needs GOVERNANCE_DATABASE_URL, where evidence is kept.',
    );
  }
  const store = new RecordStore(config.TIME_ZONE);
  return EvidenceLog.over(() => DatabaseChain.open({ url: database, store }), options);
}
