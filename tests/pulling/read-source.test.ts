import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { readSource, type PullOrder, type PullSources } from '../../shared/pulling/read-source.store.js';
import { writeRows } from '../../shared/pulling/write-rows.js';
import { ConnectedSources } from '../../shared/sources/connected-sources.js';
import { openServices, registered } from '../services/support/open-services.js';
import { ServiceServer } from '../services/support/service-server.js';
import { createPostgreSql, HOSTS, type SourceDatabase } from '../sources/support/source-database.js';
import { KEYS, sealed } from '../sources/support/watched-source.js';
import { FROM_DATABASE, FROM_SERVICE, FROM_SERVICE_CHANGED, pulledPupils } from './support/pulled-declaration.js';

let folder: string;
let service: ServiceServer;
let database: SourceDatabase;
let sources: PullSources;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulls-'));
  service = await ServiceServer.start();
  database = await createPostgreSql();
  const timeZone = 'Asia/Shanghai';
  sources = {
    services: openServices(),
    databases: new ConnectedSources({ hosts: HOSTS, keys: KEYS, timeZone }),
    timeZone,
  };
  await sources.services.register([await registered(service.address)]);
  await sources.databases.register([await sealed(database.source)]);
});
afterAll(async () => {
  await sources?.services.stop();
  await sources?.databases.stop();
  await database?.drop();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const orderOf = (pull: string, since?: number): PullOrder => {
  const type = parseDeclaration(pulledPupils(pull)).declaration!.types['Pupil']!;
  return { department: 'education', name: 'Pupil', type, pull: type.from.hosted!.pull!, since };
};

/** Pulls into a file. */
async function pull(order: PullOrder, mostBytes = 10_000_000) {
  const file = join(folder, 'pulled');
  const written = await writeRows(file, readSource(sources, order, AbortSignal.timeout(20_000)), {
    watermark: order.pull.watermark?.item,
    timeZone: sources.timeZone,
    mostBytes,
  });
  const text = await readFile(file, 'utf8');
  expect(written).toMatchObject({
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  });
  return { ...written, lines: text.trim().split('\n') };
}

describe('a pull from a service', () => {
  it('reads page after page, with every digit, and leaves what is wrong to the loader', async () => {
    service.answer({
      pupils: ({ query }) =>
        query['p'] === '1'
          ? `{"code":0,"data":[{"xh":110101201201010011,"xm":"张三","card":12345678901234567890.10,"gxsj":"2026-01-02 08:00:00"},{"xh":"P2","csrq":"20120230"}]}`
          : query['p'] === '2'
            ? { code: 0, data: [{ xh: 'P3', xm: ['a'] }] }
            : { code: 0, data: [] },
    });
    const { rows, lines, latest } = await pull(orderOf(FROM_SERVICE));
    expect(rows).toBe(3);
    expect(latest).toBeUndefined();
    expect(lines).toEqual([
      '{"number":"110101201201010011","name":"张三","card":"12345678901234567890.10","bornOn":null,"changed":"2026-01-02T00:00:00.000Z"}',
      '{"number":"P2","name":null,"card":null,"bornOn":"20120230","changed":null}',
      '{"number":"P3","name":["a"],"card":null,"bornOn":null,"changed":null}',
    ]);
  });

  it('asks for what was changed since, in the time zone of the hub, and knows the last change', async () => {
    service.answer({
      pupils: ({ query }) => ({
        code: 0,
        data:
          query['p'] === '1'
            ? [
                { xh: 'P1', gxsj: '2026-01-03 08:00:00' },
                { xh: 'P2', gxsj: '2026-01-02 08:00:00' },
              ]
            : [],
      }),
    });
    const { latest } = await pull(orderOf(FROM_SERVICE_CHANGED, Date.parse('2026-01-01T16:30:00Z')));
    expect(service.calls[0]!.query).toEqual({ p: '1', since: '2026-01-02 00:30:00' });
    expect(latest).toBe(Date.parse('2026-01-03T00:00:00Z'));
    await pull(orderOf(FROM_SERVICE_CHANGED));
    expect(service.calls.at(-1)!.query).not.toHaveProperty('since');
  });

  it('ends with the fault of the service, or where its rows are too many', async () => {
    service.answer({ pupils: ({ query }) => (query['p'] === '1' ? { code: 0, data: [{ xh: 'P1' }] } : { code: 7 }) });
    await expect(pull(orderOf(FROM_SERVICE))).rejects.toMatchObject({ code: 'ANSWER_FAILED' });
    let page = 0;
    service.answer({ pupils: () => ({ code: 0, data: [{ xh: `P${page++}` }] }) });
    await expect(pull(orderOf(FROM_SERVICE), 1_000)).rejects.toThrow(RangeError);
  });
});

describe('a pull from a database', () => {
  it('reads all rows, statement by statement, in the order of the key', async () => {
    await database.owner(
      'create table pupil (xh text primary key, xm text, card numeric, csrq date, gxsj timestamptz)',
    );
    await database.owner(
      `insert into pupil select 'P' || n, '学生' || n, 12345678901234567890.5, '2012-01-31', '2026-01-01T00:00:00Z' from generate_series(1, 12000) as n`,
    );
    await database.grant('pupil');
    const { rows, lines } = await pull(orderOf(FROM_DATABASE));
    expect(rows).toBe(12_000);
    expect(new Set(lines).size).toBe(12_000);
    expect(lines).toContain(
      '{"number":"P7","name":"学生7","card":"12345678901234567890.5","bornOn":"2012-01-31","changed":"2026-01-01T00:00:00.000Z"}',
    );
  });

  it('ends with a fault where the source cannot be read', async () => {
    const order = orderOf(FROM_DATABASE.replace('table: pupil', 'table: nothing'));
    await expect(pull(order)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', cause: { code: 'TABLE_MISSING' } });
  });
});

describe('a declaration of a pull', () => {
  it.each([
    [FROM_SERVICE.replace('DAILY', 'SOMETIMES'), /PULL_UNFIT .*every: must be HOURLY/],
    [FROM_SERVICE.replace('every: DAILY', "every: '* * * * *'"), /PULL_UNFIT .*at most twelve times an hour/],
    [`${FROM_SERVICE}, database: front-machine`, /PULL_UNFIT .*must name one source/],
    ['every: DAILY', /PULL_UNFIT .*must name one source/],
    ['every: DAILY, database: front-machine', /PULL_UNFIT .*table: and `database` belong together/],
    ['every: DAILY, database: front-machine, table: "select 1"', /DECLARATION_MALFORMED .*never a query/],
    [FROM_SERVICE.replace('success: { at: /code, is: [0] }, ', ''), /SERVICE_UNFIT .*must say `success`/],
    [
      FROM_SERVICE.replace(
        "path: /pupils, query: { p: '{$page}' }",
        "by: [number], path: '/pupils/{number}', query: { p: '{$page}' }",
      ),
      /PULL_UNFIT .*one call that lists all rows/,
    ],
    [FROM_SERVICE_CHANGED.replace(', mode: upsert', ''), /PULL_UNFIT .*mode: must be `upsert`/],
    [
      FROM_SERVICE_CHANGED.replace('item: changed', 'item: name'),
      /PULL_UNFIT .*watermark.item: must be an item that is a Date or DateTime/,
    ],
    [FROM_SERVICE_CHANGED.replace(", since: '{$since}'", ''), /PULL_UNFIT .*needs {\$since}/],
    [
      FROM_SERVICE.replace("p: '{$page}'", "p: '{$page}', since: '{$since}'"),
      /PULL_UNFIT .*{\$since} needs a `watermark`/,
    ],
  ])('is refused with %j', (pull, message) => {
    const { problems = [] } = parseDeclaration(pulledPupils(pull));
    expect(problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toContainEqual(
      expect.stringMatching(message),
    );
  });
});
