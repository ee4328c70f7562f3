import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';

let folder: string;
let hub: Server;
let url: string;
let asked: { token?: string | undefined; variables: unknown; query: string }[] = [];
let answers: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-versions-'));
  await writeFile(join(folder, 'a.graphql'), 'type Query { a: Int }');
  hub = createServer(async (request, response) => {
    if (request.url === '/readyz')
      return void response.end(JSON.stringify({ ready: true, warnings: { worker: 'none' } }));
    const { query, variables } = (await json(request)) as { query: string; variables: unknown };
    asked.push({ token: request.headers.authorization, variables, query });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { result: answers.shift() } }));
  });
  await new Promise<void>((listening) => hub.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
});
afterAll(async () => {
  hub.closeAllConnections();
  hub.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [asked, answers] = [[], []];
});

/** Runs the compiled command as a user would. */
const sharehub = (args: readonly string[], token = 'a-token'): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATA_DIR: folder, NO_COLOR: '1', SHAREHUB_TOKEN: token };
    const to = args.includes('--hub') ? [] : ['--url', url];
    const command = [resolve('cli/sharehub.js'), ...args, ...to];
    execFile(process.execPath, command, { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
const version = (state: string, found: object[] = []) => ({
  ...{ id: 'V-000001', subgraph: 'a', number: 1, kind: 'SUBMISSION', note: '新增' },
  ...{ state, found },
});
const SUBMIT = ['publish', 'a', '--endpoint', 'https://a.example/', '--note', '新增'];
const sdl = () => ['--sdl', join(folder, 'a.graphql')];

it('publish asks for nothing without a token of a person, or without what it needs', async () => {
  expect(await sharehub([...SUBMIT, ...sdl()], '')).toMatchObject({
    code: 1,
    err: expect.stringContaining('SHAREHUB_TOKEN'),
  });
  expect(await sharehub(SUBMIT)).toMatchObject({ code: 1, err: expect.stringMatching(/^BAD_USER_INPUT: .*--sdl/) });
  expect(await sharehub([...SUBMIT, '--sdl', join(folder, 'no.graphql')])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^BAD_USER_INPUT: .*cannot be read \(ENOENT\)/),
  });
  expect(asked).toEqual([]);
});

it('publish says with exit code 1 what governance or the check refuses', async () => {
  answers = [{ version: null, refusal: { code: 'PERMIT_UNKNOWN', message: 'No permit.', details: null } }];
  expect(await sharehub([...SUBMIT, ...sdl()])).toMatchObject({
    code: 1,
    out: '',
    err: 'PERMIT_UNKNOWN: No permit.\n',
  });
  const found = { code: 'ITEM_REMOVED', severity: 'ERROR', coordinate: 'A.b', message: 'A.b is gone.' };
  const unused = { usage: 'UNKNOWN', uses: [], usesSince: null, operations: [] };
  const refused = version('REFUSED', [{ ...found, ...unused, grants: 2, scenarios: ['tax/arrears'] }]);
  answers = [{ version: version('PENDING'), refusal: null }, version('PENDING'), refused];
  expect(await sharehub([...SUBMIT, ...sdl()])).toMatchObject({
    code: 1,
    out: 'V-000001 a 1 REFUSED: 新增\n  ERROR ITEM_REMOVED: A.b is gone. Live grants: 2 (tax/arrears).\n',
  });
});

it('publish submits the file and waits for the check; --version puts a version in force', async () => {
  answers = [{ version: version('PENDING'), refusal: null }, version('CHECKED')];
  const { code, out } = await sharehub([...SUBMIT, ...sdl(), '--json']);
  expect([code, JSON.parse(out)]).toEqual([0, [version('CHECKED')]]);
  expect(asked[0]).toMatchObject({
    token: 'Bearer a-token',
    variables: { subgraph: 'a', sdl: 'type Query { a: Int }', url: 'https://a.example/', note: '新增' },
  });
  answers = [{ version: version('PUBLISHED'), refusal: null }];
  expect(await sharehub(['publish', '--version', 'V-000001'])).toMatchObject({ code: 0 });
  expect(asked.at(-1)).toMatchObject({
    variables: { id: 'V-000001' },
    query: expect.stringContaining('publishVersion'),
  });
});

it('status lists every page, and rollback submits an earlier version by its number', async () => {
  answers = [
    { nodes: [version('SUPERSEDED')], pageInfo: { hasNextPage: true, endCursor: 'x' } },
    { nodes: [version('PUBLISHED')], pageInfo: { hasNextPage: false, endCursor: null } },
  ];
  expect(await sharehub(['status', 'a'])).toMatchObject({
    code: 0,
    out: 'V-000001 a 1 SUPERSEDED: 新增\nV-000001 a 1 PUBLISHED: 新增\n',
  });
  expect(await sharehub(['rollback', 'a', 'first', '--reason', '有误'])).toMatchObject({ code: 1 });
  answers = [{ version: version('CHECKED'), refusal: null }];
  expect(await sharehub(['rollback', 'a', '1', '--reason', '有误'])).toMatchObject({ code: 0 });
  expect(asked.at(-1)).toMatchObject({ variables: { subgraph: 'a', number: 1, reason: '有误' } });
});

