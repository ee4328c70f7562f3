import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { openDatabaseServer, type DatabaseServer } from '../shared/database/index.js';
import { HubError } from '../shared/kernel/index.js';
import { seedSubgraph, type DatabaseSubgraph } from '../shared/subgraph/index.js';
import * as hosted from './declared/index.js';
import { SUBGRAPH_NAMES, SUBGRAPHS, type SubgraphName } from './index.js';
import { fillLibraries, sampleLibraries } from './libraries/index.js';

export interface SeedAllOptions {
  readonly server: DatabaseServer;
  /** Number of generated residents; everything else scales along. */
  readonly residents: number;
  /** Publishes the declared libraries, too; `fillLibraries` fills their tables. */
  readonly libraries?: boolean;
  readonly log?: ((line: string) => void) | undefined;
}

/** Creates each subgraph's database where it is missing, brings it up to date, and fills it where it is empty.
 *  @returns names of the subgraphs that were filled; none where all had rows already */
export async function seedAll({
  server,
  residents,
  libraries = false,
  log = () => undefined,
}: SeedAllOptions): Promise<string[]> {
  const filled: string[] = [];
  for (const name of SUBGRAPH_NAMES) {
    await server.createDatabase(name);
    const { subgraph } = await loadSubgraph(name, libraries);
    const options = { databaseUrl: server.url(name), residents, progress: log };
    if (await seedSubgraph(subgraph, options)) filled.push(name);
  }
  return filled;
}

async function loadSubgraph(name: SubgraphName, libraries: boolean): Promise<{ readonly subgraph: DatabaseSubgraph }> {
  if (name !== 'governance' || !libraries) return SUBGRAPHS[name]();
  const { withLibraries } = await SUBGRAPHS.governance();
  return { subgraph: withLibraries(sampleLibraries()) };
}

/** `npm run seed -- --residents N`: fills empty databases, embedded or those of `DATABASE_URL`. */
async function main(): Promise<void> {
  const config = readConfig();
  const { residents } = new Command('seed')
    .description('fill the empty databases of the subgraphs with generated data')
    .option('--residents <count>', 'generated residents, at most 1500000; everything else scales along', wholeNumber)
    .parse()
    .opts<{ residents?: number }>();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL, log: say });
  try {
    const filled = await seedAll({
      server,
      residents: residents ?? config.RESIDENTS,
      libraries: config.DEMO_LIBRARIES,
      log: say,
    });
    if (config.DEMO_LIBRARIES) {
      if (config.DECLARED_DATABASE_URL === undefined) await server.createDatabase('declared');
      const tablesUrl = config.DECLARED_DATABASE_URL ?? server.url('declared');
      const { rows } = await fillLibraries(hosted, tablesUrl, server.url('governance'), residents ?? config.RESIDENTS);
      if (rows > 0) say(`libraries: ${rows} rows`);
    }
    const kept = SUBGRAPH_NAMES.filter((name) => !filled.includes(name));
    if (filled.length > 0) say(`filled ${filled.join(', ')}`);
    if (kept.length > 0) {
      say(`kept as they are, because they have rows: ${kept.join(', ')}`);
      say('To begin anew, set DATA_DIR to another folder, or remove it while nothing runs on it.');
    }
  } finally {
    await server.stop();
  }
}

/** The generator makes distinct identity numbers up to there. */
const MOST_RESIDENTS = 1_500_000;

function wholeNumber(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= MOST_RESIDENTS) return count;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${MOST_RESIDENTS}.`);
}

if (import.meta.filename === process.argv[1]) {
  main().catch((error: unknown) => {
    if (!(error instanceof HubError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
