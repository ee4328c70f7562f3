import type { Config } from '../../shared/config/config.js';
import { HubError } from '../../shared/kernel/index.js';
import type { GovernanceFeed, GovernanceSnapshot } from '../../shared/read-model/read-model.js';

const EMPTY: GovernanceSnapshot = {
  version: 0,
  departments: new Map(),
  systems: new Map(),
  officers: new Map(),
  scenarios: new Map(),
  grants: new Map(),
  publishers: new Map(),
  consents: [],
};

/** Governance of a permissive gateway: nobody is registered and nothing is granted. */
export const NO_GOVERNANCE: GovernanceFeed = {
  fresh: () => EMPTY,
  current: async () => EMPTY,
  subscribe: () => () => undefined,
  close: async () => undefined,
};

/** Permissive mode is for trying the engine; it must not be reachable by mistake.
 *  @throws HubError CONFIG_INVALID in production */
export function refusePermissiveInProduction(config: Config): void {
  if (config.NODE_ENV !== 'production') return;
  throw new HubError(
    'CONFIG_INVALID',
    '--permissive admits anonymous callers and sends no signed context, so it does not run with NODE_ENV=production.',
  );
}
