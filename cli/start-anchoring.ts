import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { Anchor, type AnchorStatus } from '../shared/evidence/anchor/anchor.js';
import { evidenceFolder } from '../shared/evidence/evidence-folder.js';
import { every, type Repeating } from './every.js';

export interface Anchoring extends Repeating {
  readonly status: () => AnchorStatus;
}

/** Anchors heads where the settings say, for as long as the worker runs; what does not work is logged once.
 *  @param roots  certificates that are trusted to stand behind time-stamps, PEM
 *  @returns      undefined where nothing is set */
export function startAnchoring(
  config: Config,
  roots: readonly string[] | undefined,
  pool: Pick<pg.Pool, 'query'>,
  logger: Logger,
): Anchoring | undefined {
  const { EVIDENCE_ANCHOR_FOLDER: anchorFolder, EVIDENCE_TSA_URL: url } = config;
  if (anchorFolder === undefined && url === undefined) return undefined;
  const anchor = new Anchor({
    folder: evidenceFolder(config.DATA_DIR),
    anchorFolder,
    timeStamps: url === undefined ? undefined : { url, roots, every: config.EVIDENCE_ANCHOR_MINUTES * 60_000 },
    databaseHeads: async () => {
      const { rows } = await pool.query<{ line: string }>(
        `select head.line from evidence.chain
           join lateral (select line from evidence.head where head.writer = chain.writer
                          order by number desc limit 1) head on true
          where home <> 'folder'`,
      );
      return rows.map(({ line }) => line);
    },
  });
  let known: Readonly<Record<string, string | undefined>> = {};
  const round = async () => {
    await anchor.run();
    const { store, timeStamps, database } = anchor.status();
    const now = { store: store?.failing?.why, timeStamps: timeStamps?.failing?.why, database: database?.failing?.why };
    for (const [part, why] of Object.entries(now)) {
      if (why !== undefined && why !== known[part]) logger.error({ part, why }, 'heads of evidence are not anchored');
      if (why === undefined && known[part] !== undefined) logger.warn({ part }, 'heads of evidence are anchored again');
    }
    known = now;
  };
  const repeating = every(config.EVIDENCE_SIGN_SECONDS * 1000, round, (err) => logger.error({ err }, 'anchoring'));
  return { ...repeating, status: () => anchor.status() };
}
