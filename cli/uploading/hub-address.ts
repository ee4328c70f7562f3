import { readConfig } from '../../shared/config/config.js';
import { hostInUrl } from '../../shared/config/host-in-url.js';

/** The hub's address: the given one, else the configured one. */
export function hubAddress(url: string | undefined): string {
  const { PUBLIC_URL, HOST, PORT } = readConfig();
  return url ?? PUBLIC_URL ?? `http://${hostInUrl(HOST)}:${PORT}`;
}
