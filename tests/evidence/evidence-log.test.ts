import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mendSegment } from '../../gateway/evidence/chain.js';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { HeadsFile } from '../../gateway/evidence/heads-file.js';
import { readDurableMark } from '../../shared/evidence/log/durable-mark.js';
import { listSegments } from '../../shared/evidence/log/evidence-folder.js';
import { readAccessRecords, type StoredAccess } from '../../shared/evidence/log/read-records.js';
import { readRecord } from '../../shared/evidence/record-line.js';
import { record } from './support/record.js';

let folder: string;
let keys: string;
/** The methods of every file handle, for faults of the disk. */
let disk: Record<'write' | 'datasync' | 'truncate' | 'sync', (...args: never[]) => Promise<unknown>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-evidence-'));
  keys = join(folder, 'trust', 'keys.json');
  const handle = await open(folder, 'r');
  disk = Object.getPrototypeOf(handle) as typeof disk;
  await handle.close();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const stored = async (): Promise<StoredAccess[]> => {
  const all: StoredAccess[] = [];
  for await (const one of readAccessRecords(folder)) all.push(one);
  return all;
};
const segments = async () => (await listSegments(folder)).map(({ name }) => name);
const onlySegment = async () => {
  const names = await segments();
  expect(names).toHaveLength(1);
  return join(folder, names[0]!);
};
const ids = (records: readonly StoredAccess[]) => records.map(({ requestId }) => requestId);

/** Every record follows the one before it, by number and by hash. */
function expectChain(records: readonly StoredAccess[]): void {
  records.forEach((one, i) => {
    expect(one.seq).toBe(i + 1);
    expect(one.prev).toBe(i === 0 ? '' : records[i - 1]!.hash);
  });
}
async function written(...requestIds: string[]): Promise<void> {
  const log = await EvidenceLog.open({ keys, folder });
  for (const id of requestIds) await log.append(record(id));
  await log.close();
}
const fault = (code: string) => Object.assign(new Error(code), { code });

