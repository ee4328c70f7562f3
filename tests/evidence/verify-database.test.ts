import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readPublicKeys } from '../../shared/evidence/keys/evidence-keys.js';
import { verifyDatabase, type VerifyDatabaseOptions } from '../../shared/evidence/verify/database/verify-database.js';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';
import { writeThreeChains, type ThreeChains } from './support/three-chains.js';

jest.setTimeout(60_000);

let database: EvidenceDatabase;
let root: string;
let keysFile: string;
let chains: ThreeChains;
const TABLES = ['chain', 'head', 'ledger', 'graph', 'graph_item', 'item_set', 'item_use', 'daily', 'record'];
/** Three in January, three in February and six in March by local time. */
const TIMES = ['01', '01', '01', '02', '02', '02', '03', '03', '03', '03', '03', '03'].map(
  (month, i) => `2026-${month}-${String(i + 10)}T08:00:00.000Z`,
);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sharehub-verify-database-'));
  keysFile = join(root, 'trust', 'keys.json');
  database = await createEvidenceDatabase();
  chains = await writeThreeChains(database, TIMES, { folder: join(root, 'evidence'), keys: keysFile });
  await database.pool.query('create schema saved');
  for (const table of TABLES)
    await database.pool.query(`create table saved.${table} as select * from evidence.${table}`);
}, 60_000);
afterAll(async () => {
  await database.drop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  await database.pool.query(`truncate ${TABLES.map((table) => `evidence.${table}`).join(', ')}`);
  for (const table of TABLES)
    await database.pool.query(
      `insert into evidence.${table} ${table === 'item_set' ? 'overriding system value' : ''} select * from saved.${table}`,
    );
});

const verify = async (more: Partial<VerifyDatabaseOptions> = {}) =>
  verifyDatabase({ url: database.url, keys: await readPublicKeys(keysFile), timeZone: 'Asia/Shanghai', ...more });
