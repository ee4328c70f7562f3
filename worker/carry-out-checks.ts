import { createSecretKey, hkdfSync } from 'node:crypto';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { SubjectKeys, subjectKeysFile } from '../shared/evidence/keys/index.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { readCalendar, readProfile } from '../shared/law/index.js';
import type { ComparePairs } from '../shared/read-model/compared-pairs.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { envelopeKeys } from '../shared/trust/secret-envelope.js';
import { carryOutChecks as carryOut } from '../subgraphs/governance/correction/index.js';
import { repeat, type Repetition } from './repeat.js';

/** Opens what compares the items of two departments.
 *  @param database  the governance database */
export type OpenComparison = (database: string) => Promise<{ readonly compare: ComparePairs; close(): Promise<void> }>;

const EVERY_MS = 5_000;

/** Compares two departments' items by the schedules of their checks. */
export async function carryOutChecks(
  config: Config,
  pool: pg.Pool,
  database: string,
  logger: Logger,
  open: OpenComparison,
): Promise<Repetition> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const stopping = new AbortController();
  let comparison: ReturnType<OpenComparison> | undefined;
  let subjects: SubjectKeys | undefined;
  const compare: ComparePairs = async (request) => {
    // It is opened when the first check is due: most hubs have none.
    comparison ??= open(database);
    const opened = await comparison.catch((error: unknown) => {
      comparison = undefined;
      throw error;
    });
    return opened.compare(request);
  };
  const room = {
    ...{ pool, compare, timeZone: config.TIME_ZONE, now: () => Date.now(), signal: stopping.signal },
    store: new RecordStore(config.TIME_ZONE),
    profile: readProfile(config.SHAREHUB_PROFILE),
    subjectKey: createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'multi-source-subjects', 32))),
    markKeys: envelopeKeys(secret, 'multi-source-marks'),
    keys: envelopeKeys(secret, 'correction-subjects'),
  };
  const repetition = repeat(
    EVERY_MS,
    async () => {
      const known = (subjects ??= await SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
        mustExist: true,
        onFault: (err) => logger.error({ err }, 'keys of subjects'),
      }));
      const calendar = readCalendar(config.CALENDAR_DIR);
      await carryOut({ ...room, calendar, hashesOf: (subject) => known.hashesOf(subject) });
    },
    (err) => logger.error({ err }, 'checks of two departments cannot be carried out; they wait'),
  );
  return {
    stop: async () => {
      stopping.abort();
      await repetition.stop();
      subjects?.close();
      await (await comparison?.catch(() => undefined))?.close();
    },
  };
}
