import pg from 'pg';
import type { DatabaseServer } from '../../../shared/database/index.js';
import { Evidence } from '../../../subgraphs/governance/migrations/002-evidence.js';
import { EvidenceArchive } from '../../../subgraphs/governance/migrations/006-evidence-archive.js';
import { readMigrationSql } from '../../support/migration-sql.js';
import { createFilledDatabase } from '../../support/filled-database.js';
import type { Loose } from '../../support/system.js';
import { openTestServer, testDatabaseName } from '../../support/test-database.js';

/** A database that has the tables of evidence and nothing else. */
export interface EvidenceDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  rows(sql: string, values?: unknown[]): Promise<Record<string, Loose>[]>;
  /** Cuts every connection but the one that cuts, as a dying server does. */
  cutConnections(): Promise<void>;
  drop(): Promise<void>;
}

export async function createEvidenceDatabase(): Promise<EvidenceDatabase> {
  const server: DatabaseServer = await openTestServer();
  const name = testDatabaseName('evidence');
  await createFilledDatabase(server, name, 'evidence', makeTables);
  const url = server.url(name);
  const pool = new pg.Pool({ connectionString: url, max: 6 });
  pool.on('error', () => undefined);
  return {
    url,
    pool,
    rows: async (sql, values) => (await pool.query<Record<string, Loose>>(sql, values)).rows,
    cutConnections: async () => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await client.end();
    },
    drop: async () => {
      await pool.end();
      await server.dropDatabase(name);
      await server.stop();
    },
  };
}

async function makeTables(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const migration of [Evidence, EvidenceArchive])
    for (const statement of await readMigrationSql(migration)) await client.query(statement);
  await client.end();
}