const removed = {
  ...{
    code: 'ITEM_REMOVED',
    severity: 'BREAKING',
    coordinate: 'A.b',
    message: 'A.b is gone | <b>.',
    grants: 0,
    scenarios: [],
  },
  ...{ usage: 'USED', usesSince: '2026-01-01', operations: ['ab'.repeat(32)] },
  uses: [{ department: 'tax', scenario: 'arrears', requests: 7, lastUse: '2026-01-20' }],
};

it('check --version says who used what breaks, with exit code 1, also as a comment for a merge request', async () => {
  answers = [null];
  expect(await sharehub(['check', '--version', 'V-9', '--hub', url])).toMatchObject({ code: 1 });
  answers = [version('CHECKED', [removed])];
  expect(await sharehub(['check', '--version', 'V-000001', '--hub', url])).toMatchObject({
    code: 1,
    out: expect.stringContaining(
      'Recent use: since 2026-01-01: tax/arrears 7 (last 2026-01-20); operations abababababab.',
    ),
  });
  answers = [version('CHECKED', [removed])];
  const { out, code } = await sharehub(['check', '--version', 'V-000001', '--hub', url, '--markdown']);
  expect(code).toBe(1);
  expect(out).toContain('### `a` 1 (V-000001): CHECKED');
  expect(out).toContain(
    '| BREAKING ITEM_REMOVED | `A.b` | A.b is gone \\| \\<b\\>. |  | since 2026-01-01: tax/arrears 7',
  );
  const unknown = { ...removed, usage: 'UNKNOWN', uses: [], operations: [], usesSince: null };
  answers = [version('CHECKED', [unknown])];
  expect(await sharehub(['check', '--version', 'V-000001', '--hub', url])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Recent use: unknown.'),
  });
});

it('retire submits the end of a subgraph with its reason', async () => {
  answers = [{ version: version('CHECKED'), refusal: null }];
  expect(await sharehub(['retire', 'a', '--reason', '停办'])).toMatchObject({ code: 0 });
  expect(asked[0]).toMatchObject({ variables: { subgraph: 'a', reason: '停办' } });
});

it('key rotate says until when the key before holds, and with exit code 1 why it was not rotated', async () => {
  const rotate = ['key', 'rotate', '--subgraph', 'a', '--reason', '例行更换', '--overlap-hours', '2'];
  answers = [
    { key: null, refusal: { code: 'ROTATION_RUNNING', message: 'Wait.' } },
    { key: { subgraph: 'a', number: 1, overlapEndsAt: '2026-12-04T00:00:00.000Z' }, refusal: null },
  ];
  expect(await sharehub(rotate)).toMatchObject({ code: 1, out: '', err: 'ROTATION_RUNNING: Wait.\n' });
  expect(await sharehub(rotate)).toMatchObject({ code: 0, out: expect.stringContaining('until 2026-12-04') });
  expect(asked.map(({ variables }) => variables)).toEqual([
    { subgraph: 'a', reason: '例行更换', overlapHours: 2 },
    { subgraph: 'a', reason: '例行更换', overlapHours: 2 },
  ]);
});

it.each<[string, string, unknown, number]>([
  [
    'a mutation that is refused',
    'mutation { result: endScenario(code: "x") { refusal { code } } }',
    { refusal: { code: 'X' } },
    1,
  ],
  ['a refusal under another name', 'mutation { result: a { why: refusal { code } } }', { why: { code: 'X' } }, 1],
  ['a query for what was refused', '{ result: versions { refusal { code } } }', { refusal: { code: 'X' } }, 0],
])('query ends for %s with the right exit code, and prints the answer', async (_, text, answer, code) => {
  answers = [answer];
  const printed = await sharehub(['query', text]);
  expect([printed.code, JSON.parse(printed.out)]).toEqual([code, { data: { result: answer } }]);
});

it('load says that nobody carries out loads, and waits', async () => {
  const load = (state: string) => ({
    ...{ id: 'L-000001', state, bytes: 4, bytesRead: 0, rowsRead: 0 },
    ...{ counts: null, code: null, message: null, reports: [] },
  });
  answers = [{ load: load('RECEIVED'), refusal: null }, load('RECEIVED'), load('LOADED')];
  await writeFile(join(folder, 'a.csv'), 'a\n1\n');
  const told = await sharehub(['load', join(folder, 'a.csv'), '--subgraph', 'a', '--type', 'A']);
  expect(told).toMatchObject({
    code: 0,
    out: 'L-000001 LOADED\n',
    err: expect.stringContaining('no worker of the hub'),
  });
});
