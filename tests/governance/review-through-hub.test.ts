import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeApplicationFiles } from '../../subgraphs/governance/application/index.js';
import { startSystem, type Loose, type Reply, type System } from '../support/system.js';

let hub: System;
beforeAll(async () => {
  hub = await startSystem();
}, 120_000);
afterAll(() => hub.stop(), 60_000);

const CODE = '103003/000001';
const PLACES = '{ places(first: 1) { nodes { name } } }';
const codes = ({ errors = [] }: Reply) => errors.map(({ extensions }) => extensions['code'] as string);

async function act(name: string): Promise<void> {
  const { data } = await hub.ask(
    'data-bureau-console',
    `{ catalogueResources(code: "${CODE}") { nodes { version } } }`,
  );
  const { version } = data!['catalogueResources'].nodes[0];
  const done = await hub.ask(
    'data-bureau-console',
    `mutation { ${name}(code: "${CODE}", version: ${version}, reason: "核查") { resource { state } refusal { code } } }`,
    { person: 'wang.min' },
  );
  expect(done.data![name].refusal).toBeNull();
}

it('takes an entry out of force for every department with the next query, its own provider excepted, and back', async () => {
  expect((await hub.ask('tax-app', PLACES)).data!['places'].nodes).toHaveLength(1);
  await act('suspendResource');
  hub.forget();
  const refused = await hub.ask('tax-app', PLACES);
  expect([refused.status, refused.data!['places'].nodes[0].name, codes(refused)]).toEqual([
    200,
    null,
    ['NOT_PUBLISHED'],
  ]);
  expect(refused.errors![0]!.extensions).toMatchObject({
    item: 'Place.name',
    provider: 'civil-affairs',
    resource: CODE,
  });
  expect(new Set(hub.received.flatMap(({ fields }) => fields))).not.toContain('Place.name');
  expect(codes(await hub.ask('civil-affairs-app', PLACES))).toEqual([]);
  const explained = await hub.ask('tax-app', PLACES, { endpoint: '/explain' });
  expect(explained.data!['items'].at(-1)).toMatchObject({
    coordinate: 'Place.name',
    code: 'NOT_PUBLISHED',
    rule: 'not-published',
  });
  await act('resumeResource');
  expect(codes(await hub.ask('tax-app', PLACES))).toEqual([]);
});

it('gives nothing of what a provider publishes past the review: a stricter entry holds against a laxer schema', async () => {
  await hub.governance.query(`update published_item set share_type = 'CONDITIONAL' where coordinate = 'Place.name'`);
  // The change is committed behind the hub's back, so it is seen when the database says so, within the lease.
  const deadline = Date.now() + 10_000;
  while (codes(await hub.ask('tax-app', PLACES)).length === 0 && Date.now() < deadline);
  expect(codes(await hub.ask('tax-app', PLACES, { scenario: 'tax-credit-review' }))).toEqual(['GRANT_REQUIRED']);
});

