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

it('brings reviews and deadlines that an earlier version stored to the words of today', async () => {
  const early = await restoredDatabase('before-013', 'governance');
  const terms = {
    mode: 'QUERY',
    coordinates: ['Resident.phone'],
    rows: null,
    from: null,
    until: 1,
    masks: {},
    conditions: [],
  };
  const state = {
    ...{
      status: 'COORDINATION',
      version: 4,
      step: 0,
      asked: terms,
      terms,
      level: 1,
      contested: [{ step: 0, as: 'provider' }],
    },
    ...{ decisions: [{ step: 1, as: 'secrecy-reviewer', verdict: 'AGREE', department: 's', by: 'zhou.bao', at: 1 }] },
    ...{
      overridden: [],
      negotiations: 1,
      since: 2,
      extension: { workingDays: 5, reason: 'x', state: 'GIVEN', by: 'lin.jun' },
    },
  };
  const process = {
    escalation: [
      { step: 'NEGOTIATION', clauses: [] },
      { step: 'COORDINATION', by: 'higher-authority', clauses: [] },
    ],
  };
  await connected(early, async (client) => {
    await client.query(
      `insert into department (code, name, roles) values ('a', 'A', '[]'), ('p', 'P', '[]'), ('s', 'S', '[]')`,
    );
    await client.query(`insert into share_application (id, department, applicant, state, form, created_at, visible_to)
      values ('A-1', 'a', 'li.na', 'SUBMITTED', '{}', now(), '{}')`);
    await client.query(`insert into officer (subject, name, department, roles, suspended) values
      ('li.na', '李', 'a', '[]', false), ('wu.di', '吴', 'a', '[]', false), ('sun.yi', '孙', 'a', '[]', true), ('he.er', '何', 'p', '[]', false)`);
    await client.query(
      `insert into share_application (id, department, applicant, state, form, created_at, visible_to)
       values ('A-2', 'a', 'li.na', 'DRAFT', $1, now(), '{a}'), ('A-3', 'a', 'li.na', 'DRAFT', '{}', now(), '{a}')`,
      [JSON.stringify({ special: true, applicants: ['wu.di', 'li.na', 'sun.yi', 'he.er', 'nobody'] })],
    );
    for (const [id, waits] of [
      ['A-1/p', state.status],
      ['A-1/q', 'CLOSED'],
    ])
      await client.query(
        `insert into application_track
           (id, application, department, provider, kind, status, version, process, state, waits_on, submitted_at, closed_at)
         values ($1, 'A-1', 'a', 'p', 'CONDITIONAL', $2, 4, $3, $4, '{*authority}', now(), $5)`,
        [id, waits, JSON.stringify(process), JSON.stringify(state), waits === 'CLOSED' ? new Date() : null],
      );
    await client.query(`insert into application_event (application, track, at, department, actor, what, clauses, version) values
      ('A-1', null, now(), 'a', 'li.na', 'SUBMIT', '{}', 1), ('A-1', 'A-1/p', now(), 'p', 'zhao.lei', 'REFUSE_TO_SHARE', '{}', 2),
      ('A-1', 'A-1/p', now(), 's', 'zhou.bao', 'AGREE_TO_SHARE', '{}', 2), ('A-1', 'A-1/p', now(), 'a', 'li.na', 'OBJECT_TO_REFUSAL', '{}', 3)`);
    await client.query(`insert into job_done (subject, stage, due, at) values
      ('track/A-1/p', 'SOON', '2026-02-14', now()), ('grant/G-1', 'ENDED', '2026', now())`);
  });
  await migrate('governance', early);
  const read = async (sql: string) => connected(early, async (client) => (await client.query(sql)).rows);

  const [review, closed] = await read('select state, waits_on from application_track order by id');
  const { level: index, asked: _, terms: __, ...same } = state;
  const { rows: ___, from: ____, ...given } = terms;
  const { acts, ...rest } = review.state;
  expect(rest).toEqual({ ...same, asked: given, terms: given, escalationIndex: index });
  const sorted = acts.map(({ by, as, type }: Record<string, string>) => `${by} ${as} ${type}`).toSorted();
  expect(sorted).toEqual([
    ...[
      'li.na applicant OBJECT',
      'lin.jun provider EXTEND',
      'zhao.lei provider REFUSE',
      'zhou.bao secrecy-reviewer AGREE',
    ],
  ]);
  expect([review.waits_on, closed.waits_on]).toEqual([['*higher-authority'], ['*authority']]);
  // A draft by special procedure is no longer seen by the whole department.
  expect(await read(`select visible_to from share_application where state = 'DRAFT' order by id`)).toEqual([
    { visible_to: ['@li.na', '@wu.di'] },
    { visible_to: ['a'] },
  ]);
  expect(await read('select subject from job_done order by 1')).toEqual([
    { subject: 'grant/G-1' },
    { subject: 'review/A-1/p' },
  ]);
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
