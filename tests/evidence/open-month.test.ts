import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';

let database: EvidenceDatabase;
beforeAll(async () => {
  database = await createEvidenceDatabase();
}, 60_000);
afterAll(() => database.drop());

it('a month that two writers begin at once is begun by one, and the other goes on', async () => {
  const [one, other] = [await database.pool.connect(), await database.pool.connect()];
  const open = `select evidence.open_month('2031-02-01')`;
  await one.query('begin');
  await other.query('begin');
  await one.query(open);
  const [{ pid }] = (await other.query<{ pid: number }>('select pg_backend_pid() as pid')).rows as [{ pid: number }];
  const waiting = other.query(open);
  const waits = `select from pg_locks where pid = $1 and locktype = 'advisory' and not granted`;
  while ((await database.rows(waits, [pid])).length === 0);
  await one.query('commit');
  await waiting;
  await other.query('commit');
  one.release();
  other.release();
  const months = await database.rows(`select to_regclass('evidence.record_2031_02') is not null as there`);
  expect(months).toEqual([{ there: true }]);
});
