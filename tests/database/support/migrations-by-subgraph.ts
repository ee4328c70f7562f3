import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OrmOptions } from '../../../shared/database/orm.js';

const SUBGRAPHS = join(import.meta.dirname, '../../../subgraphs');

export interface SubgraphDatabase extends Pick<OrmOptions, 'entities' | 'migrations'> {
  readonly subgraph: string;
  /** Committed hashes of the migrations, by name. */
  readonly lockFile: string;
}

/** Entities and migrations of every subgraph in this repository. */
export async function readSubgraphDatabases(): Promise<SubgraphDatabase[]> {
  const databases: SubgraphDatabase[] = [];
  // One after the other: Jest's loader fails on modules that are first imported in parallel.
  for (const { name } of readdirSync(SUBGRAPHS, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    // Their tables follow from declarations.
    if (name === 'declared' || name === 'libraries') continue;
    const config = (await import(`../../../subgraphs/${name}/mikro-orm.config.js`)) as OrmOptions;
    databases.push({
      subgraph: name,
      entities: config.entities,
      migrations: config.migrations,
      lockFile: join(SUBGRAPHS, name, 'migrations', 'migrations.lock.json'),
    });
  }
  return databases;
}
