import pg from 'pg';
import type { SubjectHash } from '../../../shared/evidence/keys/subject-keys.js';
import type { FetchContext } from '../../../shared/trust/signed-context.js';
import { subgraphKey } from '../../../shared/trust/signed-context.js';
import { start } from '../../../subgraphs/governance/index.js';
import { askAs, TEST_SECRET } from '../../support/subgraph-client.js';
import { createSubgraphDatabase } from '../../support/subgraph-database.js';
import type { Loose } from '../../support/system.js';
import { openTestServer, testDatabaseName } from '../../support/test-database.js';
import type { GovernanceOptions } from '../../../subgraphs/governance/core/index.js';

/** The governance subgraph on a database of its own, asked as the hub asks it. */
export interface GovernanceUnderTest {
  readonly url: string;
  readonly pool: pg.Pool;
  as(standing: Partial<FetchContext>): ReturnType<typeof askAs>;
  rows(sql: string, values?: unknown[]): Promise<Record<string, Loose>[]>;
  stop(): Promise<void>;
}

export async function startGovernance(
  hashesOf?: (subject: string) => readonly SubjectHash[],
  more: Partial<GovernanceOptions> = {},
): Promise<GovernanceUnderTest> {
  const server = await openTestServer();
  const database = testDatabaseName('governance');
  await createSubgraphDatabase(server, database, 'governance');
  const subgraph = await start({
    port: 0,
    key: subgraphKey(TEST_SECRET, 'governance'),
    databaseUrl: server.url(database),
    residents: 0,
    hashesOf,
    ...more,
  });
  const pool = new pg.Pool({ connectionString: server.url(database), max: 4 });
  pool.on('error', () => undefined);
  return {
    url: server.url(database),
    pool,
    as: (standing) => {
      const ask = askAs('governance', subgraph.url, standing);
      // Contexts are signed for the clock of the test.
      const expiresAt = () => Math.floor((more.now?.() ?? Date.now()) / 1000) + 60;
      return (query, options = {}) =>
        ask(query, { ...options, context: { expiresAt: expiresAt(), ...options.context } });
    },
    rows: async (sql, values) => (await pool.query<Record<string, Loose>>(sql, values)).rows,
    stop: async () => {
      await pool.end();
      await subgraph.stop();
      await server.dropDatabase(database);
      await server.stop();
    },
  };
}
