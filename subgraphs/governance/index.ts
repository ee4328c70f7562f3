import type { NonEmptyArray } from 'type-graphql';
import { startSubgraph, type DatabaseSubgraph } from '../../shared/subgraph/index.js';
import { publishOwnItems } from './catalogue/index.js';
import { governanceOwn, Refusal, type GovernanceOptions } from './core/index.js';
import { entities, migrations } from './mikro-orm.config.js';
import { permissions } from './permissions.js';
import { holdsPost } from './register/index.js';
import { rooms } from './rooms.js';
import { seed } from './seed/governance.js';

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

export const start = (options: GovernanceOptions) =>
  startSubgraph(subgraph, options, {
    own: governanceOwn(holdsPost, options),
    onStart: (orm, sdl) => publishOwnItems(orm, subgraph.name, sdl),
  });