describe('a batch of records', () => {
  const fakeTimers = () =>
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime', 'Date'] });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** A log whose last batch was shared, in a process whose timers never come unless they are told to. */
  async function busyLog(underWay: () => number) {
    const log = await EvidenceLog.open({ keys, folder, underWay });
    await Promise.all(['a', 'b', 'c'].map((id) => log.append(record(id))));
    fakeTimers();
    return { log, writes: jest.spyOn(disk, 'write') };
  }

  it('is never held open for a request that is alone', async () => {
    const { log, writes } = await busyLog(() => 1);
    await log.append(record('alone'));
    expect(writes).toHaveBeenCalledTimes(1);
    await log.close();
  });

  it('is not held open before records come faster than they are stored one by one', async () => {
    const log = await EvidenceLog.open({ keys, folder, underWay: () => 50 });
    fakeTimers();
    await log.append(record('first'));
    await log.append(record('second'));
    await log.close();
    expect(ids(await stored())).toEqual(['first', 'second']);
  });

  it('is held open until half of the requests under way have come, and written once', async () => {
    const { log, writes } = await busyLog(() => 5);
    await Promise.all(['d', 'e', 'f'].map((id) => log.append(record(id))));
    expect(writes).toHaveBeenCalledTimes(1);
    await log.close();
    expect(ids(await stored())).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('is not held open beyond its time for those that do not come, or when the log is closed', async () => {
    const { log } = await busyLog(() => 5);
    const [d, e] = ['d', 'e'].map((id) => log.append(record(id)));
    jest.advanceTimersByTime(4);
    await Promise.all([d, e]);
    const f = log.append(record('f'));
    await log.close();
    await f;
    expect(ids(await stored())).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});

describe('a record that cannot be stored', () => {
  it('fails everybody who waited for that write, and the next record is stored again', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    await log.append(record('before'));
    const write = disk.write;
    jest
      .spyOn(disk, 'write')
      .mockImplementationOnce(function (this: unknown, ...args: never[]) {
        return Reflect.apply(write, this, args);
      })
      .mockRejectedValueOnce(fault('ENOSPC'));
    // The first append begins a write by itself; those that come meanwhile share the next one.
    const outcomes = await Promise.allSettled(['first', 'a', 'b', 'c'].map((id) => log.append(record(id))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(outcomes[3]).toMatchObject({ reason: { code: 'EVIDENCE_UNAVAILABLE', status: 503 } });
    await log.append(record('after'));
    await log.close();
    const records = await stored();
    expect(ids(records)).toEqual(['before', 'first', 'after']);
    expectChain(records);
  });

  it('does not count as stored when fsync fails, and is not found twice when it is asked again', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    jest.spyOn(disk, 'datasync').mockRejectedValueOnce(fault('EIO'));
    await expect(log.append(record('one'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE' });
    await log.append(record('one'));
    await log.append(record('two'));
    await log.close();
    const records = await stored();
    expect(ids(records)).toEqual(['one', 'two']);
    expectChain(records);
    await onlySegment();
  });

  it('never mixes with later records, even when it could not be cut off again', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    await log.append(record('before'));
    const write = disk.write;
    jest.spyOn(disk, 'write').mockImplementationOnce(async function (this: unknown, ...args: never[]) {
      const [bytes, , , position] = args as unknown as [Buffer, number, number, number];
      await Reflect.apply(write, this, [bytes, 0, 40, position] as never[]);
      throw fault('EIO');
    });
    jest.spyOn(disk, 'truncate').mockRejectedValueOnce(fault('EIO'));
    await expect(log.append(record('torn'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE' });
    await log.append(record('after'));
    await log.close();
    expect(ids(await stored())).toEqual(['before', 'after']);
    await written('later');
    const records = await stored();
    expect(ids(records)).toEqual(['before', 'after', 'later']);
    expectChain(records);
  });

  it('leaves no heap of empty files while the disk stays full', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    const full = jest.spyOn(disk, 'write').mockRejectedValue(fault('ENOSPC'));
    for (let i = 0; i < 20; i++) await expect(log.append(record(`${i}`))).rejects.toThrow('could not be stored');
    full.mockRestore();
    await log.append(record('room again'));
    await log.close();
    await onlySegment();
    expect(ids(await stored())).toEqual(['room again']);
  });

  it('is refused when its file cannot be made durable in its folder', async () => {
    const log = await EvidenceLog.open({ keys, folder, segmentBytes: 1 });
    await log.append(record('one'));
    jest.spyOn(disk, 'sync').mockRejectedValueOnce(fault('EIO'));
    await expect(log.append(record('two'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE' });
    await log.append(record('three'));
    await log.close();
    expect(ids(await stored())).toEqual(['one', 'three']);
    expectChain(await stored());
  });

  it('names no file and no cause in what a caller may see', async () => {
    await writeFile(join(folder, 'file'), '');
    const error = await EvidenceLog.open({ keys, folder: join(folder, 'file') }).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'EVIDENCE_UNAVAILABLE', details: {} });
    expect((error as Error).message).not.toContain(folder);
  });

  it('keeps the hub from being ready until it can be stored, also when nobody asks for anything', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    const broken = [jest.spyOn(disk, 'datasync'), jest.spyOn(disk, 'truncate')];
    for (const each of broken) each.mockRejectedValue(fault('EIO'));
    await expect(log.append(record('lost'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE' });
    expect(await log.ready()).toBe('evidence cannot be stored: EIO');
    // What the failed write left cannot be cut off, so nothing may follow it.
    broken[0]!.mockRestore();
    await expect(log.append(record('lost too'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE' });
    expect(await Promise.all([log.ready(), log.ready()])).not.toContain(undefined);
    broken[1]!.mockRestore();
    expect(await log.ready()).toBeUndefined();
    await log.append(record('stored'));
    await log.close();
    expect(ids(await stored())).toEqual(['stored']);
    expectChain(await stored());
  });

  it('is refused after the log was closed', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    await Promise.all([log.close(), log.close()]);
    await log.close();
    await expect(log.append(record('late'))).rejects.toMatchObject({ code: 'EVIDENCE_UNAVAILABLE' });
    expect(await segments()).toEqual([]);
  });
});

describe('what is said to be on stable storage', () => {
  /** Holds every fsync back until it is let go. */
  const holdSyncs = () => {
    const real = disk.datasync;
    const held: (() => void)[] = [];
    jest.spyOn(disk, 'datasync').mockImplementation(async function (this: never) {
      await new Promise<void>((letGo) => held.push(letGo));
      return real.call(this);
    });
    return held;
  };
  const turnsUntil = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('is no record before its fsync: the mark that the shipper reads comes behind it', async () => {
    const log = await EvidenceLog.open({ folder, keys });
    await log.append(record('r1'));
    const held = holdSyncs();
    const stored = log.append(record('r2'));
    await turnsUntil(() => held.length > 0);
    expect((await readDurableMark(folder, log.writer))?.seq).toBe(1);
    held[0]!();
    await stored;
    expect((await readDurableMark(folder, log.writer))?.seq).toBe(2);
    jest.restoreAllMocks();
    await log.close();
  });

  it('is no head before its own fsync, and none where that failed', async () => {
    const { writer } = await EvidenceLog.open({ folder, keys }).then(async (log) => {
      await log.append(record('r1'));
      await log.close();
      return log;
    });
    const heads = await HeadsFile.open({ folder, writer, keys });
    const held = holdSyncs();
    let isSigned = false;
    const signing = heads.sign({ seq: 2, hash: 'h' }).then(() => (isSigned = true));
    await turnsUntil(() => held.length > 0 || isSigned);
    expect([isSigned, heads.upTo]).toEqual([false, 1]);
    held[0]!();
    await signing;
    expect(heads.upTo).toBe(2);
    jest.spyOn(disk, 'datasync').mockRejectedValue(fault('EIO'));
    await expect(heads.sign({ seq: 3, hash: 'i' })).rejects.toThrow('EIO');
    expect(heads.upTo).toBe(2);
    await heads.close();
  });
});

describe('a record that was altered', () => {
  it('is not read, and nothing behind it is lost or cut off at the next opening', async () => {
    await written('one', 'two', 'three');
    const path = await onlySegment();
    const before = await readFile(path, 'utf8');
    const altered = before.replace('"requestId":"two"', '"requestId":"TWO"');
    await writeFile(path, altered);
    expect(ids(await stored())).toEqual(['one', 'three']);
    await written('four');
    expect(await readFile(path, 'utf8')).toBe(altered);
    const records = await stored();
    expect(ids(records)).toEqual(['one', 'three', 'four']);
    // The gap stays visible: three still names two as the record before it, and four follows three.
    expect(records[1]!.prev).not.toBe(records[0]!.hash);
    expect(records[2]).toMatchObject({ seq: 4, prev: records[1]!.hash });
  });

  it.each([
    ['a changed value', (line: string) => line.replace('"tax"', '"tex"')],
    ['a changed hash', (line: string) => line.replace(/(?<="hash":")./, (first) => (first === '_' ? '-' : '_'))],
    ['another record before it', (line: string) => line.replace('"prev":""', '"prev":"x"')],
    ['another number', (line: string) => line.replace('"seq":1', '"seq":2')],
    ['a member added', (line: string) => line.replace('{', '{"extra":1,')],
    ['a missing end', (line: string) => line.slice(0, -1)],
    ['nothing', () => ''],
    ['text that is no JSON', () => 'hash'],
  ])('is found by its hash: %s', async (_, alter) => {
    await written('one');
    const line = (await readFile(await onlySegment(), 'utf8')).trimEnd();
    expect(readRecord(Buffer.from(line))).toMatchObject({ seq: 1, requestId: 'one' });
    expect(readRecord(Buffer.from(alter(line)))).toBeUndefined();
  });
});

describe('a log that is opened again', () => {
  it('cuts off the torn line of a crash and goes on behind the last whole record', async () => {
    await written('one', 'two');
    const path = await onlySegment();
    const whole = await readFile(path, 'utf8');
    const lines = whole.trimEnd().split('\n');
    for (const torn of [lines[1]!.slice(0, 30), `${lines[1]!.slice(0, -1)}`, '\0'.repeat(4096), '{"seq":3\n{"seq']) {
      await writeFile(path, whole + torn);
      expect(await mendSegment(path)).toMatchObject({ seq: 2 });
      expect(await readFile(path, 'utf8')).toBe(whole);
    }
    await written('three');
    expect(ids(await stored())).toEqual(['one', 'two', 'three']);
    expectChain(await stored());
  });

  it('keeps a last record that lacks nothing but its line end', async () => {
    await written('one');
    const path = await onlySegment();
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.trimEnd());
    expect(await mendSegment(path)).toMatchObject({ seq: 1 });
    expect(await readFile(path, 'utf8')).toBe(whole);
  });

  it('goes on behind the last record when the newest files hold none', async () => {
    await written('one');
    await writeFile(join(folder, `${(await stored())[0]!.writer}-000000000000002-2000000000000.ndjson`), '{"torn":');
    await appendFile(join(folder, 'notes.txt'), 'not a segment');
    await written('two');
    expect(ids(await stored())).toEqual(['one', 'two']);
    expectChain(await stored());
  });

  it('reads records whose text holds every kind of line end, and letters longer than a byte', async () => {
    const purpose = '核定\u2028税款\u2029及\u0085减免\r\n\v\f—𠮷';
    const log = await EvidenceLog.open({ keys, folder });
    for (let i = 0; i < 400; i++) await log.append(record(`${i}`, { purpose: `${purpose} ${'数'.repeat(200)}` }));
    await log.close();
    expect(await mendSegment(await onlySegment())).toMatchObject({ seq: 400 });
    await written('last');
    const records = await stored();
    expect(records).toHaveLength(401);
    expect(records[7]!.purpose).toContain(purpose);
    expectChain(records);
  });

  it('leaves out old segments when only newer ones are wanted', async () => {
    await written('one');
    const all: StoredAccess[] = [];
    for await (const one of readAccessRecords(folder, Date.now() + 60_000)) all.push(one);
    expect(all).toEqual([]);
    await rm(folder, { recursive: true });
    expect(await stored()).toEqual([]);
    await mkdir(folder);
  });
});

describe('a folder that several gateways share', () => {
  it('never has two of them in one chain', async () => {
    const [one, other] = [await EvidenceLog.open({ keys, folder }), await EvidenceLog.open({ keys, folder })];
    expect(other.writer).not.toBe(one.writer);
    await Promise.all([one.append(record('a')), other.append(record('b')), one.append(record('c'))]);
    await one.close();
    await other.close();
    const records = await stored();
    for (const { writer, wrote } of [
      { writer: one.writer, wrote: ['a', 'c'] },
      { writer: other.writer, wrote: ['b'] },
    ]) {
      const chain = records.filter((each) => each.writer === writer);
      expect(ids(chain)).toEqual(wrote);
      expectChain(chain);
    }
    // Both chains are free now, and no third is begun.
    const again = await EvidenceLog.open({ keys, folder });
    expect([one.writer, other.writer]).toContain(again.writer);
    await again.close();
  });

  it('gives the chain of a killed process to the next one, and of a living process to nobody', async () => {
    await written('before');
    const { writer } = (await stored())[0]!;
    const holder = spawn(process.execPath, ['--no-warnings', '-e', HOLD, join(folder, `${writer}.lock`)]);
    await once(holder.stdout, 'data');
    const beside = await EvidenceLog.open({ keys, folder });
    expect(beside.writer).not.toBe(writer);
    await beside.close();
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    const logs = [await EvidenceLog.open({ keys, folder }), await EvidenceLog.open({ keys, folder })];
    expect(logs.map((log) => log.writer).sort()).toEqual([writer, beside.writer].sort());
    for (const log of logs) await log.close();
  });
});

/** A process that holds a file until it is killed. */
const HOLD = `const { DatabaseSync } = require('node:sqlite');
const held = new DatabaseSync(process.argv[1]);
held.exec('BEGIN EXCLUSIVE');
setInterval(() => held, 1000);
console.log('held');`;

describe('records that come at the same time', () => {
  it('share one write and one fsync, in the order they came, in one chain', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    const writes = jest.spyOn(disk, 'write');
    const syncs = jest.spyOn(disk, 'datasync');
    const wanted = Array.from({ length: 500 }, (_, i) => `request-${i}`);
    await Promise.all(wanted.map((id) => log.append(record(id))));
    expect(writes.mock.calls.length).toBeLessThanOrEqual(2);
    expect(syncs.mock.calls.length).toBeLessThanOrEqual(2);
    await log.close();
    expect(ids(await stored())).toEqual(wanted);
    expectChain(await stored());
  });

  it('are each on disk when their own append resolves, whenever that is', async () => {
    const log = await EvidenceLog.open({ keys, folder, segmentBytes: 2_000 });
    const wanted: string[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async (_, caller) => {
        for (let i = 0; i < 10; i++) {
          const id = `${caller}/${i}`;
          wanted.push(id);
          await log.append(record(id));
          expect(ids(await stored())).toContain(id);
        }
      }),
    );
    await log.close();
    expect((await segments()).length).toBeGreaterThan(3);
    const records = await stored();
    expect(new Set(ids(records))).toEqual(new Set(wanted));
    expect(records).toHaveLength(wanted.length);
    expectChain(records);
  });

  it('are waited for when the log is closed', async () => {
    const log = await EvidenceLog.open({ keys, folder });
    const appended = Promise.all(['a', 'b'].map((id) => log.append(record(id))));
    await log.close();
    await appended;
    expect(ids(await stored())).toEqual(['a', 'b']);
  });
});
