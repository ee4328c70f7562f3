import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { DatabaseChain } from '../../gateway/evidence/database-chain.js';
import { Shipper, type ShipperState } from '../../worker/evidence/shipper.js';
import { signDatabaseHeads } from '../../worker/evidence/sign-database-heads.js';
import type { EvidenceEvent } from '../../shared/evidence/evidence-event.js';
import { listSegments } from '../../shared/evidence/log/evidence-folder.js';
import { readRecord, writeLine } from '../../shared/evidence/record-line.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';
import { record } from './support/record.js';

let database: EvidenceDatabase;
let folder: string;
let keys: string;

beforeAll(async () => {
  database = await createEvidenceDatabase();
}, 60_000);
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-shipping-'));
  keys = join(folder, 'trust', 'keys.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.pool.query(
    `truncate evidence.record, evidence.daily, evidence.item_use, evidence.item_set, evidence.graph, evidence.graph_item`,
  );
});

const openLog = (more: { segmentBytes?: number } = {}) => EvidenceLog.open({ folder, keys, ...more });
const shipperOf = (onState?: (state: ShipperState) => void) =>
  new Shipper({ folder, pool: database.pool, store: new RecordStore('Asia/Shanghai'), onState });
const requests = async (writer: string) =>
  (await database.rows('select request from evidence.record where writer = $1 order by position', [writer])).map(
    ({ request }) => request as string,
  );
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `r${from + i}`);
async function append(log: EvidenceLog, events: readonly EvidenceEvent[]): Promise<void> {
  await Promise.all(events.map((event) => log.append(event)));
}

describe('what must not be shipped', () => {
  it('a record that was altered in its file, nor anything behind it; which chain it is, is told', async () => {
    const log = await openLog();
    await append(
      log,
      named(1, 5).map((id) => record(id)),
    );
    await log.close();
    const [segment] = await listSegments(folder);
    const path = join(folder, segment!.name);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"requestId":"r3"', '"requestId":"rX"'));
    const states: ShipperState[] = [];
    await shipperOf((state) => states.push(state)).shipAll();
    expect(await requests(log.writer)).toEqual(['r1', 'r2']);
    expect(states.at(-1)!.broken.get(log.writer)).toBe('record 3 is not as it was written');
  });

  it('a record that is not on stable storage yet: it may still be taken back', async () => {
    const log = await openLog();
    await log.append(record('r1'));
    const [segment] = await listSegments(folder);
    const path = join(folder, segment!.name);
    const stored = await readFile(path, 'utf8');
    const { writer, seq, hash } = readRecord(Buffer.from(stored.trimEnd()))!;
    // Whole and in its place, but nobody has said yet that it is durable.
    const next = writeLine({ writer, seq: seq + 1, prev: hash }, record('r2')).line;
    await writeFile(path, `${stored}${next}`);
    await shipperOf().shipAll();
    expect(await requests(log.writer)).toEqual(['r1']);
    await writeFile(path, stored);
    await log.close();
  });
});

