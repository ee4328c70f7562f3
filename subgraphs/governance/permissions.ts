import type { ShieldRule } from '../../shared/share/shield.js';
import type { RootPermissions } from '../../shared/subgraph/index.js';
import type { GovernanceModule } from './core/index.js';
import { rooms } from './rooms.js';

type FieldRules = Readonly<Record<string, ShieldRule>>;

const merge = (ofRoom: (room: GovernanceModule) => FieldRules): FieldRules =>
  Object.fromEntries(rooms.flatMap((room) => Object.entries(ofRoom(room))));

/** The permission that each root field requires, from all rooms. A field that is not listed is refused; what a department
 *  may see is further cut to its own where it is read. */
export const permissions: RootPermissions = {
  Query: merge((room) => room.permissions.Query),
  Mutation: merge((room) => room.permissions.Mutation ?? {}),
};
