import type { Config } from '../../shared/config/config.js';
import { openDatabaseServer } from '../../shared/database/index.js';

/** Does something with the governance database, which is started for it where it is the embedded one. */
export async function withGovernanceDatabase<T>(config: Config, act: (url: string) => Promise<T>): Promise<T> {
  if (config.GOVERNANCE_DATABASE_URL !== undefined) return act(config.GOVERNANCE_DATABASE_URL);
  const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
  try {
    return await act(server.url('governance'));
  } finally {
    await server.stop();
  }
}