describe('shipping', () => {
  it('brings each record into the database once, over segments, restarts of the gateway and of the shipper', async () => {
    let log = await openLog({ segmentBytes: 2_000 });
    await append(
      log,
      named(1, 40).map((id) => record(id)),
    );
    await shipperOf().shipAll();
    await append(
      log,
      named(41, 50).map((id) => record(id)),
    );
    await log.close();
    log = await openLog({ segmentBytes: 2_000 });
    for (const id of named(51, 60)) await log.append(record(id));
    const shipper = shipperOf();
    await shipper.shipAll();
    for (const id of named(61, 70)) await log.append(record(id));
    await shipper.shipAll();
    await log.close();
    expect(await requests(log.writer)).toEqual(named(1, 70));
    const lines = await database.rows('select line from evidence.record order by seq');
    const files = await Promise.all(
      (await listSegments(folder)).map(({ name }) => readFile(join(folder, name), 'utf8')),
    );
    expect(lines.map(({ line }) => `${line}\n`).join('')).toBe(files.join(''));
  });

  it('stores none twice when several shippers work on one folder while it is written', async () => {
    const log = await openLog({ segmentBytes: 20_000 });
    const shippers = [shipperOf(), shipperOf(), shipperOf()];
    for (const shipper of shippers) await shipper.start();
    for (let i = 0; i < 30; i++)
      await append(
        log,
        named(i * 20 + 1, i * 20 + 20).map((id) => record(id)),
      );
    await log.close();
    await Promise.all(shippers.map((shipper) => shipper.stop()));
    await shipperOf().shipAll();
    expect(await requests(log.writer)).toEqual(named(1, 600));
  });

  it('loses and doubles nothing when its connections are cut again and again', async () => {
    const log = await openLog();
    const shipper = shipperOf();
    await shipper.start();
    for (let i = 0; i < 25; i++) {
      await append(
        log,
        named(i * 8 + 1, i * 8 + 8).map((id) => record(id)),
      );
      await database.cutConnections();
    }
    await log.close();
    await shipper.stop();
    await shipperOf().shipAll();
    expect(await requests(log.writer)).toEqual(named(1, 200));
    const [counted] = await database.rows('select sum(requests)::int as n from evidence.daily');
    expect(counted!['n']).toBe(200);
  });

  it('tells each item to its provider by the graph that was in force, and counts by local day', async () => {
    const log = await openLog();
    const items = [
      { provider: 'police', resource: 'R1', shareType: 'CONDITIONAL', coordinates: ['Resident.name'] },
      { provider: 'tax', shareType: 'NOT_SHARED', coordinates: ['Resident.income'] },
    ] as const;
    await log.append({ kind: 'graph', time: '2026-01-05T07:00:00.000Z', version: 'g1', items });
    const of = (requestId: string, time: string) =>
      record(requestId, { time, graphVersion: 'g1', scenario: 's', rows: { Resident: 3 }, subjectCount: 3 });
    await append(log, [of('r1', '2026-01-05T15:59:59.000Z'), of('r2', '2026-01-05T16:00:00.000Z')]);
    await log.close();
    await shipperOf().shipAll();
    expect(
      await database.rows(
        'select coordinate, part, code, provider, resource from evidence.item_use order by coordinate',
      ),
    ).toEqual([
      { coordinate: 'Resident.income', part: 'denied', code: 'NOT_SHARED', provider: 'tax', resource: null },
      { coordinate: 'Resident.name', part: 'released', code: null, provider: 'police', resource: 'R1' },
    ]);
    expect(
      await database.rows(
        `select day::text, department, scenario, requests::int, rows::int, subjects::int from evidence.daily order by day`,
      ),
    ).toEqual([
      { day: '2026-01-05', department: 'tax', scenario: 's', requests: 1, rows: 3, subjects: 3 },
      { day: '2026-01-06', department: 'tax', scenario: 's', requests: 1, rows: 3, subjects: 3 },
    ]);
  });

  it('keeps each month in a partition of its own, and never goes back a month along a chain', async () => {
    const log = await openLog();
    const times = ['2026-01-31T15:59:59.000Z', '2026-01-31T16:00:00.000Z', '2026-01-31T15:59:59.500Z'];
    for (const [i, time] of times.entries()) await log.append(record(`r${i}`, { time }));
    await log.close();
    await shipperOf().shipAll();
    expect(
      await database.rows('select tableoid::regclass::text as part, request from evidence.record order by position'),
    ).toEqual([
      { part: 'evidence.record_2026_01', request: 'r0' },
      { part: 'evidence.record_2026_02', request: 'r1' },
      { part: 'evidence.record_2026_02', request: 'r2' },
    ]);
  });

  it('ships the signed heads whose records are there', async () => {
    const log = await openLog();
    await log.append(record('r1'));
    await log.close();
    const shipper = shipperOf();
    await shipper.shipAll();
    await shipper.shipAll();
    const heads = await database.rows(
      'select number, seq::int, line from evidence.head where writer = $1 order by number',
      [log.writer],
    );
    expect(heads.map(({ number, seq }) => [number, seq])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(heads.map(({ line }) => `${line}\n`).join('')).toBe(
      await readFile(join(folder, `${log.writer}.heads.ndjson`), 'utf8'),
    );
  });
});

describe('a log that commits straight to the database', () => {
  const openDirect = (grace = 0) =>
    EvidenceLog.over(() => DatabaseChain.open({ url: database.url, store: new RecordStore('Asia/Shanghai') }), {
      grace,
    });

  it('refuses while the database is away, with nothing stored, and stores again when it is back', async () => {
    const log = await openDirect();
    await log.append(record('r1'));
    await database.pool.query('alter table evidence.ledger rename to ledger_away');
    await expect(log.append(record('r2'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE', status: 503 });
    expect(await log.ready()).toMatch(/^evidence cannot be stored/);
    await database.pool.query('alter table evidence.ledger_away rename to ledger');
    expect(await log.ready()).toBeUndefined();
    await log.append(record('r3'));
    await log.close();
    expect(await requests(log.writer)).toEqual(['r1', 'r3']);
  });

  it('waits out a bounded grace where one is set, and refuses nobody when storage comes back within it', async () => {
    const log = await openDirect(8_000);
    await database.pool.query('alter table evidence.ledger rename to ledger_away');
    const appended = append(
      log,
      named(1, 3).map((id) => record(id)),
    );
    while (!log.isFailing) await new Promise((resolve) => setImmediate(resolve));
    await database.pool.query('alter table evidence.ledger_away rename to ledger');
    await appended;
    await log.close();
    expect(await requests(log.writer)).toEqual(named(1, 3));
  });

  it('has each answered record once when its connection is cut again and again', async () => {
    const log = await openDirect();
    const answered: string[] = [];
    for (let i = 0; i < 25; i++) {
      const attempts = named(i * 8 + 1, i * 8 + 8).map((id) =>
        log.append(record(id)).then(
          () => void answered.push(id),
          () => undefined,
        ),
      );
      await database.cutConnections();
      await Promise.all(attempts);
    }
    await log.append(record('last'));
    await log.close();
    const stored = await database.rows(
      `select request, count(*)::int as times from evidence.record where request is not null group by request`,
    );
    const times = new Map(stored.map(({ request, times }) => [request as string, times as number]));
    expect(answered.filter((id) => !times.has(id))).toEqual([]);
    expect([...times].filter(([, count]) => count > 1)).toEqual([]);
    expect(times.get('last')).toBe(1);
  });

  it('gives two gateways a chain each, and a closed one’s to the next', async () => {
    const [one, other] = [await openDirect(), await openDirect()];
    expect(one.writer).not.toBe(other.writer);
    await Promise.all([one.append(record('a')), other.append(record('b'))]);
    await Promise.all([one.close(), other.close()]);
    const next = await openDirect();
    expect([one.writer, other.writer]).toContain(next.writer);
    await next.close();
  });

  it('has its chain’s end signed by the worker', async () => {
    const log = await openDirect();
    await log.append(record('r1'));
    await signDatabaseHeads(database.pool, keys);
    await signDatabaseHeads(database.pool, keys);
    const [chain] = await database.rows('select seq::int, hash from evidence.chain where writer = $1', [log.writer]);
    const heads = await database.rows('select number, line from evidence.head where writer = $1 order by number', [
      log.writer,
    ]);
    expect(heads.length).toBeGreaterThan(0);
    expect(JSON.parse(heads.at(-1)!['line'] as string)).toMatchObject(chain!);
    await log.close();
  });
});
