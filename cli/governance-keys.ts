import type { Config } from '../shared/config/config.js';
import { keyVersionsAt } from '../shared/read-model/read-key-versions.js';
import type { KeyVersions } from '../shared/trust/subgraph-keys.js';
import { withGovernanceDatabase } from './evidence/with-governance-database.js';

/** Reads which keys subgraphs have, as governance keeps them. */
export const governanceKeys =
  (config: Config): (() => Promise<KeyVersions>) =>
  () =>
    withGovernanceDatabase(config, (url) => keyVersionsAt(url)());

/** The same for a command that may run without a hub: a secret that was not made here tells of no database. */
export const governanceKeysIfAny = (config: Config): (() => Promise<KeyVersions>) =>
  config.HUB_SECRET === undefined || (config.GOVERNANCE_DATABASE_URL ?? config.DATABASE_URL) !== undefined
    ? governanceKeys(config)
    : () => Promise.resolve(new Map());
