import type { DatabaseServer } from '../../shared/database/index.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { SUBGRAPHS, type SubgraphName } from '../../subgraphs/index.js';
import { createFilledDatabase } from './filled-database.js';
import { TEST_SECRET } from './subgraph-client.js';

/** Creates a database as a first start of the subgraph leaves it.
 *  @param residents  in the sample data; those of governance have none */
export async function createSubgraphDatabase(
  server: DatabaseServer,
  database: string,
  name: SubgraphName,
  residents = 0,
): Promise<void> {
  const purpose = name === 'governance' ? name : `${name} ${residents}`;
  await createFilledDatabase(server, database, purpose, async (databaseUrl) => {
    const { start } = await SUBGRAPHS[name]();
    await (await start({ port: 0, key: subgraphKey(TEST_SECRET, name), databaseUrl, residents })).stop();
  });
}
