import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { requireKnownSubgraph } from '../../cli/require-known-subgraph.js';
import { startGovernance, type GovernanceUnderTest } from '../governance/support/governance-under-test.js';
import { openTestServer } from '../support/test-database.js';

let governance: GovernanceUnderTest;
let folder: string;
beforeAll(async () => {
  governance = await startGovernance();
  await governance.rows(`insert into subgraph_publisher (id, subgraph, department, given_at)
    values ('P-900002', 'stations', 'public-security', now())`);
  folder = await mkdtemp(join(tmpdir(), 'known-subgraph-'));
  const tax = { routing_url: 'http://127.0.0.1/tax', schema: { sdl: 'type Query { a: Int }' } };
  await writeFile(join(folder, 'supergraph.yaml'), stringify({ subgraphs: { tax } }));
}, 60_000);
afterAll(async () => {
  await governance.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const settings = (database: string | undefined) => ({
  ...{ SUPERGRAPH_CONFIG: join(folder, 'supergraph.yaml'), DATA_DIR: folder, DATABASE_URL: undefined },
  GOVERNANCE_DATABASE_URL: database,
});
const own = () => (governance.pool as unknown as { options: { connectionString: string } }).options.connectionString;

it('refuses a name that nobody has listed or permitted, and says which there are', async () => {
  await expect(requireKnownSubgraph(settings(own()), 'typo')).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(/no subgraph "typo"\. Listed or permitted: .*stations.*tax/),
  });
});

it('knows no more than the list where the hub was never started, and says so of a database that does not answer', async () => {
  const server = await openTestServer();
  try {
    await expect(requireKnownSubgraph(settings(server.url('never_there')), 'stations')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(requireKnownSubgraph(settings('postgres://127.0.0.1:1/x'), 'stations')).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  } finally {
    await server.stop();
  }
});

it('takes one that is on the list, without a database, or permitted', async () => {
  await requireKnownSubgraph(settings('postgres://127.0.0.1:1/x'), 'tax');
  await requireKnownSubgraph(settings(own()), 'stations');
});
