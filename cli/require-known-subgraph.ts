import { existsSync } from 'node:fs';
import pg from 'pg';
import { readSupergraphConfig } from '../gateway/supergraph/index.js';
import type { Config } from '../shared/config/config.js';
import { HubError } from '../shared/kernel/index.js';
import { readSnapshot } from '../shared/read-model/read-snapshot.js';
import { withGovernanceDatabase } from './evidence/with-governance-database.js';

/** Refuses a name that is neither on the operator's list nor one that a department may publish: a key for it would open
 *  nothing, or what somebody publishes under that name later.
 *  @throws HubError BAD_USER_INPUT naming what there is; CONFIG_INVALID, DATABASE_UNAVAILABLE where that cannot be read */
export async function requireKnownSubgraph(
  config: Pick<Config, 'SUPERGRAPH_CONFIG' | 'GOVERNANCE_DATABASE_URL' | 'DATA_DIR' | 'DATABASE_URL'>,
  name: string,
): Promise<void> {
  const listed = existsSync(config.SUPERGRAPH_CONFIG)
    ? (await readSupergraphConfig(config.SUPERGRAPH_CONFIG)).subgraphs.map((subgraph) => subgraph.name)
    : [];
  if (listed.includes(name)) return;
  const permitted = await withGovernanceDatabase(config as Config, readPermitted);
  if (permitted.includes(name)) return;
  const known = [...new Set([...listed, ...permitted])].sort().join(', ');
  throw new HubError(
    'BAD_USER_INPUT',
    `There is no subgraph ${JSON.stringify(name)}. Listed or permitted: ${known || 'none'}.`,
  );
}

/** Names that the authority's permits give; none where the hub was never started. */
async function readPermitted(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { publishers } = await readSnapshot(
      async (sql, values) => (await client.query<Record<string, unknown>>(sql, values as unknown[])).rows,
    );
    return [...publishers.keys()];
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (NEVER_STARTED.has(code)) return [];
    throw new HubError(
      'DATABASE_UNAVAILABLE',
      `The governance database cannot be read (${code}).`,
      {},
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
/** There is no such database, or no such table in it. */
const NEVER_STARTED: ReadonlySet<string> = new Set(['3D000', '42P01']);
