import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runForCaller } from '../../../shared/database/index.js';
import { SourceHosts } from '../../../shared/network/source-hosts.js';
import type { RegisteredSource } from '../../../shared/sources/registered-source.js';
import { createPupils, pupilRows, PUPILS } from './school.js';
import { READER_PASSWORD, type SourceDatabase } from './source-database.js';
import { sealed, watchSource, type WatchedSubgraph } from './watched-source.js';

const UNAVAILABLE = {
  code: 'SOURCE_UNAVAILABLE',
  message: 'The source of this item cannot be read at present. Try again later.',
};

/** What becomes of a source that is not as it should be, and of those who ask for its rows. */
export function describeSourceFaults(create: () => Promise<SourceDatabase>): void {
  describe('a source that cannot be read', () => {
    let database: SourceDatabase;
    let source: RegisteredSource;
    let watched: WatchedSubgraph | undefined;
    const open = async (...given: Parameters<typeof watchSource>) => (watched = await watchSource(...given));

    beforeAll(async () => {
      database = await create();
      source = await sealed(database.source);
    });
    afterAll(() => database?.drop());
    beforeEach(async () => {
      await database.owner('drop view if exists pupil_view');
      await database.owner('drop table if exists "学生_信息"');
      await database.owner(createPupils(database.kind));
      for (const row of pupilRows())
        await database.owner(
          `insert into "学生_信息" values (${row.map((_, at) => (database.kind === 'MARIADB' ? '?' : `$${at + 1}`)).join(', ')})`,
          row,
        );
      await database.grant('"学生_信息"');
    });
    afterEach(async () => {
      const shown = JSON.stringify(
        watched?.sources.states.flatMap(({ faults }) => faults.map(({ message }) => message)),
      );
      for (const secret of [READER_PASSWORD, source.address, source.user!, '127.0.0.1', 'select'])
        expect(shown ?? '').not.toContain(secret);
      await watched?.stop();
      watched = undefined;
    });

    it('is refused when its account may write, and read once it may not', async () => {
      await database.grant('"学生_信息"', 'insert');
      const { until, askForName } = await open(source);
      await until('CAN_WRITE');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await database.owner(`revoke insert on "学生_信息" from ${source.user!}`);
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
    });

    it('is refused when the account may not read a column', async () => {
      await database.owner(`revoke select on "学生_信息" from ${source.user!}`);
      await database.grant('"学生_信息"', 'select ("学号", "XZQH")');
      const { until, askForName } = await open(source);
      const state = await until(database.kind === 'MARIADB' ? 'COLUMN_MISSING' : 'NO_RIGHTS');
      expect(state.faults[0]!.message).toContain('学生_信息');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await database.grant('"学生_信息"');
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
    });

    it.each([
      ['password', { credential: 'other' }, 'SIGN_IN_REFUSED'],
      ['seal of another hub', { credential: 'foreign' }, 'CREDENTIAL_UNREADABLE'],
    ])('is refused for its %s', async (_what, change, code) => {
      const other =
        change.credential === 'other' ? await sealed(database.source, 'wrong') : { ...source, name: 'renamed' };
      const { until, askForName } = await open(other);
      await until(code);
      expect(await askForName()).toMatchObject(UNAVAILABLE);
    });

    it('is refused for a database that is not there', async () => {
      const { until } = await open(await sealed({ ...database.source, database: 'nowhere_at_all' }));
      await until('DATABASE_UNKNOWN');
    });

    it('is not connected to when the operator admits its address no more', async () => {
      const { until, askForName } = await open(source, { hosts: SourceHosts.read('0.0.0.0/0') });
      await until('ADDRESS_REFUSED');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
    });

    it('is not read any more when it has ended', async () => {
      const { until, askForName, sources } = await open(source);
      await until();
      await sources.register([]);
      await until('NOT_REGISTERED');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await sources.register([source]);
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
    });

    it('is refused where a table is gone, and read when it is back', async () => {
      await database.owner('create view pupil_view as select * from "学生_信息"');
      await database.grant('pupil_view');
      const { until, askForName } = await open(source, { table: { ...PUPILS, table: 'pupil_view' } });
      await until();
      await database.owner('drop view pupil_view');
      await until('TABLE_MISSING');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await database.owner('create view pupil_view as select * from "学生_信息"');
      await database.grant('pupil_view');
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
    });

    it('is refused where a column vanishes or changes its type, which its state names', async () => {
      const { until, askForName } = await open(source);
      await until();
      await database.owner('alter table "学生_信息" drop column "姓名"');
      expect((await until('COLUMN_MISSING')).faults[0]!.detail).toBe('学生_信息.姓名');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await database.owner('alter table "学生_信息" add column "姓名" int');
      await database.grant('"学生_信息"');
      expect((await until('COLUMN_RETYPED')).faults[0]!.detail).toMatch(/^学生_信息.姓名: int/);
      await database.owner('alter table "学生_信息" drop column "姓名"');
      await database.owner('alter table "学生_信息" add column "姓名" varchar(9)');
      await database.grant('"学生_信息"');
      await until();
      expect(await askForName()).toMatchObject({ name: null, code: undefined });
    });

    it('finds a column that is gone by the statement that fails, before the next look', async () => {
      const { until, askForName } = await open(source, { lookMs: 3_600_000, retryMs: 50 });
      await until();
      await database.owner('alter table "学生_信息" drop column "姓名"');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await until('COLUMN_MISSING');
    });

    it('is refused where the key of a view names two rows, or none', async () => {
      await database.owner(
        'create view pupil_view as select * from "学生_信息" union all select * from "学生_信息" where "学号" = \'S001\'',
      );
      await database.grant('pupil_view');
      const { until, askForName } = await open(source, { table: { ...PUPILS, table: 'pupil_view' } });
      await until('KEY_NOT_UNIQUE');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await watched!.stop();
      const { until: again } = await open(source, {
        table: { ...PUPILS, table: '学生_信息', keys: [['number'], ['name'], ['division']] },
      });
      expect((await again('KEY_NOT_UNIQUE')).faults[0]!.detail).toBe('学生_信息: XZQH');
    });

    it('gives no row by a key that has come to name two since it was looked at', async () => {
      const rows = 'select * from "学生_信息" where "学号" <> \'S009\'';
      await database.owner(`create view pupil_view as ${rows}`);
      await database.grant('pupil_view');
      const { until, askForName } = await open(source, {
        table: { ...PUPILS, table: 'pupil_view' },
        lookMs: 3_600_000,
      });
      await until();
      await database.owner(`create or replace view pupil_view as ${rows} union all ${rows} and "学号" = 'S001'`);
      expect(await askForName()).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
      expect(await askForName('S002')).toMatchObject({ name: '学生2' });
    });

    it('proves the key of a view by its rows', async () => {
      await database.owner('create view pupil_view as select * from "学生_信息"');
      await database.grant('pupil_view');
      const { until, askForName } = await open(source, { table: { ...PUPILS, table: 'pupil_view' } });
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
    });

    it('is refused where the scope holds no divisions', async () => {
      const { until } = await open(source, { table: { ...PUPILS, division: 'name' } });
      await until('SCOPE_NOT_A_DIVISION');
    });

    it('answers nobody longer than its time limit, and goes on when it answers again', async () => {
      const { until, askForName } = await open(source, { statementMs: 300, lookMs: 3_600_000 });
      await until();
      const unlock = await database.lock('"学生_信息"');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await unlock();
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
    });

    it('has its statement ended when the caller goes', async () => {
      const connection = database.connect({ statementMs: 20_000, connections: 1 });
      const gone = new AbortController();
      const sleep = database.kind === 'MARIADB' ? 'select sleep(15) as waited' : 'select pg_sleep(15)';
      const asked = runForCaller(gone.signal, () => connection.query(sleep, []));
      asked.catch(() => undefined);
      const running = async () => {
        const [row] = await database.owner(
          database.kind === 'MARIADB'
            ? `select count(*) as n from information_schema.processlist where info = '${sleep}'`
            : `select count(*)::int as n from pg_stat_activity where query = '${sleep}' and state = 'active'`,
        );
        return Number(row!['n']);
      };
      while ((await running()) === 0);
      gone.abort();
      await expect(asked).rejects.toMatchObject({ code: 'TIMED_OUT' });
      while ((await running()) > 0);
      // The one connection is free again.
      expect(await connection.query('select 1 as one', [])).toHaveLength(1);
      await connection.end();
    });

    it('has no more connections than it is allowed', async () => {
      const connection = database.connect({ connections: 2 });
      await Promise.all(Array.from({ length: 20 }, () => connection.query('select 1 as one', [])));
      const [row] = await database.owner(
        database.kind === 'MARIADB'
          ? `select count(*) as n from information_schema.processlist where user = '${source.user!}'`
          : `select count(*)::int as n from pg_stat_activity where usename = '${source.user!}'`,
      );
      expect(Number(row!['n'])).toBe(2);
      await connection.end();
    });

    it('is found when it comes up after the start, and holds nobody while it hangs', async () => {
      const proxy = await startProxy(database.source.address);
      const { until, askForName, sources } = await open(
        await sealed({ ...database.source, address: `127.0.0.1:${proxy.port}` }),
      );
      await until('UNREACHABLE');
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      await proxy.pass();
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
      proxy.hang();
      expect(await askForName()).toMatchObject(UNAVAILABLE);
      // Known to be away, nobody waits for it: not even a look is under way for the second.
      const { faults } = sources.states[0]!;
      expect(
        faults.length + Number(await askForName().then(({ code }) => code === 'SOURCE_UNAVAILABLE')),
      ).toBeGreaterThan(0);
      await proxy.pass();
      await until();
      expect(await askForName()).toMatchObject({ name: '学生1' });
      await watched!.stop();
      watched = undefined;
      await proxy.stop();
    });
  });
}

/** A way to the database that can be shut, and can hang. */
async function startProxy(address: string) {
  const [host, port] = address.split(':');
  const sockets = new Set<Socket>();
  let mode: 'shut' | 'pass' | 'hang' = 'shut';
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => undefined).on('close', () => sockets.delete(near));
    if (mode === 'shut') return near.destroy();
    if (mode === 'hang') return;
    const far = connect(Number(port), host);
    sockets.add(far);
    far.on('error', () => near.destroy()).on('close', () => (sockets.delete(far), near.destroy()));
    near.on('close', () => far.destroy());
    near.on('data', (data) => mode === 'pass' && far.write(data));
    far.on('data', (data) => mode === 'pass' && near.write(data));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    pass: async () => void (mode = 'pass'),
    hang: () => void (mode = 'hang'),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
