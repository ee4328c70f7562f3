import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import { DatabaseQuota } from '../../gateway/permission/database-quota.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { QuotaUses } from '../../subgraphs/governance/migrations/020-quota-uses.js';
import { readMigrationSql } from '../support/migration-sql.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const ZONE = 'Asia/Shanghai';
const G = 'grant-1';
const database = testDatabaseName('quota');
let server: DatabaseServer;
let governance: pg.Client;
const open: DatabaseQuota[] = [];

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  governance = new pg.Client({ connectionString: server.url(database) });
  await governance.connect();
  for (const statement of await readMigrationSql(QuotaUses)) await governance.query(statement);
}, 60_000);
beforeEach(() => governance.query('truncate quota_use'));
afterAll(async () => {
  await Promise.all(open.map((ledger) => ledger.close()));
  await governance.end();
  await server.dropDatabase(database);
  await server.stop();
});

/** The ledger of one gateway. */
function gateway(timeZone = ZONE, url = server.url(database)): DatabaseQuota {
  const ledger = new DatabaseQuota({ url, timeZone, logger: pino({ level: 'silent' }) });
  open.push(ledger);
  return ledger;
}
const usedOf = async (ledger: DatabaseQuota) => (await ledger.used([G])).get(G);
/** Takes one use at a time, so often, and counts those that were given. */
const takeEach = async (ledger: DatabaseQuota, times: number, limit: number) =>
  (await Promise.all(Array.from({ length: times }, () => ledger.take(G, 1, limit)))).filter(Boolean).length;

describe('The ledger of quotas in the database', () => {
  it('gives two gateways 100 uses together, and not one more', async () => {
    const [one, two] = [gateway(), gateway()];
    const taken = await Promise.all([takeEach(one, 80, 100), takeEach(two, 80, 100)]);
    expect(taken[0] + taken[1]).toBe(100);
    expect([await usedOf(one), await usedOf(two)]).toEqual([100, 100]);
  });

  it('takes several uses whole or not at all, also as the first of the day, and gives back what it took', async () => {
    const one = gateway();
    expect(await one.take(G, 4, 3)).toBeUndefined();
    const day = (await one.take(G, 2, 3))!;
    expect(await one.take(G, 2, 3)).toBeUndefined();
    expect(await usedOf(one)).toBe(2);
    await one.giveBack(G, 2, day);
    expect(await one.take(G, 3, 3)).toBe(day);
  });

  it('begins again with the day of its zone', async () => {
    await governance.query(
      `insert into quota_use values ($1, (now() at time zone '${ZONE}')::date - 1, 100), ('grant-2', (now() at time zone '${ZONE}')::date, 100)`,
      [G],
    );
    const one = gateway();
    expect(await one.used([G, 'grant-2'])).toEqual(new Map(Object.entries({ [G]: 0, 'grant-2': 100 })));
    expect(await one.take(G, 100, 100)).toBeDefined();
    expect(await one.take(G, 1, 100)).toBeUndefined();
    expect(await one.take('grant-2', 1, 100)).toBeUndefined();
  });

  it('gives nothing back when a clock or a zone is set back over midnight', async () => {
    // It is never the same day in both.
    const [ahead, behind] = [gateway('Pacific/Kiritimati'), gateway('Pacific/Pago_Pago')];
    const day = await ahead.take(G, 99, 100);
    expect(await usedOf(behind)).toBe(99);
    expect(await behind.take(G, 1, 100)).toBe(day);
    expect(await behind.take(G, 1, 100)).toBeUndefined();
  });

  it('does not give back to a day what was taken on another', async () => {
    const one = gateway();
    await one.take(G, 5, 5);
    await one.giveBack(G, 5, '2020-01-01');
    expect(await usedOf(one)).toBe(5);
  });

  it('goes on after its connections were killed, with every use that was taken', async () => {
    const [one, two] = [gateway(), gateway()];
    await takeEach(one, 40, 100);
    await governance.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sharehub-gateway-quota' and datname = $1`,
      [database],
    );
    const taken = await takeEach(two, 80, 100).catch(() => takeEach(two, 80, 100));
    expect(taken).toBeLessThanOrEqual(60);
    expect(await usedOf(two)).toBe(100);
  });

  it('counts nothing while the database is away', async () => {
    const away = gateway(ZONE, 'postgres://nobody@127.0.0.1:1/nothing');
    await expect(away.take(G, 1, 100)).rejects.toThrow();
    await expect(away.used([G])).rejects.toThrow();
  });
});
