import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { evidenceFolder } from '../shared/evidence/log/index.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { Shipper } from './evidence/shipper.js';

/** Brings the gateways' records from their files into the database. */
export async function shipEvidence(config: Config, pool: pg.Pool, logger: Logger): Promise<Shipper> {
  const shipper = new Shipper({
    folder: evidenceFolder(config.DATA_DIR),
    pool,
    store: new RecordStore(config.TIME_ZONE),
    onState: ({ failing, broken }) => {
      if (failing) logger.error({ err: failing }, 'evidence cannot be shipped; it waits in its files');
      else if (broken.size === 0) logger.info('evidence is shipped again');
      for (const [writer, why] of broken)
        logger.error({ writer, why }, 'a chain of evidence is broken; run `sharehub evidence verify`');
    },
  });
  await shipper.start();
  return shipper;
}
