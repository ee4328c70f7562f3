import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openOrm, type DatabaseServer } from '../../shared/database/index.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { readCatalog, type Catalog } from './support/catalog.js';
import { restoreDump } from './support/dump.js';
import { readSubgraphDatabases, type SubgraphDatabase } from './support/migrations-by-subgraph.js';

const DUMPS = join(import.meta.dirname, 'dumps');
const dumps = readdirSync(DUMPS).flatMap((release) =>
  readdirSync(join(DUMPS, release)).map((file) => ({ release, subgraph: basename(file, '.sql') })),
);

let server: DatabaseServer;
let subgraphs: SubgraphDatabase[];
const created: string[] = [];
beforeAll(async () => {
  server = await openTestServer();
  subgraphs = await readSubgraphDatabases();
});
afterAll(async () => {
  for (const name of created) await server.dropDatabase(name);
  await server.stop();
});

describe('a database of an earlier version', () => {
  it.each(dumps)('$release of $subgraph becomes what a fresh one is', async ({ release, subgraph }) => {
    const early = await restoredDatabase(release, subgraph);
    await migrate(subgraph, early);

    expect(await catalogOf(early)).toEqual(await freshCatalog(subgraph));
  });

  it('is not yet what a fresh one is before it is upgraded, so that the comparison means something', async () => {
    const current = await freshCatalog('governance');
    const early = async (release: string) => catalogOf(await restoredDatabase(release, 'governance'));

    const openMonth = ({ functions }: Catalog) => functions!.filter((line) => line.includes('open_month'));
    expect(openMonth(await early('before-8902e97'))).not.toEqual(openMonth(current));
    const index = expect.stringContaining('daily_department_items_day_idx');
    expect((await early('before-f649c63')).indexes).not.toContainEqual(index);
    expect(current.indexes).toContainEqual(index);
    const column = expect.stringContaining('published_item.identity');
    expect((await early('before-46dd530')).columns).toContainEqual(column);
    expect(current.columns).not.toContainEqual(column);
  });

  it.each(['before-8902e97', 'before-013'])(
    '%s lets two writers begin a month at once when upgraded',
    async (release) => {
      const early = await restoredDatabase(release, 'governance');
      await migrate('governance', early);
      await connected(early, async (first) =>
        connected(early, async (second) => {
          await first.query('begin');
          await first.query(`select evidence.open_month('2031-05-01')`);
          const pid = (await second.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
          const opened = second.query(`select evidence.open_month('2031-05-01')`);
          await waitsForLock(first, pid);
          await first.query('commit');
          await expect(opened).resolves.toBeDefined();
        }),
      );
    },
  );
});

const catalogs = new Map<string, Promise<Catalog>>();
/** Catalog of a database that every migration ran in, in order. */
function freshCatalog(subgraph: string): Promise<Catalog> {
  const made = async () => {
    const fresh = await emptyDatabase();
    await migrate(subgraph, fresh);
    return catalogOf(fresh);
  };
  if (!catalogs.has(subgraph)) catalogs.set(subgraph, made());
  return catalogs.get(subgraph)!;
}

async function emptyDatabase(): Promise<string> {
  const name = testDatabaseName('upgrade');
  created.push(name);
  await server.createDatabase(name);
  return server.url(name);
}

async function restoredDatabase(release: string, subgraph: string): Promise<string> {
  const url = await emptyDatabase();
  const dump = readFileSync(join(DUMPS, release, `${subgraph}.sql`), 'utf8');
  await connected(url, (client) => restoreDump(client, dump));
  return url;
}

async function migrate(subgraph: string, url: string): Promise<void> {
  const { entities, migrations } = subgraphs.find((one) => one.subgraph === subgraph)!;
  const orm = await openOrm({ entities, migrations, url });
  await orm.close(true);
}

const catalogOf = (url: string): Promise<Catalog> => connected(url, readCatalog);

async function connected<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Resolves when the backend waits for a lock. The server does not announce it, so it is asked until it does. */
async function waitsForLock(client: pg.Client, pid: number): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query('select from pg_locks where pid = $1 and not granted', [pid]);
    if (rowCount) return;
  }
}
