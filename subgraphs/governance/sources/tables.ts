import type { InferClassEntityDB } from '@mikro-orm/sql';
import { type Database, openTables } from '../core/index.js';
import type { DataSource } from './data-source.entity.js';

interface SourceTables extends InferClassEntityDB<typeof DataSource> {
  /** Sealed: opened only by the process that connects. */
  source_credential: { source: string; sealed: string };
}

export const sourceTables = (database: Database) => openTables<SourceTables>(database);
