import type { InferClassEntityDB } from '@mikro-orm/sql';
import { type Database, openTables } from '../core/index.js';
import type { Load } from './load.entity.js';
import type { Loader } from './loader.entity.js';

export type LoadingTables = InferClassEntityDB<typeof Load | typeof Loader>;
export const loadingTables = (database: Database) => openTables<LoadingTables>(database);
