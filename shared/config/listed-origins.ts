import { HubError } from '../kernel/index.js';

/** Reads origins from an operator's list: `host` and `host:port` are https; plain http only where an entry says `http://`.
 *  Other ports of a listed host are not allowed.
 *  @param setting  name of the setting, for the message
 *  @param list     comma separated; empty for none
 *  @throws HubError CONFIG_INVALID */
export function readListedOrigins(setting: string, list: string): ReadonlySet<string> {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return new Set(entries.map((entry) => readOrigin(setting, entry)));
}

function readOrigin(setting: string, entry: string): string {
  const malformed = new HubError(
    'CONFIG_INVALID',
    `${setting}: "${entry}" is no host. Write host, host:port or http://host:port, separated by commas.`,
  );
  let url: URL;
  try {
    url = new URL(/^https?:\/\//i.test(entry) ? entry : `https://${entry}`);
  } catch {
    throw malformed;
  }
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) throw malformed;
  return url.origin;
}
