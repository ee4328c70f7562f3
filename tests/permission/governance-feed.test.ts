import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import { openGovernanceFeed, type FeedOptions, type Query } from '../../gateway/permission/open-governance-feed.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { grant, snapshotOf } from './support/test-decider.js';
import { Relay } from './support/relay.js';

jest.setTimeout(60_000);
const LEASE = 800;
const CHANNEL = 'feed_test';
const FOREVER = 20_000;

let server: DatabaseServer;
let database: string;
let url: URL;
let governance: pg.Client;
let relay: Relay;
let feed: Awaited<ReturnType<typeof openGovernanceFeed>> | undefined;
let reads: number;

beforeAll(async () => {
  server = await openTestServer();
  database = testDatabaseName('feed');
  await server.createDatabase(database);
  url = new URL(server.url(database));
  governance = new pg.Client({ connectionString: url.href });
  await governance.connect();
  await governance.query('create table read_model (version int); create table granted (item text)');
}, 60_000);
afterAll(async () => {
  await governance.end();
  await server.dropDatabase(database);
  await server.stop();
});
beforeEach(async () => {
  await governance.query(
    "truncate read_model, granted; insert into read_model values (1); insert into granted values ('Person.phone')",
  );
  relay = new Relay({ host: url.hostname, port: Number(url.port || 5432) });
  reads = 0;
});
afterEach(async () => {
  await feed?.close();
  feed = undefined;
  await relay.down();
});

const read = async (query: Query): Promise<GovernanceSnapshot> => {
  reads++;
  const [head] = await query('select version from read_model');
  const rows = await query('select item from granted');
  return snapshotOf(
    rows.map(({ item }) => grant([String(item)])),
    Number(head!['version']),
  );
};
async function open(more: Partial<FeedOptions> = {}) {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(await relay.up());
  feed = await openGovernanceFeed({
    url: through.href,
    leaseMs: LEASE,
    channel: CHANNEL,
    versionSql: 'select version from read_model',
    read,
    logger: pino({ level: 'silent' }),
    ...more,
  });
  return feed;
}
/** Commits a change of governance, with the notice that belongs to it unless it is lost. */
async function change(sql: string, notice: 'noticed' | 'lost' = 'noticed'): Promise<void> {
  const announce = notice === 'noticed' ? `; notify ${CHANNEL}` : '';
  await governance.query(`begin; ${sql}; update read_model set version = version + 1${announce}; commit`);
}
const revoke = "delete from granted where item = 'Person.phone'";
const items = (snapshot: GovernanceSnapshot | undefined) =>
  [...(snapshot?.grants.values() ?? [])].flat().flatMap(({ coordinates }) => coordinates);
const current = async () => items(await feed!.current());

