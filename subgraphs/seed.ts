import type { DatabaseServer } from '../shared/database/index.js';
import { seedSubgraph } from '../shared/subgraph/index.js';
import { SUBGRAPH_NAMES, SUBGRAPHS } from './index.js';

export interface SeedAllOptions {
  readonly server: DatabaseServer;
  /** How many generated residents; everything else scales along. */
  readonly residents: number;
  readonly log?: ((line: string) => void) | undefined;
}

/** Creates each subgraph's database where it is missing, brings it up to date, and fills it where it is empty.
 *  @returns names of the subgraphs that were filled; none where all had rows already */
export async function seedAll({ server, residents, log = () => undefined }: SeedAllOptions): Promise<string[]> {
  const filled: string[] = [];
  for (const name of SUBGRAPH_NAMES) {
    await server.createDatabase(name);
    const { subgraph } = await SUBGRAPHS[name]();
    const options = { databaseUrl: server.url(name), residents, progress: log };
    if (await seedSubgraph(subgraph, options)) filled.push(name);
  }
  return filled;
}
