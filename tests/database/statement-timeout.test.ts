import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ctx, Int, Query, Resolver } from 'type-graphql';
import {
  openOrm,
  openOrmOn,
  openPool,
  type DatabaseServer,
  fillOnce,
  runForCaller,
} from '../../shared/database/index.js';
import { openBoundedPool } from '../../shared/database/open-bounded-pool.js';
import { allow } from '../../shared/share/shield.js';
import { createSubgraph } from '../../shared/subgraph/create-subgraph.js';
import type { SubgraphContext } from '../../shared/subgraph/index.js';
import { Department } from '../../subgraphs/governance/register/department/department.entity.js';
import { waitUntil } from '../governance/support/wait-until.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

describe('a statement that runs too long', () => {
  const database = testDatabaseName('statement');
  let server: DatabaseServer;
  let orm: Awaited<ReturnType<typeof openOrm>>;
  let patient: Awaited<ReturnType<typeof openOrm>>;
  beforeAll(async () => {
    server = await openTestServer();
    await server.createDatabase(database);
    orm = await openOrm({ entities: [Department], migrations: [], url: server.url(database), statementMs: 200 });
    patient = await openOrm({ entities: [Department], migrations: [], url: server.url(database) });
  });
  afterAll(async () => {
    await orm.close();
    await patient.close();
    await server.dropDatabase(database);
    await server.stop();
  });

  it('is cancelled by the database, though its caller has gone', async () => {
    await expect(orm.em.fork().execute('select pg_sleep(20)')).rejects.toMatchObject({ code: '57014' });
  });

  it('is cancelled on connections that several ORMs share, and when its caller goes', async () => {
    const pool = openPool({ url: server.url(database), statementMs: 200 });
    await expect(pool.query('select pg_sleep(20)')).rejects.toMatchObject({ code: '57014' });
    await pool.end();
    const shared = openPool({ url: server.url(database) });
    const caller = new AbortController();
    const refused = expect(
      runForCaller(caller.signal, () => openOrmOn(shared, []).em.fork().execute('select pg_sleep(25) -- shared')),
    ).rejects.toMatchObject({ code: '57014' });
    await until(true, '-- shared');
    caller.abort();
    await refused;
    await shared.end();
  });

  it('of the gateway is cancelled, and is given up where the database does not even do that', async () => {
    const pool = openBoundedPool(server.url(database), { name: 'bounded', patienceMs: 200 });
    await expect(pool.query('select pg_sleep(25) -- bounded')).rejects.toThrow();
    await until(false, '-- bounded');
    const client = await pool.connect();
    await client.query('set statement_timeout = 0');
    await expect(client.query('select pg_sleep(25) -- silent')).rejects.toThrow('timeout');
    await orm.em.execute(
      `select pg_cancel_backend(pid) from pg_stat_activity where query like '%-- silent' and pid <> pg_backend_pid()`,
    );
    client.release(true);
    await pool.end();
  });

  /** Resolves once a statement with this mark runs, or once none does, long before it would end by itself. */
  const until = (runs: boolean, mark: string) =>
    waitUntil(async () => {
      const rows = await orm.em.execute<unknown[]>(
        `select from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like ?`,
        [`%${mark}%`],
      );
      return rows.length > 0 === runs;
    }, 15_000);

  it('is cancelled when its caller goes, and nobody else’s', async () => {
    const caller = new AbortController();
    const slow = runForCaller(caller.signal, () => patient.em.fork().execute(`select pg_sleep(25) -- gone`));
    const refused = expect(slow).rejects.toMatchObject({ code: '57014' });
    const other = patient.em.fork().execute(`select pg_sleep(25) -- stays`);
    const kept = expect(other).rejects.toMatchObject({ code: '57014' });
    await until(true, '-- gone');
    await until(true, '-- stays');
    caller.abort();
    await refused;
    await until(true, '-- stays');
    // The connection goes on serving others, and the caller that has gone gets no further statement.
    expect(await patient.em.fork().execute('select 1 as n')).toEqual([{ n: 1 }]);
    const late = runForCaller(caller.signal, () => patient.em.fork().execute('select 1'));
    await expect(late).rejects.toMatchObject({ code: '57014' });
    await orm.em.execute(
      `select pg_cancel_backend(pid) from pg_stat_activity where query like '%-- stays' and pid <> pg_backend_pid()`,
    );
    await kept;
  });

  it('is not the next one on its connection, where it has ended before its cancellation came', async () => {
    const pool = openPool({ url: server.url(database), connections: 1 });
    const client = await pool.connect();
    const caller = new AbortController();
    const quick = runForCaller(caller.signal, () => client.query('select 1'));
    caller.abort();
    await quick.catch(() => undefined);
    await client.query('select pg_sleep(0.5)');
    client.release();
    await pool.end();
  });

  it('leaves nothing of a transaction whose caller has gone', async () => {
    await patient.em.execute('create table counted (n int)');
    const caller = new AbortController();
    const work = runForCaller(caller.signal, () =>
      patient.em.fork().transactional(async (em) => {
        await em.execute('insert into counted values (1)');
        await em.execute('select pg_sleep(25) -- within');
      }),
    );
    const refused = expect(work).rejects.toMatchObject({ code: '57014' });
    await until(true, '-- within');
    caller.abort();
    await refused;
    expect(await patient.em.execute('select * from counted')).toEqual([]);
  });

  it('is cancelled when the hub hangs up on the subgraph, which is no fault to be logged', async () => {
    @Resolver()
    class SlowResolver {
      @Query(() => Int)
      async slow(@Ctx() { em }: SubgraphContext): Promise<number> {
        await em.execute('select pg_sleep(25) -- hung up');
        return 1;
      }
    }
    const faults: object[] = [];
    const subgraph = await createSubgraph({
      name: 'slow',
      types: [],
      resolvers: [SlowResolver],
      permissions: { Query: { slow: allow } },
      orm: patient,
      key: 'unguarded',
      port: 0,
      logger: { debug: () => undefined, error: (details: object) => faults.push(details) },
    });
    const hub = new AbortController();
    const asked = fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ slow }' }),
      signal: hub.signal,
    });
    const ended = expect(asked).rejects.toThrow();
    await until(true, '-- hung up');
    hub.abort();
    await ended;
    await until(false, '-- hung up');
    await subgraph.stop();
    expect(faults).toEqual([]);
  });

  it('is let be while the database is filled', async () => {
    await orm.em.fork().execute(`create table slow (id int check (pg_sleep(0.5)::text = ''))`);
    const filled = fillOnce(orm, 'slow', async (insert) => void (await insert('slow', { id: 'int4' }, [[1]])));
    expect(await filled).toBe(true);
  });
});
