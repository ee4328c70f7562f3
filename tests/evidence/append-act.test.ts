import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { appendAct } from '../../shared/evidence/store/append-act.js';
import { readRecord } from '../../shared/evidence/record-line.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { connectionOf } from '../../shared/evidence/store/store-connection.js';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';

let database: EvidenceDatabase;
beforeAll(async () => {
  database = await createEvidenceDatabase();
}, 60_000);
afterAll(() => database.drop());

const store = new RecordStore('Asia/Shanghai');

async function act(object: string, end: 'commit' | 'rollback'): Promise<void> {
  const client = await database.pool.connect();
  await client.query('begin');
  const committed = await appendAct(store, connectionOf(client), {
    ...{ time: '2026-01-05T08:00:00.000Z', act: 'GRANT', object, department: 'authority' },
    ...{ concerns: ['tax'], basis: ['somebody'] },
  });
  await client.query(end);
  if (end === 'commit') committed();
  client.release();
}

it('is on the governance chain with the change, in the order of the commits, and not there without it', async () => {
  await act('grant/G-0', 'rollback');
  await act('grant/G-1', 'commit');
  await Promise.all(['grant/G-2', 'grant/G-3', 'grant/G-4'].map((object) => act(object, 'commit')));
  const rows = await database.rows('select * from evidence.record order by position');
  expect(rows.map(({ seq, code, concerns }) => [Number(seq), code, concerns])).toEqual(
    [1, 2, 3, 4].map((seq) => [seq, 'GRANT', ['tax']]),
  );
  expect(rows.map(({ object }) => object as string).sort()).toEqual([1, 2, 3, 4].map((n) => `grant/G-${n}`));
  let prev = '';
  for (const { line } of rows) {
    const record = readRecord(Buffer.from(line as string))!;
    expect(record.prev).toBe(prev);
    prev = record.hash;
  }
  expect(await database.rows("select hash from evidence.chain where home = 'governance'")).toEqual([{ hash: prev }]);
});