const run = (sql: string, ...values: unknown[]) => database.pool.query(sql, values);
const ofRecord = 'writer = $1 and seq = $2';
async function lineOf(writer: string, seq: number): Promise<string> {
  const [row] = await database.rows(`select line from evidence.record where ${ofRecord}`, [writer, seq]);
  return row!['line'] as string;
}
const rehashed = (line: string): string => {
  const body = line.slice(0, -',"hash":"…"}'.length - 42);
  return `${body},"hash":"${hash('sha256', body, 'base64url')}"}`;
};
const forged = (line: string) => rehashed(line.replace(/"time":"2026/, '"time":"2025'));
const COLUMNS =
  'writer, seq, at, kind, department, system, person, scenario, mode, outcome, code, request, items, object, concerns, subjects';
/** Puts a row in, as a copy of another but for some values, at a position of its own behind all others or at one given. */
async function insert(from: [string, number], more: { position: number; line?: string; seq?: number }): Promise<void> {
  await run(
    `insert into evidence.record (month, position, ${COLUMNS}, line)
     select month, $3, ${COLUMNS.replace('seq', 'coalesce($4, seq)')}, coalesce($5, line)
       from evidence.record where ${ofRecord}`,
    ...[...from, more.position, more.seq, more.line],
  );
}
async function positionOf(writer: string, seq: number): Promise<number> {
  const [row] = await database.rows(`select position from evidence.record where ${ofRecord}`, [writer, seq]);
  return Number(row!['position']);
}
/** Makes room in front of a record: moves every position from there on. */
async function roomAt(position: number): Promise<void> {
  await run('update evidence.record set position = -position - 1 where position >= $1', position);
  await run('update evidence.record set position = -position where position < 0');
  await run('update evidence.ledger set position = position + 1');
}

describe.each(['folder', 'direct', 'governance'] as const)('a chain of home %s', (home) => {
  let writer: string;
  beforeEach(() => {
    writer = chains[home];
  });
  const found = async () => (await verify()).findings;

  it('whose record has one byte flipped', async () => {
    await run(
      `update evidence.record set line = replace(line, '"time":"2026', '"time":"2027') where ${ofRecord}`,
      writer,
      5,
    );
    expect(await found()).toMatchObject([{ kind: 'altered', writer, seq: 5, file: 'evidence.record_2026_02' }]);
  });

  it('whose record was written anew with a hash of its own', async () => {
    await run(`update evidence.record set line = $3 where ${ofRecord}`, writer, 5, forged(await lineOf(writer, 5)));
    expect(await found()).toMatchObject([{ kind: 'altered', writer, seq: 5 }]);
  });

  it('whose columns were altered, one after the other', async () => {
    for (const [column, value] of [
      ['department', 'other'],
      ['department', null],
      ['scenario', 'other'],
      ['person', 'other'],
      ['system', 'other'],
      ['request', 'other'],
      ['code', 'other'],
      ['mode', 'other'],
      ['outcome', 'other'],
      ['kind', 'graph'],
      ['object', 'other'],
      ['concerns', ['other']],
      ['at', '2026-02-14T08:00:00.001Z'],
      ['items', 77],
      ['subjects', [1]],
      ['seq', 99],
      ['writer', 'f'.repeat(12)],
    ] as const) {
      const before = await database.rows(`select position, ${column} as value from evidence.record where ${ofRecord}`, [
        writer,
        5,
      ]);
      const { position, value: old } = before[0]!;
      await run(`update evidence.record set ${column} = $1 where position = $2`, value, position);
      const findings = await found();
      expect([column, findings]).toMatchObject([column, [{ kind: 'altered', writer, seq: 5 }]]);
      expect(findings[0]!.message).toContain(column);
      await run(`update evidence.record set ${column} = $1 where position = $2`, old, position);
    }
    expect(await found()).toEqual([]);
  });

  it('whose record was moved to a month that is deleted sooner', async () => {
    await run(`update evidence.record set month = '2026-01-01' where ${ofRecord}`, writer, 4);
    const findings = await found();
    expect(findings).toMatchObject([{ kind: 'altered', writer, seq: 4 }]);
    expect(findings[0]!.message).toContain('month');
  });

  it('whose record was deleted', async () => {
    await run(`delete from evidence.record where ${ofRecord}`, writer, 5);
    expect(await found()).toMatchObject([{ kind: 'dropped', writer, seq: 5, until: 5 }]);
    await run(`delete from evidence.record where ${ofRecord}`, writer, 1);
    expect(await found()).toMatchObject([{ kind: 'dropped', writer, seq: 1 }]);
  });

  it('two of whose records changed places', async () => {
    const [one, other] = [await positionOf(writer, 8), await positionOf(writer, 9)];
    await run('update evidence.record set position = -1 where position = $1', one);
    await run('update evidence.record set position = $2 where position = $1', other, one);
    await run('update evidence.record set position = $1 where position = -1', other);
    expect(await found()).toMatchObject([{ kind: 'reordered', writer, seq: 8 }]);
  });

  it('whose tail was cut: alone, with the end that the chain states, and with its heads too', async () => {
    await run('delete from evidence.record where writer = $1 and seq > 10', writer);
    expect(await found()).toMatchObject([{ kind: 'truncated', writer, seq: 11, until: 12 }]);
    const last = /"hash":"(.{43})"\}$/.exec(await lineOf(writer, 10))![1];
    await run('update evidence.chain set seq = 10, hash = $2 where writer = $1', writer, last);
    expect(await found()).toMatchObject([{ kind: 'truncated', writer, seq: 11, until: 12 }]);
    await run('delete from evidence.head where writer = $1 and seq > 10', writer);
    const findings = await found();
    expect(findings).toMatchObject([{ kind: 'truncated', file: 'evidence.ledger' }]);
    expect(findings[0]!.message).toContain('is gone, and its chain was made to look whole');
  });

  it('that is gone with everything that tells of it', async () => {
    await run('delete from evidence.record where writer = $1', writer);
    await run('delete from evidence.head where writer = $1', writer);
    await run('delete from evidence.chain where writer = $1', writer);
    expect(await found()).toContainEqual(expect.objectContaining({ kind: 'truncated', file: 'evidence.ledger' }));
  });

  it('into which a forged record was put, or a copy of one, or what is no record', async () => {
    const at = await positionOf(writer, 7);
    await roomAt(at);
    await insert([writer, 7], { position: at, line: forged(await lineOf(writer, 7)) });
    expect(await found()).toMatchObject([{ kind: 'inserted', writer, seq: 7 }]);
    await run('update evidence.record set line = $2 where position = $1', at, await lineOf(writer, 11));
    expect(await found()).toMatchObject([{ kind: 'inserted', writer, seq: 11 }]);
    await run('update evidence.record set line = $2 where position = $1', at, await lineOf(writer, 3));
    expect(await found()).toMatchObject([{ kind: 'inserted', writer, seq: 3 }]);
    await run('update evidence.record set line = $2 where position = $1', at, 'no record');
    expect(await found()).toMatchObject([{ kind: 'inserted', writer, seq: 7 }]);
  });

  it('behind which a forged record was put', async () => {
    const tail = await lineOf(writer, 12);
    const line = rehashed(
      tail.replace('"seq":12,', '"seq":13,').replace(/"prev":"[^"]+"/, `"prev":"${tail.slice(-45, -2)}"`),
    );
    const [ledger] = await database.rows('update evidence.ledger set position = position + 1 returning position');
    await insert([writer, 12], { position: Number(ledger!['position']), line, seq: 13 });
    expect(await found()).toMatchObject([{ kind: 'inserted', writer, seq: 13 }]);
  });

  it('whose heads were altered, or dropped in the middle', async () => {
    await run(
      `update evidence.head set line = replace(line, '"time":"2', '"time":"3') where writer = $1 and number = 1`,
      writer,
    );
    expect(await found()).toMatchObject([{ kind: 'altered', writer, file: 'evidence.head' }]);
  });
});

describe('what was made from the records', () => {
  it('is compared with them: sets of items, and the graphs that tell whose an item is', async () => {
    const writer = chains.direct;
    for (const [sql, file] of [
      [`update evidence.item_use set provider = 'health' where provider = 'police'`, 'evidence.item_use'],
      [`delete from evidence.item_use where coordinate = 'Resident.phone'`, 'evidence.item_use'],
      [`update evidence.item_use set code = 'GRANT_REQUIRED' where part = 'denied'`, 'evidence.item_use'],
      [`update evidence.graph_item set provider = 'health' where coordinate = 'Resident.name'`, 'evidence.graph_item'],
      [`delete from evidence.graph`, 'evidence.graph'],
    ] as const) {
      const table = file.split('.')[1]!;
      await run(sql);
      expect((await verify()).findings).toMatchObject([{ file }]);
      await run(`truncate ${file}`);
      await run(`insert into ${file} select * from saved.${table}`);
    }
    await run(`update evidence.item_set set digest = 'x' || digest`);
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ kind: 'altered', writer, seq: 1 }));
  });
});

