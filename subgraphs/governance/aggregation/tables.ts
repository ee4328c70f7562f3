import type { InferClassEntityDB } from '@mikro-orm/sql';
import { type Database, openTables } from '../core/index.js';
import type { AggregationExemption } from './aggregation-exemption.entity.js';
import type { InterfaceRequest } from './interface-request.entity.js';

/** Columns of the room's tables. */
export type AggregationTables = InferClassEntityDB<typeof AggregationExemption | typeof InterfaceRequest>;

export const aggregationTables = (database: Database) => openTables<AggregationTables>(database);
