import type { GovernanceFeed, GovernanceSnapshot } from '../shared/read-model/read-model.js';

const EMPTY: GovernanceSnapshot = {
  version: 0,
  departments: new Map(),
  systems: new Map(),
  officers: new Map(),
  scenarios: new Map(),
  grants: new Map(),
};

/** Governance of a permissive gateway: nobody is registered and nothing is granted. */
export const NO_GOVERNANCE: GovernanceFeed = {
  fresh: () => EMPTY,
  current: async () => EMPTY,
  close: async () => undefined,
};
