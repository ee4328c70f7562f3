import { mkdir } from 'node:fs/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { loadFolder } from '../shared/config/load-folder.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { SourceHosts } from '../shared/network/source-hosts.js';
import { readDeclarations, type PublishedDeclaration } from '../shared/read-model/read-declarations.js';
import { readSources } from '../shared/read-model/sources.js';
import { ConnectedServices } from '../shared/services/connected-services.js';
import { ConnectedSources } from '../shared/sources/connected-sources.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { envelopeKeys } from '../shared/trust/secret-envelope.js';
import {
  announcePull,
  carryOutPull,
  planPulls,
  pullsOf,
  settlePulls,
  type PlannedPull,
  type PullRoom,
} from '../subgraphs/governance/loading/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 2_000;
/** Pulls at once: a source that is slow keeps few others waiting. */
const AT_ONCE = 4;
/** Longest time for one statement of a pull, ms: nobody waits for its answer. */
const STATEMENT_MS = 60_000;

/** Reads departments' sources into hosted tables by their schedules. */
export async function carryOutPulls(config: Config, pool: pg.Pool, logger: Logger): Promise<Repetition> {
  const folder = loadFolder(config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = {
    hosts: SourceHosts.read(config.SOURCE_HOSTS),
    timeZone: config.TIME_ZONE,
    keys: envelopeKeys(await openHubSecret(config.DATA_DIR, config.HUB_SECRET), 'source-credentials'),
  };
  const services = new ConnectedServices(settings);
  const databases = new ConnectedSources({ ...settings, statementMs: STATEMENT_MS });
  const stopping = new AbortController();
  const room: PullRoom = {
    ...{ pool, folder, timeZone: config.TIME_ZONE, mostBytes: config.LOAD_MAX_BYTES, signal: stopping.signal },
    store: new RecordStore(config.TIME_ZONE),
    sources: { services, databases, timeZone: config.TIME_ZONE },
  };
  const query = async (text: string, values: readonly unknown[] = []) =>
    (await pool.query<Record<string, unknown>>(text, [...values])).rows;
  let known: ReadonlyMap<string, PublishedDeclaration> = new Map();
  let pulls: readonly PlannedPull[] = [];
  const follow = async (): Promise<void> => {
    const inForce = (await readDeclarations(query, known)).flatMap(({ current }) => current ?? []);
    if (inForce.length !== known.size || inForce.some(({ id }) => !known.has(id))) pulls = inForce.flatMap(pullsOf);
    known = new Map(inForce.map((version) => [version.id, version]));
    const pulled = new Set(pulls.map(({ department, pull }) => `${department}/${pull.service ?? pull.database}`));
    const sources = (await readSources(query)).filter(({ department, name }) => pulled.has(`${department}/${name}`));
    await Promise.all([services.register(sources), databases.register(sources)]);
    await planPulls(pool, pulls, Date.now());
    await settlePulls(room, Date.now());
    while (!stopping.signal.aborted && (await announcePull(pool, room.store, Date.now())) !== undefined);
  };
  const carryOut = async (): Promise<void> => {
    while (!stopping.signal.aborted && (await carryOutPull(room, pulls, Date.now())) !== undefined);
  };
  const onFailure = (err: unknown): void => {
    if (!stopping.signal.aborted) logger.warn({ err }, 'a pull cannot be carried out; it waits');
  };
  const jobs = [
    repeat(EVERY_MS, follow, onFailure),
    ...Array.from({ length: AT_ONCE }, () => repeat(EVERY_MS, carryOut, onFailure)),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(jobs.map((job) => job.stop()));
      await Promise.all([services.stop(), databases.stop()]);
    },
  };
}
