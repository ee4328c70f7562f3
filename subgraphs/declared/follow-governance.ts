import pg from 'pg';
import { GOVERNANCE_CHANNEL } from '../../shared/read-model/read-snapshot.js';
import type { DeclaredLogger } from './served-declarations.js';

/** Longest time after which what is in force is read again, ms, for a notice that was lost. */
const EVERY_MS = 5_000;

/** Calls `follow` now, at every notice of governance and every few seconds.
 *  @param url  of the governance database
 *  @returns    ends it */
export function followGovernance(
  url: string,
  follow: () => Promise<void>,
  logger: DeclaredLogger,
): { readonly first: Promise<void>; readonly stop: () => Promise<void> } {
  let stopped = false;
  let listening: pg.Client | undefined;
  let reported = false;
  let timer: NodeJS.Timeout | undefined;

  const beat = async (): Promise<void> => {
    try {
      listening ??= await listen();
      await follow();
      reported = false;
    } catch (err) {
      if (!reported && !stopped) logger.error({ err }, 'the declarations in force cannot be read; trying again');
      reported = true;
    }
  };
  const listen = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
    const drop = () => {
      if (listening === client) listening = undefined;
    };
    client.on('error', drop);
    client.on('end', drop);
    client.on('notification', () => void follow().catch(() => undefined));
    try {
      await client.connect();
      await client.query(`LISTEN ${GOVERNANCE_CHANNEL}`);
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  };
  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(() => void beat().finally(schedule), EVERY_MS);
    timer.unref();
  };
  const first = beat().finally(schedule);
  return {
    first,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await first;
      await listening?.end().catch(() => undefined);
    },
  };
}
