import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { Generated, JSONColumnType } from 'kysely';
import type { LoadOutcome } from '../../../shared/loading/index.js';
import { type Database, openTables } from '../core/index.js';
import type { Load } from './load.entity.js';
import type { Loader } from './loader.entity.js';
import type { Pull } from './pull/pull.entity.js';

type EntityTables = InferClassEntityDB<typeof Load | typeof Loader | typeof Pull>;
type Counters = 'attempts' | 'rows_read' | 'bytes_read';

export type LoadingTables = Omit<EntityTables, 'load' | 'pull'> & {
  pull: Omit<EntityTables['pull'], 'source_time'>;
  load: Omit<EntityTables['load'], Counters | 'reports' | 'counts'> & {
    outcome: JSONColumnType<LoadOutcome> | null;
  } & Record<Counters, Generated<number>>;
};
export const loadingTables = (database: Database) => openTables<LoadingTables>(database);
