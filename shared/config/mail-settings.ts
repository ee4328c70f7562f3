import { HubError } from '../kernel/index.js';
import type { Config } from './config.js';

/** The operator's mail server. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else by STARTTLS, which the server must offer unless `plain`. */
  readonly secure: boolean;
  readonly plain: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Sender: an address, or `name <address>`. */
  readonly from: string;
  /** Domains to which mail may go, lower case; `*` for every one. */
  readonly domains: readonly string[];
}

/** Reads the settings of the mail server.
 *  @returns undefined where no mail is sent
 *  @throws HubError CONFIG_INVALID naming the setting that is missing or wrong */
export function readMailSettings({
  MAIL_URL,
  MAIL_FROM,
  MAIL_DOMAINS,
  MAIL_PLAIN,
}: Pick<Config, 'MAIL_URL' | 'MAIL_FROM' | 'MAIL_DOMAINS' | 'MAIL_PLAIN'>): MailSettings | undefined {
  if (MAIL_URL === undefined) return undefined;
  if (MAIL_FROM === undefined) throw invalid('MAIL_FROM', 'is needed with MAIL_URL: the address mail is sent from');
  const domains = MAIL_DOMAINS.split(',')
    .map((domain) => domain.trim().toLowerCase())
    .filter((domain) => domain !== '');
  if (domains.length === 0)
    throw invalid('MAIL_DOMAINS', 'is needed with MAIL_URL: the domains mail may go to, or * for every one');
  const unfit = domains.find((domain) => domain !== '*' && !DOMAIN.test(domain));
  if (unfit !== undefined) throw invalid('MAIL_DOMAINS', `"${unfit}" is no domain`);
  const { protocol, hostname, port, username, password } = new URL(MAIL_URL);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 465 : 587)),
    ...{ secure, plain: MAIL_PLAIN, from: MAIL_FROM, domains },
    ...(username !== '' && { user: decodeURIComponent(username), password: decodeURIComponent(password) }),
  };
}

const DOMAIN = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const invalid = (setting: string, problem: string): HubError =>
  new HubError('CONFIG_INVALID', `Settings are wrong, nothing was started. ${setting}: ${problem}`, { setting });
