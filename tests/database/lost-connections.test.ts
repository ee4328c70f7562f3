import { expect, it } from '@jest/globals';
import pg from 'pg';
import { openOrm } from '../../shared/database/orm.js';
import { Department } from '../../subgraphs/governance/register/department/department.entity.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

it('a pool gives connections still when more transactions than it holds have lost theirs', async () => {
  const server = await openTestServer();
  const database = testDatabaseName('lost');
  await server.createDatabase(database);
  const orm = await openOrm({ entities: [Department], migrations: [], url: server.url(database), connections: 2 });
  const other = new pg.Client({ connectionString: server.url(database) });
  await other.connect();
  try {
    for (let i = 0; i < 4; i++) {
      const lost = orm.em.fork().transactional(async (em) => {
        const [{ pid }] = await em.execute<[{ pid: number }]>('select pg_backend_pid() as pid');
        await other.query('select pg_terminate_backend($1, 5000)', [pid]);
        await em.execute('select 1');
      });
      await expect(lost).rejects.toThrow();
    }
    expect(await orm.em.fork().execute('select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    await other.end();
    await orm.close();
    await server.dropDatabase(database);
    await server.stop();
  }
}, 20_000);
