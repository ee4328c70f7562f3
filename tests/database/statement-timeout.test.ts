import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openOrm, type DatabaseServer, fillOnce } from '../../shared/database/index.js';
import { Department } from '../../subgraphs/governance/register/department/department.entity.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

describe('a statement that runs too long', () => {
  const database = testDatabaseName('statement');
  let server: DatabaseServer;
  let orm: Awaited<ReturnType<typeof openOrm>>;
  beforeAll(async () => {
    server = await openTestServer();
    await server.createDatabase(database);
    orm = await openOrm({ entities: [Department], migrations: [], url: server.url(database), statementMs: 200 });
  });
  afterAll(async () => {
    await orm.close();
    await server.dropDatabase(database);
    await server.stop();
  });

  it('is cancelled by the database, though its caller has gone', async () => {
    await expect(orm.em.fork().execute('select pg_sleep(20)')).rejects.toMatchObject({ code: '57014' });
  });

  it('is let be while the database is filled', async () => {
    await orm.em.fork().execute(`create table slow (id int check (pg_sleep(0.5)::text = ''))`);
    const filled = fillOnce(orm, 'slow', async (insert) => void (await insert('slow', { id: 'int4' }, [[1]])));
    expect(await filled).toBe(true);
  });
});