describe('a file of an application', () => {
  const PDF = Buffer.from('%PDF-1.7\n审核依据\n%%EOF\n');
  let application: string;
  const announce = async (system: string, by: string, content: Buffer, more: Record<string, unknown> = {}) => {
    const file = {
      ...{ fileName: '依据.pdf', mediaType: 'application/pdf', bytes: content.length },
      ...{ sha256: createHash('sha256').update(content).digest('hex'), ...more },
    };
    const { data } = await hub.ask(
      system,
      `mutation ($file: ApplicationFileInput!) { made: attachToApplication(application: "${application}", file: $file) {
         file { id state address } refusal { code } } }`,
      { person: by, variables: { file } },
    );
    return data!['made'];
  };
  const call = async (system: string, by: string, method: string, path: string, headers = {}, body?: Buffer) =>
    fetch(hub.url + path, {
      method,
      headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${await hub.token(system, by)}`, ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
  const upload = async (id: string, content: Buffer, by = 'li.na') => {
    const created = await call('housing-app', by, 'POST', '/application-files', {
      'upload-length': String(content.length),
      'upload-metadata': `file ${Buffer.from(id).toString('base64')}`,
    });
    if (created.status !== 201) return created.status;
    const part = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    return (await call('housing-app', by, 'PATCH', `/application-files/${id}`, part, content)).status;
  };
  const download = async (system: string, by: string, { address }: Loose) =>
    (await call(system, by, 'GET', address)).status;
  const seen = async (system: string, by: string): Promise<Loose> =>
    (await hub.ask(system, `{ application(id: "${application}") { files { id state } } }`, { person: by })).data![
      'application'
    ]?.files;
  const take = () =>
    takeApplicationFiles({
      database: hub.governance,
      folder: join(hub.folder, 'loads', 'application-files'),
      now: Date.now(),
    });
  const change = (sql: string) =>
    hub.governance.query(`update share_application set ${sql} where id = $1`, [application]);

  it('is a PDF or a picture of some megabytes, of the department that applies, while the application is open', async () => {
    const { data } = await hub.ask(
      'housing-app',
      'mutation { startApplication(input: { scenario: "public-rental-review" }) { application { id } } }',
      { person: 'li.na' },
    );
    application = data!['startApplication'].application.id;
    const codeOf = async (...args: Parameters<typeof announce>) => (await announce(...args)).refusal?.code;
    expect(await codeOf('housing-app', 'li.na', PDF, { mediaType: 'text/html' })).toBe('FILE_UNFIT');
    expect(await codeOf('housing-app', 'li.na', PDF, { bytes: 10_000_001 })).toBe('FILE_UNFIT');
    expect(await codeOf('public-security-app', 'zhao.lei', PDF)).toBe('APPLICATION_UNKNOWN');
    await change(`visible_to = '{housing,public-security,*authority,*auditor}'`);
    expect(await codeOf('public-security-app', 'zhao.lei', PDF)).toBe('NOT_ENTITLED');
    await change(`form = form || '{"special": true}'`);
    expect(await codeOf('housing-app', 'li.na', PDF)).toBe('NOT_ENTITLED');
    await change(`form = form - 'special', closed_at = now()`);
    expect(await codeOf('housing-app', 'li.na', PDF)).toBe('FINAL');
    await change('closed_at = null');
  });

  it('is handed out once it was looked at, to the parties alone, and its act is recorded', async () => {
    const { file } = await announce('housing-app', 'li.na', PDF);
    expect((await announce('housing-app', 'li.na', PDF)).file.id).toBe(file.id);
    expect(await upload(file.id, PDF, 'housing.contact')).toBe(404);
    expect(await upload(file.id, PDF)).toBe(204);
    expect(await download('housing-app', 'li.na', file)).toBe(404);
    expect(await take()).toBe(1);
    for (const [system, by, status] of [
      ['housing-app', 'li.na', 200],
      ['public-security-app', 'zhao.lei', 200],
      ['data-bureau-console', 'xu.fang', 200],
      ['audit-app', 'he.shen', 404],
      ['civil-affairs-app', 'chen.jing', 404],
    ] as const)
      expect([by, await download(system, by, file)]).toEqual([by, status]);
    expect(await seen('public-security-app', 'zhao.lei')).toEqual([{ id: file.id, state: 'STORED' }]);
    expect(await seen('audit-app', 'he.shen')).toEqual([]);
    expect(await seen('civil-affairs-app', 'chen.jing')).toBeUndefined();
    const { data } = await hub.ask(
      'audit-app',
      '{ acts(filter: { act: ATTACH_TO_APPLICATION }) { nodes { object } } }',
      {
        person: 'he.shen',
      },
    );
    expect(data!['acts'].nodes).toEqual([{ object: `application/${application}` }]);
  });

  it('that is not what was announced is deleted', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    const { file } = await announce('housing-app', 'li.na', page);
    expect(await upload(file.id, page)).toBe(204);
    expect(await take()).toBe(1);
    expect(await download('housing-app', 'li.na', file)).toBe(404);
    expect(await readdir(join(hub.folder, 'loads', 'application-files'))).toHaveLength(1);
  });
});
