import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { Anchor, type AnchorStatus, readTrustedRoots } from '../shared/evidence/anchor/index.js';
import { evidenceFolder } from '../shared/evidence/log/index.js';
import { repeat, type Repetition } from './repeat.js';

export interface Anchoring extends Repetition {
  readonly status: () => AnchorStatus;
}

/** Anchors the signed heads of evidence outside the hub: in a folder, by time-stamps, or both. Each part logs its first
 *  failure and its recovery.
 *  @returns undefined where the settings ask for neither
 *  @throws HubError CONFIG_INVALID when the trusted certificates cannot be read */
export async function anchorHeads(
  config: Config,
  pool: Pick<pg.Pool, 'query'>,
  logger: Logger,
): Promise<Anchoring | undefined> {
  const { EVIDENCE_ANCHOR_FOLDER: anchorFolder, EVIDENCE_TSA_URL: url } = config;
  const roots = await readTrustedRoots(config.EVIDENCE_TSA_CA);
  if (anchorFolder === undefined && url === undefined) return undefined;
  const anchor = new Anchor({
    folder: evidenceFolder(config.DATA_DIR),
    anchorFolder,
    timeStamps: url === undefined ? undefined : { url, roots, every: config.EVIDENCE_ANCHOR_MINUTES * 60_000 },
    databaseHeads: () => readDatabaseHeads(pool),
  });
  let reported: Readonly<Record<string, string | undefined>> = {};
  const run = async () => {
    await anchor.run();
    const { store, timeStamps, database } = anchor.status();
    const failing = {
      store: store?.failing?.why,
      timeStamps: timeStamps?.failing?.why,
      database: database?.failing?.why,
    };
    for (const [part, why] of Object.entries(failing)) {
      if (why !== undefined && why !== reported[part])
        logger.error({ part, why }, 'heads of evidence are not anchored');
      if (why === undefined && reported[part] !== undefined)
        logger.warn({ part }, 'heads of evidence are anchored again');
    }
    reported = failing;
  };
  const repetition = repeat(config.EVIDENCE_SIGN_SECONDS * 1000, run, (err) => logger.error({ err }, 'anchoring'));
  return { ...repetition, status: () => anchor.status() };
}

/** The newest signed head of each chain that is not written in files. */
async function readDatabaseHeads(pool: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select head.line from evidence.chain
       join lateral (select line from evidence.head where head.writer = chain.writer
                      order by number desc limit 1) head on true
      where home <> 'folder'`,
  );
  return rows.map(({ line }) => line);
}
