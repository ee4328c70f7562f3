import type { NonEmptyArray } from 'type-graphql';
import type { ShieldRule } from '../../shared/share/shield.js';
import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { publishOwn } from './catalogue/index.js';
import { type GovernanceModule, governanceOwn, Refusal } from './core/index.js';
import { entities, migrations } from './mikro-orm.config.js';
import { holdsPost } from './register/index.js';
import { rooms } from './rooms.js';
import { seed } from './seed/governance.js';

/** Permissions of all rooms; a root field is listed by the one room that serves it. */
const mergePermissions = (
  ofRoom: (room: GovernanceModule) => Readonly<Record<string, ShieldRule>>,
): Record<string, ShieldRule> => Object.fromEntries(rooms.flatMap((room) => Object.entries(ofRoom(room))));

/** The data authority's own subgraph, put together from its rooms. */
export const subgraph: DatabaseSubgraph = {
  name: 'governance',
  resolvers: rooms.flatMap((room) => [...room.resolvers]) as NonEmptyArray<new () => object>,
  types: [Refusal, ...rooms.flatMap((room) => room.types)],
  entities,
  migrations,
  seed,
  permissions: {
    Query: mergePermissions((room) => room.permissions.Query),
    Mutation: mergePermissions((room) => room.permissions.Mutation ?? {}),
  },
  opened: (orm, sdl) => publishOwn(orm, 'governance', sdl),
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options, governanceOwn(holdsPost, options));
