import type { NonEmptyArray } from 'type-graphql';
import { startSubgraph, type DatabaseSubgraph, type Seed } from '../../shared/subgraph/index.js';
import { endNamedViewers, findOpenApplications } from './application/index.js';
import { findOwnedEntries, publishOwnItems } from './catalogue/index.js';
import { governanceOwn, Refusal, type GovernanceOptions, type RoomHooks } from './core/index.js';
import { findCodesByFreshness } from './freshness/index.js';
import { endNamedPersons, findGrantHolders, findGrantsForNobody, findGrantsUnder } from './grant/index.js';
import { entities, migrations } from './mikro-orm.config.js';
import { permissions } from './permissions.js';
import { carryOutReforms as carryOut, findCallerNow, holdsPost, type ReformWork } from './register/index.js';
import { findHostedTable, readPublishedSchemas } from './registry/index.js';
import { rooms } from './rooms.js';
import { seed } from './seed/governance.js';
import { publishLibraries } from './seed/libraries.js';
import { protectSample } from './seed/protection.js';

/** The data authority's own subgraph, put together from its rooms. */
export const subgraph: DatabaseSubgraph = {
  name: 'governance',
  resolvers: rooms.flatMap((room) => [...room.resolvers]) as NonEmptyArray<new () => object>,
  types: [Refusal, ...rooms.flatMap((room) => room.types)],
  entities,
  migrations,
  seed,
  permissions,
};

const hooks: RoomHooks = {
  holdsPost,
  findCallerNow,
  reform: {
    findOwnedEntries,
    findGrantsForNobody,
    handOvers: rooms.flatMap(({ handOver }) => handOver ?? []),
  },
  findGrantHolders,
  findCodesByFreshness,
  findScenarioUses: async (database, use, now) => [
    ...(await findGrantsUnder(database, use, now)),
    ...(await findOpenApplications(database, use)),
  ],
  readPublishedSdl: async (database, subgraph) => (await readPublishedSchemas(database, subgraph))[0]?.sdl,
  endNamedRights: async (database, named) => [
    ...(await endNamedPersons(database, named)),
    ...(await endNamedViewers(database, named)),
  ],
};

/** Carries out the reforms of departments whose time has come. */
export const carryOutReforms = (work: ReformWork): Promise<string[]> =>
  carryOut(work, { ...hooks.reform, endNamedRights: hooks.endNamedRights });

/** The seed of the demo, with its libraries, and what only the hub's keys can make. */
const seedOf = (options: Pick<GovernanceOptions, 'protectionKey' | 'hashesOf' | 'sampleLibraries'>): Seed => ({
  ...seed,
  fill: async (insert, given) => {
    await seed.fill(insert, given);
    await protectSample(options)(insert, given);
    if (options.sampleLibraries) await publishLibraries(insert, options.sampleLibraries);
  },
});

/** The subgraph with declared libraries in its seed. */
export const withLibraries = (sampleLibraries: GovernanceOptions['sampleLibraries']): DatabaseSubgraph => ({
  ...subgraph,
  seed: seedOf({ sampleLibraries }),
});

export const start = ({ loading, ...options }: GovernanceOptions) =>
  startSubgraph({ ...subgraph, seed: seedOf(options) }, options, {
    own: governanceOwn(hooks, {
      ...options,
      ...(loading && { loading: { findTable: findHostedTable, ...loading } }),
    }),
    followCaller: (em, fetch) => findCallerNow(em, fetch),
    onStart: (orm, sdl) => publishOwnItems(orm, subgraph.name, sdl),
  });

export { publishLibraries } from './seed/libraries.js';
