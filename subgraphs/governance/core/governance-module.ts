import type { EntityClass } from '@mikro-orm/core';
import type { RootPermissions, TypeClass } from '../../../shared/subgraph/index.js';
import type { HandOver } from './hand-over.js';

/** A room of governance, as its door registers it; `subgraphs/governance/index.ts` puts the rooms together. */
export interface GovernanceModule {
  /** Folder of the room. */
  readonly name: string;
  readonly resolvers: readonly (new () => object)[];
  /** Object types that the room publishes. */
  readonly types: readonly TypeClass[];
  readonly entities: readonly EntityClass<object>[];
  /** Tables that the room owns: no other room's SQL names them. */
  readonly tables: readonly string[];
  /** The permission that each root field of the room requires; a field that is not listed is refused. */
  readonly permissions: RootPermissions;
  /** Hands over what the room keeps of departments, in a reform. */
  readonly handOver?: (handOver: HandOver) => Promise<void>;
}
