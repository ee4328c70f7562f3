import { createReadStream } from 'node:fs';
import pg from 'pg';
import type { Config } from '../../shared/config/config.js';
import { openDatabaseServer } from '../../shared/database/index.js';
import { RecordStore } from '../../shared/evidence/store/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { readProfile } from '../../shared/law/index.js';
import { importList, type ListKind } from '../../subgraphs/governance/lists/index.js';

export interface ImportFlags {
  readonly kind: string;
  readonly file: string;
  readonly published: string;
}

/** Takes in a list of a higher level; the act is recorded as the hub's own, since the person who runs this command runs the hub. */
export async function importHigherList({ kind, file, published }: ImportFlags, config: Config): Promise<void> {
  if (!/^\d{4}-\d\d-\d\d$/.test(published) || Number.isNaN(Date.parse(published)))
    throw new HubError('BAD_USER_INPUT', '--published must be a day such as 2026-03-01.');
  const profile = readProfile(config.SHAREHUB_PROFILE);
  const server =
    config.GOVERNANCE_DATABASE_URL === undefined
      ? await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
      : undefined;
  const pool = new pg.Pool({ connectionString: config.GOVERNANCE_DATABASE_URL ?? server!.url('governance'), max: 1 });
  const stream = createReadStream(file);
  try {
    const { id, entries } = await importList({
      pool,
      profile,
      publishedOn: published,
      store: new RecordStore(config.TIME_ZONE),
      kind: kind.toUpperCase() as ListKind,
      input: stream,
      now: Date.now(),
    });
    process.stdout.write(`${entries} lines in ${id}\n`);
  } finally {
    stream.destroy();
    await pool.end();
    await server?.stop();
  }
}
