import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { hostInUrl } from '../shared/config/host-in-url.js';
import { readMailSettings } from '../shared/config/mail-settings.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { MessageHosts } from '../shared/network/message-hosts.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { envelopeKeys } from '../shared/trust/secret-envelope.js';
import { deliverMessages as deliver, openMailer } from '../subgraphs/governance/reminders/index.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 3_000;

/** Sends notices beyond the hub: by mail, and to robots of departments. A mail server that does not answer, or refuses the
 *  account, is reported at the start; messages wait for it.
 *  @returns undefined where the operator has opened neither
 *  @throws HubError CONFIG_INVALID naming the setting */
export async function deliverMessages(config: Config, pool: pg.Pool, logger: Logger): Promise<Repetition | undefined> {
  const mail = readMailSettings(config);
  const hosts = config.MESSAGE_HOSTS === '' ? undefined : MessageHosts.read(config.MESSAGE_HOSTS);
  if (!mail && !hosts) return undefined;
  const address = config.PUBLIC_URL ?? `http://${hostInUrl(config.HOST)}:${config.PORT}`;
  const publicUrl = address.replace(/\/+$/, '');
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const mailer = mail && openMailer(mail, { publicUrl, secret });
  void mailer?.verify().catch((err: unknown) => {
    logger.error({ err }, `MAIL_URL: the mail server ${mail!.host}:${mail!.port} cannot be used; mail waits`);
  });
  const options = {
    ...{ pool, hosts, mailer, publicUrl },
    store: new RecordStore(config.TIME_ZONE),
    keys: envelopeKeys(secret, 'messages'),
    ...{ timeZone: config.TIME_ZONE, dailyHour: config.MESSAGES_DAILY_HOUR, atOnce: config.MESSAGES_AT_ONCE },
  };
  const repetition = repeat(
    EVERY_MS,
    () => deliver({ ...options, now: Date.now() }),
    (err) => logger.error({ err }, 'messages cannot be sent; they wait'),
  );
  return {
    stop: async () => {
      await repetition.stop();
      mailer?.close();
    },
  };
}
