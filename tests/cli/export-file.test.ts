import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startOpenIdProvider } from '../../shared/openid/open-id-provider.js';
import { ResumableFile } from '../../cli/evidence/resumable-file.js';
import { writeHeader, toLines, type ExportedUse } from '../../cli/evidence/use-text.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-part-'));
  path = join(folder, 'uses.csv');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const use = (more: object = {}): ExportedUse => ({
  ...{ position: '1', department: 'tax', approvals: [], released: [], denied: [], internal: [], rows: [] },
  ...{
    masked: [],
    absent: [],
    unavailable: [],
    filtered: [],
    compared: [],
    aggregated: [],
    sent: [],
    masks: [],
    scopes: [],
    consents: [],
  },
  ...more,
});

describe('an exported file', () => {
  it('holds no formula, whatever a purpose or a name says', () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://x","y")'];
    for (const purpose of evil) {
      const [line] = toLines('csv', [use({ purpose, subjectCount: -1 })]).split('\r\n');
      expect(line).toMatch(/^1,,tax,,,,"?'/);
      expect(line).toContain(',-1,');
    }
    expect(toLines('ndjson', [use({ purpose: '=1+1' })])).toContain('"purpose":"=1+1"');
  });

  it.each(['a\nb', 'a\rb', 'a\r\nb'])('keeps %j within its field', (purpose) => {
    expect(toLines('csv', [use({ purpose })])).toContain(`,"${purpose}",`);
  });

  it('keeps lines, commas and quotes within a field, and lists in one', () => {
    const text = toLines('csv', [
      use({
        purpose: 'a,"b"\nc',
        denied: [
          { coordinate: 'A.b', code: 'NOT_SHARED' },
          { coordinate: 'A.c', code: 'X' },
        ],
      }),
    ]);
    expect(text).toContain('"a,""b""\nc"');
    expect(text).toContain(',A.b=NOT_SHARED;A.c=X,');
    expect(writeHeader('csv', true).startsWith('\u{feff}position,time')).toBe(true);
    expect(writeHeader('ndjson', true)).toBe('');
  });
});

describe('a row of a use', () => {
  it('ends with the consents it rests on, the uses that quotas counted, and what was compared and counted', () => {
    const text = toLines('csv', [
      use({
        approvals: [{ grant: 'G-1', approver: 'a', basis: [], uses: 40 }],
        consents: [
          { consent: 'C-1', item: 'Resident.income' },
          { consent: 'C-0', item: null },
        ],
        compared: [{ coordinate: 'Resident.income' }, { coordinate: 'Resident.faith' }],
        aggregated: [{ coordinate: 'Resident.age' }],
      }),
    ]);
    expect(text).toMatch(/,C-1=Resident.income;C-0,G-1=40,Resident.income;Resident.faith,Resident.age\r\n$/);
    expect(writeHeader('csv', false)).toMatch(/,consents,quotaUses,compared,aggregated\r\n$/);
  });
});

describe('a file that is not whole', () => {
  it('has another name until it is', async () => {
    const file = await ResumableFile.open(path, 'asked', undefined);
    await file.add('one\n', 1, 'c1');
    expect(await readdir(folder)).toEqual(['uses.csv.part', 'uses.csv.part.json']);
    await file.add('two\n', 1, undefined);
    await file.finish();
    expect(await readdir(folder)).toEqual(['uses.csv']);
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('is gone on with behind its last whole page, whatever was written beyond', async () => {
    const first = await ResumableFile.open(path, 'asked', undefined);
    await first.add('one\n', 5, 'c1');
    await first.suspend();
    await writeFile(`${path}.part`, 'one\nhalf of two', { flag: 'w' });
    const again = await ResumableFile.open(path, 'asked', 'c1');
    expect([again.uses, again.after, again.isEmpty]).toEqual([5, 'c1', false]);
    await again.add('two\n', 2, undefined);
    await again.finish();
    expect([await readFile(path, 'utf8'), again.uses]).toEqual(['one\ntwo\n', 7]);
  });

  it.each([
    ['without saying where', 'asked', undefined, /--after c1/],
    ['from another place', 'asked', 'c2', /--after c1/],
    ['with other filters', 'other', 'c1', /other filters/],
  ])('is not gone on with %s', async (_, asked, after, says) => {
    const first = await ResumableFile.open(path, 'asked', undefined);
    await first.add('one\n', 1, 'c1');
    await first.suspend();
    await expect(ResumableFile.open(path, asked, after)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(says),
    });
    expect(await readFile(`${path}.part`, 'utf8')).toBe('one\n');
  });

  it('is not left where it has nothing', async () => {
    await (await ResumableFile.open(path, 'asked', undefined)).suspend();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an export', () => {
  it('that the hub ends says where to go on, and goes on there: each use once', async () => {
    const dataDir = join(folder, 'data');
    const provider = await startOpenIdProvider({
      port: 0,
      dataDir,
      clients: [{ clientId: 'audit-app', name: 'a' }],
      accounts: [],
    });
    const pages = new Map<string | null, object>([
      [null, { uses: { pageInfo: { hasNextPage: true, endCursor: 'c1' }, nodes: [use({ position: '2' })] } }],
      ['c1', { uses: { pageInfo: { hasNextPage: false, endCursor: 'c2' }, nodes: [use({ position: '1' })] } }],
    ]);
    let failing = true;
    const hub = createServer(async (request, response) => {
      const { variables } = (await json(request)) as { variables: { after: string | null; first: number } };
      const fails = failing && variables.after === 'c1';
      response.writeHead(fails ? 503 : 200, { 'content-type': 'application/graphql-response+json' });
      const refusal = { errors: [{ message: 'No storage.', extensions: { code: 'EVIDENCE_UNAVAILABLE' } }] };
      response.end(JSON.stringify(fails ? refusal : { data: pages.get(variables.after) }));
    });
    await new Promise<void>((listening) => hub.listen(0, '127.0.0.1', listening));
    const env = {
      ...process.env,
      DATA_DIR: dataDir,
      OIDC_ISSUER: provider.issuer,
      PORT: String((hub.address() as AddressInfo).port),
    };
    const run = (...more: string[]): Promise<string> =>
      new Promise((done) => {
        const flags = ['--as', 'audit-app', '--format', 'ndjson', '--output', path, ...more];
        const command = [resolve('cli/sharehub.js'), 'evidence', 'export', ...flags];
        execFile(process.execPath, command, { env }, (_, out, err) => done(out + err));
      });
    try {
      expect(await run()).toBe(
        'EVIDENCE_UNAVAILABLE: No storage. 1 use in the unfinished file; go on with --after c1\n',
      );
      expect((await readdir(folder)).sort()).toEqual(['data', 'uses.csv.part', 'uses.csv.part.json']);
      failing = false;
      expect(await run('--after', 'c1')).toBe(`2 uses in ${path}\n`);
      const positions = (await readFile(path, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { position: string }).position);
      expect(positions).toEqual(['2', '1']);
    } finally {
      hub.closeAllConnections();
      hub.close();
      await provider.stop();
    }
  }, 60_000);
});
