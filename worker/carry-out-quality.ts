import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { readCalendar } from '../shared/law/index.js';
import type { QualityDoor } from '../shared/read-model/quality-check.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { envelopeKeys } from '../shared/trust/secret-envelope.js';
import { carryOutQuality as carryOut } from '../subgraphs/governance/quality/index.js';
import { repeat, type Repetition } from './repeat.js';

/** Opens what has subgraphs judge their records.
 *  @param database  the governance database */
export type OpenQuality = (database: string) => Promise<QualityDoor & { close(): Promise<void> }>;

const EVERY_MS = 5_000;

/** Judges the records of departments by their rules of quality, by the schedules of their resources and on demand. */
export async function carryOutQuality(
  config: Config,
  pool: pg.Pool,
  database: string,
  logger: Logger,
  open: OpenQuality,
): Promise<Repetition> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const stopping = new AbortController();
  let opening: ReturnType<OpenQuality> | undefined;
  // It is opened when the first resource is due: most hubs have none at their start.
  const opened = () =>
    (opening ??= open(database).catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  const door: QualityDoor = {
    counts: async (subgraph, request) => (await opened()).counts(subgraph, request),
    digests: async (subgraph, request) => (await opened()).digests(subgraph, request),
  };
  const room = {
    ...{ pool, door, timeZone: config.TIME_ZONE, now: () => Date.now(), signal: stopping.signal },
    store: new RecordStore(config.TIME_ZONE),
    sampleKey: envelopeKeys(secret, 'quality-samples').public,
  };
  const repetition = repeat(
    EVERY_MS,
    () => carryOut({ ...room, calendar: readCalendar(config.CALENDAR_DIR) }),
    (err) => logger.error({ err }, 'records cannot be judged by their rules of quality; they wait'),
  );
  return {
    stop: async () => {
      stopping.abort();
      // It closes what is being asked, which is what the run waits for.
      await (await opening?.catch(() => undefined))?.close();
      await repetition.stop();
    },
  };
}
