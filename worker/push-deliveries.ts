import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { envelopeKeys } from '../shared/trust/secret-envelope.js';
import { allowedOrigins, Pusher, streams } from '../subgraphs/governance/subscriptions/index.js';

/** Pushes uses and notices to the subscriptions of departments: webhooks, and a folder where the settings name one.
 *  @throws HubError CONFIG_INVALID */
export async function pushDeliveries(config: Config, pool: pg.Pool, logger: Logger): Promise<Pusher> {
  const origins = allowedOrigins(config.PUSH_HOSTS);
  const folder = config.PUSH_FOLDER === undefined ? undefined : resolve(config.PUSH_FOLDER);
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o750 });
  const pusher = new Pusher({
    pool,
    origins,
    folder,
    streams,
    keys: envelopeKeys(await openHubSecret(config.DATA_DIR, config.HUB_SECRET)),
    onState: (failing) => {
      if (failing) logger.error({ err: failing }, 'uses cannot be pushed; they wait where they are');
      else logger.warn('uses are pushed again');
    },
  });
  pusher.start();
  return pusher;
}