describe('the counts by day', () => {
  it.each([
    [`update evidence.daily set requests = requests + 1 where day = '2026-01-10'`, '2026-01-10'],
    [`update evidence.daily set rows = rows + 1 where day = '2026-03-21'`, '2026-03-21'],
    [`update evidence.daily set subjects = 0 where subjects > 0`, '2026-'],
    [`update evidence.daily set department = 'police' where day = '2026-02-13'`, '2026-02-13'],
    [`delete from evidence.daily where day = '2026-02-14'`, '2026-02-14'],
    [
      `insert into evidence.daily select day + 1, 'nobody', scenario, items, mode, outcome, 1, 0, 0 from evidence.daily limit 1`,
      'nobody',
    ],
  ])('are compared with the records: %s', async (sql, named) => {
    await run(sql);
    expect((await verify()).findings).toMatchObject([
      { kind: 'altered', file: 'evidence.daily', message: expect.stringContaining(named) },
    ]);
  });

  it('are not compared where only some months are looked at', async () => {
    await run('delete from evidence.daily');
    expect((await verify({ from: '2026-02' })).findings).toEqual([]);
  });
});

describe('records that nobody touched', () => {
  it('are whole, also when only some months are asked for', async () => {
    expect(await verify()).toMatchObject({ findings: [], records: 36, unsigned: 0, chains: 3, months: 3 });
    expect(await verify({ from: '2026-02' })).toMatchObject({ findings: [], records: 27, months: 2 });
    expect(await verify({ to: '2026-02' })).toMatchObject({ findings: [], records: 18, months: 2 });
    expect(await verify({ from: '2026-02', to: '2026-02' })).toMatchObject({ findings: [], records: 9, months: 1 });
  });

  it('of a part are checked from the signed head before it', async () => {
    await run(`update evidence.record set line = replace(line, '"time":"2026', '"time":"2027') where seq = 5`);
    expect((await verify({ from: '2026-02' })).findings).toMatchObject([{ seq: 5 }, { seq: 5 }, { seq: 5 }]);
    expect((await verify({ from: '2026-03' })).findings).toEqual([]);
  });

  it('tell how far the check is, and what no head covers yet', async () => {
    await run('delete from evidence.head where writer = $1', chains.direct);
    const seen: number[] = [];
    const { unsigned } = await verify({ onProgress: ({ records, total }) => void seen.push(records / total) });
    expect(unsigned).toBe(12);
    expect(seen.at(-1)).toBe(1);
  });

  it('cannot be checked where there is no database', async () => {
    await expect(verify({ url: 'postgresql://127.0.0.1:1/none' })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });
});