/** Waits until it is so; fails when it never is. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + FOREVER;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const stale = async () =>
  feed!.current().then(
    () => false,
    (error: { code: string }) => error.code === 'GRANTS_STALE',
  );

describe('The feed of governance', () => {
  it('does not open on a database that cannot be read, and says so without its address', async () => {
    const opening = open({ read: () => Promise.reject(new Error(`relation "grants" of ${url.href} does not exist`)) });
    await expect(opening).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(opening).rejects.not.toThrow(url.port);
  });

  it('sees a revocation as soon as its notice comes, and gives the old view to nobody from then on', async () => {
    await open();
    expect(await current()).toEqual(['Person.phone']);
    await change(revoke);
    await until(() => items(feed!.fresh()).length === 0);
    expect(await current()).toEqual([]);
  });

  it('sees what was committed before it is asked to confirm, notice or not', async () => {
    await open();
    await change(revoke, 'lost');
    await feed!.confirm();
    expect(items(feed!.fresh())).toEqual([]);
  });

  it('answers every confirmation with what was committed before it, however many run at once', async () => {
    await open();
    for (let i = 0; i < 20; i++) {
      await change(`insert into granted values ('Item.n${i}')`, 'lost');
      const seen = await Promise.all(
        Array.from({ length: 5 }, async () => {
          await feed!.confirm();
          return items(feed!.fresh()).includes(`Item.n${i}`);
        }),
      );
      expect(seen).toEqual([true, true, true, true, true]);
    }
  });

  it('sees a change whose notice was lost within the lease', async () => {
    await open();
    await change(revoke, 'lost');
    const committed = performance.now();
    // Whatever is given out as fresh past the lease was confirmed after the change.
    await until(() => performance.now() - committed > LEASE && feed!.fresh() !== undefined);
    expect(items(feed!.fresh())).toEqual([]);
  });

  it('counts its lease from the question, however long the answer takes', async () => {
    // The answer takes longer than the lease, so that what it says is too old when it comes.
    await open({ versionSql: `select version from read_model, pg_sleep(${(LEASE * 1.25) / 1000})` });
    expect(feed!.fresh()).toBeUndefined();
  });

  it('calls back after every change, until it is no longer listened to', async () => {
    await open();
    const seen: string[][] = [];
    const unsubscribe = feed!.subscribe(() => seen.push(items(feed!.fresh())));
    await feed!.confirm();
    await change(revoke, 'lost');
    await feed!.confirm();
    expect(seen).toEqual([[]]);
    unsubscribe();
    await change("insert into granted values ('Person.address')", 'lost');
    await feed!.confirm();
    expect(seen).toHaveLength(1);
  });

  it('reads nothing anew while nothing changes', async () => {
    await open();
    for (let i = 0; i < 5; i++) await feed!.confirm();
    expect(reads).toBe(1);
  });

  it('is not taken for fresh by an answer that is older than the newest notice', async () => {
    let release = () => {};
    let readingOld = false;
    const slow = new Promise<void>((resolve) => (release = resolve));
    await open({
      read: async (query) => {
        const snapshot = await read(query);
        if (snapshot.version === 2) {
          readingOld = true;
          await slow;
          // The server tells of a notice before it answers the next question.
          await query('select 1');
        }
        return snapshot;
      },
      leaseMs: FOREVER,
    });
    await change("insert into granted values ('Person.address')");
    await until(() => readingOld);
    // Version 2 is read and still grants the phone; version 3 revokes it while that answer is under way.
    await change(revoke);
    const seen: string[][] = [];
    const watch = setInterval(() => {
      const fresh = feed!.fresh();
      if (fresh) seen.push(items(fresh));
    }, 0);
    release();
    await until(() => items(feed!.fresh()).join() === 'Person.address');
    clearInterval(watch);
    expect(seen.filter((list) => list.includes('Person.phone'))).toEqual([]);
  });

  it('answers under a storm of notices', async () => {
    await open();
    let over = false;
    const storm = (async () => {
      for (let i = 0; i < 40; i++) await change(`insert into granted values ('Item.s${i}')`);
      over = true;
    })();
    let answered = 0;
    while (!over) {
      await feed!.current();
      answered++;
      await new Promise(setImmediate);
    }
    await storm;
    expect(answered).toBeGreaterThan(10);
    await feed!.confirm();
    expect(await current()).toHaveLength(41);
  });

  it('goes on when the server ends its connection, and misses no change that came meanwhile', async () => {
    await open();
    const backend =
      "select pid from pg_stat_activity where application_name = 'sharehub-gateway' and datname = current_database()";
    const before = (await governance.query<{ pid: number }>(backend)).rows[0]!.pid;
    await governance.query('select pg_terminate_backend($1)', [before]);
    await change(revoke);
    await until(() => items(feed!.fresh()).length === 0 && feed!.fresh() !== undefined);
    await until(async () => (await governance.query<{ pid: number }>(backend)).rows.some(({ pid }) => pid !== before));
    // The new connection listens again.
    await change("insert into granted values ('Person.address')");
    await until(() => items(feed!.fresh()).join() === 'Person.address');
  });

  it('refuses everybody once the database was stopped for a lease, and goes on when it is back', async () => {
    await open();
    await relay.down();
    await until(stale);
    expect(feed!.fresh()).toBeUndefined();
    await expect(feed!.current()).rejects.toMatchObject({ code: 'GRANTS_STALE', status: 503 });
    await expect(feed!.current()).rejects.not.toThrow(url.port);
    await change(revoke, 'lost');
    await relay.up();
    await until(async () => !(await stale()));
    expect(await current()).toEqual([]);
  });

  it('refuses everybody once the database has hung for a lease, and goes on when it answers again', async () => {
    await open();
    relay.stall();
    await until(stale);
    await change(revoke, 'lost');
    relay.unstall();
    await until(async () => !(await stale()));
    expect(await current()).toEqual([]);
  });

  it('lets everything go when it is closed, also in the middle of a question', async () => {
    await open();
    relay.stall();
    const asking = feed!.confirm().catch((error: Error) => error);
    await feed!.close();
    expect(await asking).toBeInstanceOf(Error);
    await expect(feed!.confirm()).rejects.toThrow('closed');
    expect(
      (
        await governance.query(
          "select from pg_stat_activity where application_name = 'sharehub-gateway' and datname = current_database() and state = 'active'",
        )
      ).rowCount,
    ).toBe(0);
  });
});
