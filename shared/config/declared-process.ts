import type { Config } from './config.js';
import { hostInUrl } from './host-in-url.js';

/** Distance of its port from the gateway's. */
const PORT_OFFSET = 8;

/** Name of the process that serves declarations, among the addresses of a hub's own processes. No subgraph can have it. */
export const DECLARED_PROCESS = 'declared:';

/** Port of the process that serves declarations; any free one when PORT is 0. */
export const declaredPort = (config: Config): number => (config.PORT === 0 ? 0 : config.PORT + PORT_OFFSET);

/** Address at which declarations are served: where it was started with this process, else the configured one.
 *  @param addresses  of the hub's own processes
 *  @returns          undefined where nobody could know it */
export function declaredProcess(config: Config, addresses?: ReadonlyMap<string, string>): string | undefined {
  const known = addresses?.get(DECLARED_PROCESS) ?? config.DECLARED_URL;
  if (known !== undefined || config.PORT === 0) return known;
  return `http://${hostInUrl(config.HOST)}:${declaredPort(config)}`;
}
