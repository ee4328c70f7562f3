import { HubError } from '../../../../shared/kernel/index.js';

/** The origins that webhooks may have, from the operator's list: `host` and `host:port` are https; plain http only where
 *  an entry says `http://`. Nothing else is allowed, another port neither.
 *  @param list  comma separated; empty for none
 *  @throws HubError CONFIG_INVALID */
export function allowedOrigins(list: string): ReadonlySet<string> {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return new Set(entries.map(originOf));
}

function originOf(entry: string): string {
  const wrong = new HubError(
    'CONFIG_INVALID',
    `PUSH_HOSTS: "${entry}" is no host. Write host, host:port or http://host:port, separated by commas.`,
  );
  let url: URL;
  try {
    url = new URL(/^https?:\/\//i.test(entry) ? entry : `https://${entry}`);
  } catch {
    throw wrong;
  }
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) throw wrong;
  return url.origin;
}
