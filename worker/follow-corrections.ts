import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { correctionFolder } from '../shared/config/attached-folders.js';
import { SubjectKeys, subjectKeysFile } from '../shared/evidence/keys/index.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { readCalendar } from '../shared/law/index.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { envelopeKeys } from '../shared/trust/secret-envelope.js';
import { followCorrections as follow, takeFiles } from '../subgraphs/governance/correction/index.js';
import { findGrantHolders } from '../subgraphs/governance/grant/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 3_000;

/** Takes the evidence files of corrections, finds their proofs in the records of use, and tells the departments that had received the items. */
export async function followCorrections(config: Config, pool: pg.Pool, logger: Logger): Promise<Repetition> {
  let subjects: SubjectKeys | undefined;
  const keys = envelopeKeys(await openHubSecret(config.DATA_DIR, config.HUB_SECRET), 'correction-subjects');
  const store = new RecordStore(config.TIME_ZONE);
  const repetition = repeat(
    EVERY_MS,
    async () => {
      await takeFiles({ pool, folder: correctionFolder(config), now: Date.now() });
      const known = (subjects ??= await SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
        mustExist: true,
        onFault: (err) => logger.error({ err }, 'keys of subjects'),
      }));
      await follow({
        ...{ pool, store, keys, findGrantHolders, now: Date.now() },
        ...{ timeZone: config.TIME_ZONE, calendar: readCalendar(config.CALENDAR_DIR) },
        hashesOf: (subject) => known.hashesOf(subject),
      });
    },
    (err) => logger.error({ err }, 'corrections cannot be followed; they wait'),
  );
  return {
    stop: async () => {
      await repetition.stop();
      subjects?.close();
    },
  };
}
