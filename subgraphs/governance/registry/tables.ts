import type { InferClassEntityDB } from '@mikro-orm/sql';
import { type Database, openTables } from '../core/index.js';
import type { SubgraphKey } from './subgraph-key.entity.js';
import type { SubgraphVersion } from './subgraph-version.entity.js';

export type RegistryTables = InferClassEntityDB<typeof SubgraphVersion | typeof SubgraphKey>;

export const registryTables = (database: Database) => openTables<RegistryTables>(database);
