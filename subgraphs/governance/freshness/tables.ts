import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { JSONColumnType } from 'kysely';
import { type Database, openTables } from '../core/index.js';
import type { Flag } from './freshness.rule.js';
import type { ResourceFreshness } from './resource-freshness.entity.js';
import type { UpdateException } from './update-exception.entity.js';

type EntityTables = InferClassEntityDB<typeof ResourceFreshness | typeof UpdateException>;
type Lists = { clauses: JSONColumnType<string[]> };

/** Columns of the room's tables. */
export type FreshnessTables = {
  resource_freshness: Omit<EntityTables['resource_freshness'], 'clauses' | 'flags' | 'lag_seconds'> &
    Lists & { flags: JSONColumnType<Flag[]> };
  update_exception: Omit<EntityTables['update_exception'], 'clauses'> & Lists;
};

export const freshnessTables = (database: Database) => openTables<FreshnessTables>(database);
