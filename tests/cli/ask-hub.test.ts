import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import { askHub } from '../../cli/ask-hub.js';
import { explanationTable } from '../../cli/explanation-table.js';
import { startOpenIdProvider, type OpenIdProvider } from '../../shared/openid/open-id-provider.js';

// Each call is a process of its own.
jest.setTimeout(60_000);
const COMMAND = resolve('cli/sharehub.js');

interface Ran {
  code: number;
  out: string;
  err: string;
}
let dataDir: string;
let hub: Server;
let provider: OpenIdProvider;
let env: Record<string, string>;
let asked: { path?: string; scenario?: unknown; body?: unknown; client?: unknown }[] = [];
let answer: { status: number; body: unknown };

/** Runs the compiled command as a user would. */
const sharehub = (args: readonly string[], more: Record<string, string> = {}): Promise<Ran> =>
  new Promise((done) => {
    execFile(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env, ...more } }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sharehub-cli-'));
  const clients = ['housing-app', 'police-app'].map((clientId) => ({ clientId, name: clientId }));
  provider = await startOpenIdProvider({ port: 0, dataDir, clients, accounts: [] });
  hub = createServer(async (request, response) => {
    const client = decodeJwt(request.headers.authorization!.slice('Bearer '.length)).client_id;
    asked.push({ path: request.url, scenario: request.headers['share-scenario'], body: await json(request), client });
    response.writeHead(answer.status, { 'content-type': 'application/graphql-response+json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((listening) => hub.listen(0, '127.0.0.1', listening));
  env = {
    DATA_DIR: dataDir,
    OIDC_ISSUER: provider.issuer,
    PORT: String((hub.address() as AddressInfo).port),
    NO_COLOR: '1',
  };
});
afterAll(async () => {
  await provider.stop();
  hub.closeAllConnections();
  hub.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** One line with its code, on standard error only. */
const refusal = (code: string, ...words: string[]) => ({
  code: 1,
  out: '',
  err: expect.stringMatching(new RegExp(`^${code}: [^\\n]*${words.join('[^\\n]*')}[^\\n]*\\n$`)),
});

describe('sharehub', () => {
  it('says in one line what is wrong, with the code, and never shows a stack', async () => {
    asked = [];
    const unknown = ['--as', 'ghost'];
    const known = ['--as', 'housing-app'];
    const [system, unstarted, noHub, noProvider, setting] = await Promise.all([
      sharehub(['token', ...unknown]),
      sharehub(['token', ...known], { DATA_DIR: join(dataDir, 'empty') }),
      sharehub(['query', ...known, '{ a }'], { PORT: '1' }),
      sharehub(['token', ...known], { OIDC_ISSUER: 'http://127.0.0.1:1' }),
      sharehub(['token', ...known], { PORT: 'http' }),
    ]);
    expect(system).toEqual(refusal('CALLER_UNKNOWN', 'ghost', 'housing-app, police-app'));
    expect(unstarted).toEqual(refusal('NOT_READY', 'npm start'));
    expect(noHub).toEqual(refusal('NOT_READY', 'npm start'));
    expect(noProvider).toEqual(refusal('NOT_READY', 'npm start'));
    expect(setting).toEqual(refusal('CONFIG_INVALID', 'PORT'));
    expect(asked).toEqual([]);
  });

  it('checks what was typed before it asks anybody', async () => {
    const question = { as: 'housing-app', query: '{ a }' };
    const bad = { variables: ['{"a":', '[1]', '1', 'null'], url: ['hub', 'ftp://hub'], scenario: ['a\r\nb', '', '租'] };
    for (const [option, values] of Object.entries(bad)) {
      for (const value of values) {
        const message = expect.stringMatching(new RegExp(`^--${option} [^\\n]*$`));
        const asking = askHub('/graphql', { ...question, [option]: value });
        await expect(asking).rejects.toMatchObject({ code: 'BAD_USER_INPUT', message });
      }
    }
  });

  it('says how it is used when it is used wrongly', async () => {
    const [nothing, option, command] = await Promise.all([
      sharehub(['query', '{ a }']),
      sharehub(['token', '--as', 'police-app', '--for', 'x']),
      sharehub(['tokn']),
    ]);
    expect(nothing).toMatchObject({ code: 1, err: expect.stringMatching(/^CALLER_UNKNOWN: .*--person.*--as/) });
    expect(option).toMatchObject({ code: 1, err: expect.stringContaining("unknown option '--for'") });
    expect(command).toMatchObject({ code: 1, err: expect.stringContaining('Did you mean token?') });
  });

  it('token prints a token of the system and nothing else', async () => {
    const { code, out } = await sharehub(['token', '--as', 'police-app']);
    expect(code).toBe(0);
    expect(decodeJwt(out.trim())).toMatchObject({
      client_id: 'police-app',
      aud: 'urn:sharehub:hub',
      iss: provider.issuer,
    });
  });

  it('query prints the answer, and its exit code says whether there is one', async () => {
    asked = [];
    const partial = { data: { a: null }, errors: [{ message: 'no', extensions: { code: 'GRANT_REQUIRED' } }] };
    answer = { status: 200, body: partial };
    const given = await sharehub([
      'query',
      '--as',
      'housing-app',
      '--scenario',
      'rent',
      '--variables',
      '{"x":1}',
      'query($x: Int) { a(x: $x) }',
    ]);
    expect(given.code).toBe(0);
    expect(JSON.parse(given.out)).toEqual(partial);
    expect(asked).toEqual([
      {
        path: '/graphql',
        scenario: 'rent',
        client: 'housing-app',
        body: { query: 'query($x: Int) { a(x: $x) }', variables: { x: 1 } },
      },
    ]);
    answer = { status: 400, body: { errors: [{ message: 'bad' }] } };
    const refused = await sharehub(['query', '--as', 'housing-app', '{ b }']);
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('"bad"') });
    answer = { status: 502, body: '<html>' };
    expect(await sharehub(['query', '--as', 'housing-app', '{ b }'])).toEqual(refusal('NOT_READY', 'not a hub'));
  });

  it('explain prints a table, or says why there is none', async () => {
    asked = [];
    const items = [{ coordinate: 'R.a', path: 'r.a', shareType: 'NOT_SHARED', decision: 'DENY', why: 'no', rule: 'x' }];
    answer = { status: 200, body: { data: { caller: { department: 'housing', system: 'housing-app' }, items } } };
    const table = await sharehub(['explain', '--as', 'housing-app', '{ r { a } }']);
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/^housing-app of housing, no scenario: 1 items, 1 denied\n┌/);
    expect(asked[0]!.path).toBe('/explain');
    const raw = await sharehub(['explain', '--json', '--as', 'housing-app', '{ r { a } }']);
    expect(JSON.parse(raw.out)).toMatchObject({ items });
    answer = { status: 403, body: { errors: [{ message: 'Not yours.', extensions: { code: 'SCENARIO_UNKNOWN' } }] } };
    expect(await sharehub(['explain', '--as', 'housing-app', '{ r }'])).toEqual(
      refusal('SCENARIO_UNKNOWN', 'Not yours'),
    );
  });
});

describe('the table of an explanation', () => {
  const wide = (text: string) => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);
  const item = {
    coordinate: 'Resident.phone',
    path: 'resident.phone',
    title: '联系电话',
    shareType: 'CONDITIONAL',
    decision: 'DENY' as const,
    code: 'GRANT_REQUIRED',
    why: '履行公租房保障资格审核职责所必需，且经数据提供部门审核同意后方可使用。No grant of scenario rent covers it.',
    todo: 'apply',
  };

  it('is aligned in Chinese, loses no word, and keeps to the width of the terminal', () => {
    const text = explanationTable({ caller: null, scenario: null, items: [item] }, 110, false);
    const [, ...lines] = text.split('\n');
    expect(new Set(lines.map(wide))).toEqual(new Set([110]));
    const column = lines.map((line) => line.split('│')[4]?.trim() ?? '').join('');
    expect(column.replaceAll(' ', '')).toContain(item.why.replaceAll(' ', ''));
  });

  it('stays readable in a narrow terminal and without items', () => {
    expect(explanationTable({ caller: null, scenario: 'rent', items: [item] }, 20, true)).toContain('GRANT_REQUIRED');
    expect(explanationTable({ caller: null, scenario: 'rent', items: [] }, 80, false)).toContain('0 items');
  });
});
