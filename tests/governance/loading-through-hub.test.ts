import { createHash, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shows } from '../conformance/shows.js';
import type pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { carryOutLoad, type LoadRoom } from '../../subgraphs/governance/loading/index.js';
import { HEADING, ID_NUMBERS, PUPILS } from '../loading/support/pupils.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';

const TABLES = testDatabaseName('hosted');
let hub: System;
let server: DatabaseServer;
let tables: pg.Pool;
let governance: pg.Pool;
let room: LoadRoom;
beforeAll(async () => {
  hub = await startSystem({ CATALOGUE_REVIEW: 'sdl', GRANT_LEASE_MS: '20000' }, 20);
  server = await openTestServer();
  await server.createDatabase(TABLES);
  tables = openTestPool({ connectionString: server.url(TABLES), max: 4 });
  await tables.query(`create schema "education-files";
    create table "education-files"."Pupil" ("studentNumber" text primary key, "idNumber" text, name text, "bornOn" date,
      score numeric, _hash bytea, _loaded_at timestamptz not null default now(), _deleted_at timestamptz, _batch text)`);
  const findTable = async () => PUPILS;
  await hub.restart('governance', { loading: { mostBytes: 50_000_000, findTable } });
  await hub.governance.query(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values ('P-900001', 'education-files', 'public-security', now())`,
  );
  const { database, host, port, user, password } = hub.governance;
  governance = openTestPool({ database, host, port, user, password, max: 4 });
  room = {
    ...{ pool: governance, tables, folder: join(hub.folder, 'loads'), findTable, mostVanished: 10 },
    ...{ timeZone: 'Asia/Shanghai', store: new RecordStore('Asia/Shanghai') },
  };
}, 120_000);
afterAll(async () => {
  await governance.end();
  await tables.end();
  await server.dropDatabase(TABLES);
  await server.stop();
  await hub.stop();
}, 60_000);

const token = (system = 'public-security-app', person = 'zhao.lei') => hub.token(system, person);
async function announce(content: string, more: object = {}): Promise<string> {
  const { data, errors } = await hub.ask(
    'public-security-app',
    'mutation ($input: LoadInput!) { announceLoad(input: $input) { load { id } refusal { code message } } }',
    {
      person: 'zhao.lei',
      variables: {
        input: {
          ...{
            subgraph: 'education-files',
            type: 'Pupil',
            key: randomUUID(),
            fileName: '学籍.csv',
            format: 'CSV',
            mode: 'UPSERT',
          },
          ...{ sha256: createHash('sha256').update(content).digest('hex'), bytes: Buffer.byteLength(content) },
          ...more,
        },
      },
    },
  );
  expect([errors, data?.['announceLoad'].refusal]).toEqual([undefined, null]);
  return (data as Loose).announceLoad.load.id;
}
interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly bearer?: string | null;
}
async function call({ method, path, headers = {}, body, bearer }: Call) {
  const authorization = bearer === null ? {} : { authorization: `Bearer ${bearer ?? (await token())}` };
  const response = await fetch(hub.url + path, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...authorization, ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const metadata = (id: string) => `load ${Buffer.from(id).toString('base64')}`;
const create = (id: string, bytes: number, bearer?: string | null) =>
  call({
    method: 'POST',
    path: '/loads',
    headers: { 'upload-length': String(bytes), 'upload-metadata': metadata(id) },
    ...(bearer !== undefined && { bearer }),
  });
const send = (id: string, offset: number, body: string | Buffer, bearer?: string | null) =>
  call({
    method: 'PATCH',
    path: `/loads/${id}`,
    headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body,
    ...(bearer !== undefined && { bearer }),
  });
const row = (number: string) => `${number},${ID_NUMBERS[0]},张三,2015-03-01,98.5`;
const csv = (...lines: string[]) => `${[HEADING, ...lines].join('\n')}\n`;

describe('an upload', () => {
  it('is for callers with a token, of the department that announced it, and for nobody else', async () => {
    const content = csv(row('S1'));
    const id = await announce(content);
    const stranger = await token('civil-affairs-app', 'chen.jing');
    const bytes = Buffer.byteLength(content);
    expect((await create(id, bytes, null)).status).toBe(401);
    expect((await create(id, bytes, 'no-token')).status).toBe(401);
    expect((await create(id, bytes, stranger)).status).toBe(404);
    expect((await create('L-999999', bytes)).status).toBe(404);
    expect((await create('../x', bytes)).status).toBe(404);
    expect((await create(id, bytes)).status).toBe(201);
    expect((await send(id, 0, content, stranger)).status).toBe(404);
    expect((await send(id, 0, content, null)).status).toBe(401);
    expect((await call({ method: 'HEAD', path: `/loads/${id}`, bearer: stranger })).status).toBe(404);
    expect((await call({ method: 'HEAD', path: `/loads/${id}`, bearer: null })).status).toBe(401);
    expect((await call({ method: 'DELETE', path: `/loads/${id}` })).status).toBe(405);
    expect((await stat(join(room.folder, id))).size).toBe(0);
  });

  it('has the announced size, and is begun once', async () => {
    const content = csv(row('S1'));
    const id = await announce(content);
    expect((await create(id, 5)).text).toContain('Upload-Length');
    expect((await create(id, Buffer.byteLength(content))).status).toBe(201);
    expect((await send(id, 0, content)).status).toBe(204);
    expect((await create(id, Buffer.byteLength(content))).status).toBe(400);
    expect((await stat(join(room.folder, id))).size).toBe(Buffer.byteLength(content));
    expect((await send(id, Buffer.byteLength(content), 'more')).status).toBeGreaterThanOrEqual(400);
    // Nobody else on the machine gets to it.
    expect((await stat(room.folder)).mode & 0o077).toBe(0);
  });

  it('goes on where it broke off, is loaded, and its answer is read back', async () => {
    shows('QZ-4.3d');
    const content = csv(row('S1'), row('S2'), row('S3'));
    const half = Math.floor(Buffer.byteLength(content) / 2);
    const bytes = Buffer.from(content);
    const id = await announce(content);
    const created = await create(id, bytes.length);
    expect(created.headers.get('location')).toBe(`/loads/${id}`);
    expect((await send(id, 0, bytes.subarray(0, half))).headers.get('upload-offset')).toBe(String(half));
    expect((await send(id, 3, bytes.subarray(3))).status).toBe(409);
    while ((await carryOutLoad(room)) !== undefined);
    expect((await governance.query('select state from load where id = $1', [id])).rows).toEqual([
      { state: 'ANNOUNCED' },
    ]);
    const head = await call({ method: 'HEAD', path: `/loads/${id}` });
    expect(head.headers.get('upload-offset')).toBe(String(half));
    expect((await send(id, half, bytes.subarray(half))).status).toBe(204);
    while ((await carryOutLoad(room)) !== undefined);
    const { data } = await hub.ask('public-security-app', `{ loadOf(id: "${id}") { state counts { rows } } }`, {
      person: 'zhao.lei',
    });
    expect(data).toEqual({ loadOf: { state: 'LOADED', counts: { rows: 3 } } });
    expect((await send(id, 0, content)).text).toContain('takes no more bytes');
  });

  it('leaves a report that only its department may fetch', async () => {
    const content = csv(row('S1'), 'S2,1');
    const id = await announce(content);
    await create(id, Buffer.byteLength(content));
    await send(id, 0, content);
    while ((await carryOutLoad(room)) !== undefined);
    const path = `/loads/${id}/problems.csv`;
    const report = await call({ method: 'GET', path });
    expect([report.status, report.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(report.text).toContain('3,,ROW_RAGGED,,列数与表头不一致');
    expect((await call({ method: 'GET', path: `/loads/${id}/rows.csv` })).text).toContain('S2,1,3,列数与表头不一致');
    expect((await call({ method: 'GET', path, bearer: await token('civil-affairs-app', 'chen.jing') })).status).toBe(
      404,
    );
    expect((await call({ method: 'GET', path, bearer: await token('data-bureau-console', 'wang.min') })).status).toBe(
      404,
    );
    expect((await call({ method: 'GET', path, bearer: null })).status).toBe(401);
    expect((await call({ method: 'GET', path: `/loads/${id}/../../hub-secret` })).status).toBe(404);
    expect((await call({ method: 'GET', path: `/loads/${id}.json` })).status).toBe(404);
  });
});

describe('`sharehub load`', () => {
  /** Runs the command, and the worker's job beside it. */
  async function load(content: string, ...more: string[]) {
    const file = join(hub.folder, '学籍.csv');
    await writeFile(file, content);
    const args = ['load', file, '--subgraph', 'education-files', '--type', 'Pupil', '--url', hub.url, ...more];
    const child = spawn(process.execPath, [join('dist', 'cli', 'index.js'), ...args], {
      env: { ...process.env, SHAREHUB_TOKEN: await token(), DATA_DIR: hub.folder },
    });
    const read = async (stream: NodeJS.ReadableStream) => {
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return text;
    };
    const ended = once(child, 'exit');
    const output = Promise.all([read(child.stdout), read(child.stderr), ended]);
    while (child.exitCode === null) await Promise.race([ended, carryOutLoad(room).then(() => setImmediate())]);
    const [out, err, [code]] = await output;
    return { out, err, code: code as number, file };
  }

  it('says what is wrong and writes the report beside the file', async () => {
    const { code, out, file } = await load(csv(row('C1'), 'C2,1'));
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /^L-\d+ REFUSED ROWS_INVALID: There are wrong rows; nothing was loaded: 1 of 2 rows are wrong/,
      ),
    ]);
    const [id] = out.split(' ');
    const { data } = await hub.ask('public-security-app', `{ loadOf(id: "${id}") { message } }`, {
      person: 'zhao.lei',
      headers: { 'accept-language': 'zh' },
    });
    expect(data!['loadOf'].message).toMatch(/^有不合格的行，整批未载入：共 2 行，不合格 1 行/);
    expect(await readFile(`${file}.problems.csv`, 'utf8')).toContain('3,,ROW_RAGGED');
    expect((await load(csv(row('C1')), '--type', 'Pupil', '--most-rejected', '200')).err).toContain('LOAD_MALFORMED');
  });

  it('loads a file of several parts; run again, it goes on where it was, and then tells the outcome', async () => {
    const content = csv(Array.from({ length: 130_000 }, (_, at) => row(`D${at}`)).join('\n'));
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const id = await announce(content, { key: `upsert-${sha256}` });
    await create(id, bytes.length);
    await send(id, 0, bytes.subarray(0, 1_000_000));
    const first = await load(content);
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(`^${id} LOADED: 130000 rows, 130000 inserted`)]);
    expect((await load(content)).out).toBe(first.out);
    expect((await load(content, '--mode', 'append', '--json')).out).toContain('"code": "ROWS_INVALID"');
  });
});
