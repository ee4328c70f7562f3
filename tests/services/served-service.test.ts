import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { shows } from '../conformance/shows.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import type { ConnectedServices } from '../../shared/services/connected-services.js';
import type { AskSubgraph } from '../../shared/subgraph/testing/index.js';
import { bodyHash, CONTEXT_HEADER, signContext, subgraphKey } from '../../shared/trust/signed-context.js';
import { serviceRows } from '../../subgraphs/declared/services/service-rows.js';
import { DeclaredProcess } from '../declaration/support/declared-process.js';
import { TEST_SECRET } from '../support/subgraph-client.js';
import { openTestServer } from '../support/test-database.js';
import { openServices, registered } from './support/open-services.js';
import { listOf, PUPIL_ROWS, PUPILS, WELL } from './support/pupil-service.js';
import { ServiceServer } from './support/service-server.js';

let server: DatabaseServer;
let service: ServiceServer;
let services: ConnectedServices;
let process: DeclaredProcess;
let ask: AskSubgraph;
const faults: string[] = [];

beforeAll(async () => {
  server = await openTestServer();
  service = await ServiceServer.start();
  services = openServices(faults);
  await services.register([await registered(service.address)]);
  process = await DeclaredProcess.start(server, { sources: [serviceRows(services)] });
  await process.publish(PUPILS);
  await process.declared.follow();
  ask = process.ask(PUPILS);
});
afterAll(async () => {
  await process?.stop();
  await services?.stop();
  await service?.stop();
  await server?.stop();
});
beforeEach(() => {
  service.answer(WELL);
  faults.length = process.faults.length = 0;
});

const pupils = async (numbers: readonly string[], fields = 'studentNumber name') => {
  const answer = await ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Pupil { ${fields} } } }`,
    { variables: { representations: numbers.map((studentNumber) => ({ __typename: 'Pupil', studentNumber })) } },
  );
  return { ...answer, records: (answer.data?._entities ?? []) as (Record<string, unknown> | null)[] };
};

const contextFor = (body: string): string =>
  signContext(
    {
      audience: 'education-gate',
      department: 'housing',
      system: 'housing-app',
      requestId: 'test',
      bodyHash: bodyHash(body),
      id: randomUUID(),
      expiresAt: Math.floor(Date.now() / 1000) + 60,
    },
    subgraphKey(TEST_SECRET, 'education-gate'),
  );

describe('rows of a service', () => {
  it('are asked for in few calls, and given in the order of the keys', async () => {
    shows('QZ-2.3c');
    const numbers = Array.from({ length: 1000 }, (_, at) => `P${1000 - at}`);
    const { records, errors } = await pupils(numbers, 'name');
    expect(errors).toEqual([]);
    expect(service.calls).toHaveLength(3);
    expect(service.calls[0]!.body.ids).toHaveLength(400);
    expect(records[999]).toEqual({ name: '张1' });
    expect(records.filter((record) => record !== null)).toHaveLength(6);
  });

  it('keep every digit, and have the types of their items', async () => {
    service.answer({
      students: () =>
        `{"code":0,"data":{"list":[{"xh":"P1","person":{"sfzh":110101201201010011,"name":"张三"},"card":9007199254740993,
          "score":12345678901234567890.123,"grade":"3","csrq":"2012年1月2日","boarding":"是","rxsj":"2020-09-01 08:00:00","stage":"PRIMARY"}]}}`,
    });
    const { records, errors } = await pupils(
      ['P1'],
      'idNumber cardNumber score grade bornOn boarding enrolledAt stage division',
    );
    expect(errors).toEqual([]);
    expect(records).toEqual([
      {
        idNumber: '110101201201010011',
        cardNumber: '9007199254740993',
        score: '12345678901234567890.123',
        grade: 3,
        bornOn: '2012-01-02',
        boarding: true,
        enrolledAt: '2020-09-01T00:00:00.000Z',
        stage: 'PRIMARY',
        division: null,
      },
    ]);
  });

  it('are asked for with the headers and the credential of the source, and with nothing of the caller', async () => {
    await pupils(['P1']);
    expect(service.calls[0]!.headers).toMatchObject({ 'x-app': 'sharehub', authorization: 'Bearer geheim' });
    expect(JSON.stringify(service.calls)).not.toContain('housing');
  });

  it('that are not there are null, by what the service says of it', async () => {
    const byId = (idNumber: string) =>
      ask('query ($of: [_Any!]!) { _entities(representations: $of) { ... on Pupil { name } } }', {
        variables: { of: [{ __typename: 'Pupil', idNumber }] },
      });
    expect((await byId('110101201201010012')).data).toEqual({ _entities: [{ name: '张2' }] });
    expect(await byId('110101201201010099')).toMatchObject({ data: { _entities: [null] }, errors: [] });
    const { data, errors } = await ask('{ one: school(code: "S1") { name } none: school(code: "S9") { name } }');
    expect({ data, errors }).toEqual({ data: { one: { name: 'S1 学校' }, none: null }, errors: [] });
  });

  it('are cut, scoped and masked before they leave, whatever the service narrows by', async () => {
    const all = '{ pupils(first: 10) { nodes { studentNumber name idNumber } } }';
    const cut = await ask(all, { context: { rows: { Pupil: ['330106'] } } });
    expect(cut.data.pupils.nodes.map((pupil: { studentNumber: string }) => pupil.studentNumber)).toEqual([
      'P4',
      'P5',
      'P6',
    ]);
    const foreign = await ask('{ pupil(studentNumber: "P1") { name } }', { context: { rows: { Pupil: ['330106'] } } });
    expect(foreign.data).toEqual({ pupil: null });
    const scoped = await ask(all, { context: { scopes: { 'Pupil.idNumber': ['330102'] } } });
    expect(scoped.data.pupils.nodes.filter((pupil: { idNumber: string | null }) => pupil.idNumber)).toHaveLength(3);
    expect(new Set(scoped.errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['OUT_OF_SCOPE']));
    const masked = await ask(all, { context: { masks: { 'Pupil.idNumber': 'IDENTITY', 'Pupil.name': 'NAME' } } });
    expect(masked.data.pupils.nodes[0]).toMatchObject({ idNumber: '110101***********1', name: '张*' });
  });

  it('are listed page by page, narrowed by the service', async () => {
    const page = async (after: string | null) =>
      (
        await ask(
          'query ($after: String) { pupils(first: 4, after: $after, schoolCode: null) { nodes { studentNumber } pageInfo { endCursor hasNextPage } } }',
          { variables: { after } },
        )
      ).data.pupils;
    const first = await page(null);
    expect(first.nodes.map((node: { studentNumber: string }) => node.studentNumber)).toEqual(['P1', 'P2', 'P3', 'P4']);
    const second = await page(first.pageInfo.endCursor);
    expect(second).toMatchObject({
      nodes: [{ studentNumber: 'P5' }, { studentNumber: 'P6' }],
      pageInfo: { hasNextPage: false },
    });
    service.answer(WELL);
    const narrowed = await ask('{ pupils(first: 10, division: "330106") { nodes { studentNumber } } }');
    expect(narrowed.data.pupils.nodes).toEqual([
      { studentNumber: 'P4' },
      { studentNumber: 'P5' },
      { studentNumber: 'P6' },
    ]);
    expect(service.calls.map(({ query }) => query)).toEqual([{ district: '330106', page: '1', size: '3' }]);
  });

  it('of a list that never ends are refused, not cut off', async () => {
    service.answer({
      students: ({ query }) =>
        listOf([{ xh: `P${query['page']}a` }, { xh: `P${query['page']}b` }], { total: 1_000_000 }),
    });
    const { errors } = await ask('{ pupils(first: 2) { nodes { studentNumber } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'LIST_TOO_LONG' } }]);
    expect(service.calls).toHaveLength(5);
  });

  it('that refer to a record are asked for together by what refers', async () => {
    const { data, errors } = await ask('{ school(code: "S1") { name pupils { studentNumber } } }');
    expect(errors).toEqual([]);
    expect(data.school.pupils).toEqual([{ studentNumber: 'P1' }, { studentNumber: 'P3' }, { studentNumber: 'P5' }]);
  });

  it('are kept as long as their resource stays the same, and asked for anew where it may change at any time', async () => {
    await ask('{ school(code: "S2") { name } }');
    await ask('{ school(code: "S2") { name } }');
    expect(service.calls.map(({ path }) => path)).toEqual(['/school/S2']);
    await pupils(['P1']);
    await pupils(['P1']);
    expect(service.calls).toHaveLength(3);
    await services.register([await registered(service.address, { id: 'S2' })]);
    await ask('{ school(code: "S2") { name } }');
    expect(service.calls).toHaveLength(4);
  });

  it('are named by no key that would change the path', async () => {
    for (const code of ['..', '.', '', '%2e%2e'])
      expect(
        (await ask('query ($code: String!) { school(code: $code) { name } }', { variables: { code } })).data,
      ).toEqual({
        school: null,
      });
    expect(service.calls.map(({ path }) => path)).toEqual(['/school/%252e%252e']);
    await ask('{ school(code: "../students?x=1#y") { name } }');
    expect(service.calls.at(-1)!.path).toBe('/school/..%2Fstudents%3Fx%3D1%23y');
  });
});

describe('a service that fails or lies', () => {
  const unavailable = [{ extensions: { code: 'SOURCE_UNAVAILABLE' } }];
  const quiet = (text: string) => expect(text).not.toMatch(/127\.0\.0\.1|geheim|ORA-|students|edu-gate/);

  it.each<[string, string, (typeof WELL)[string]]>([
    ['ANSWER_FAILED', 'an error under HTTP 200', () => ({ code: 1, msg: 'ORA-00942 at 10.1.2.3' })],
    ['STATUS_REFUSED', 'HTTP 500', (_, response) => void response.writeHead(500).end('ORA-00942')],
    ['STATUS_REFUSED', 'HTTP 429', (_, response) => void response.writeHead(429).end('slow down')],
    ['SIGN_IN_REFUSED', 'HTTP 401', (_, response) => void response.writeHead(401).end('geheim')],
    ['ANSWER_UNREADABLE', 'a page of HTML', () => '<html>ORA-00942</html>'],
    [
      'ANSWER_UNREADABLE',
      'bytes that are no text',
      (_, response) => void response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
    ],
    ['ROWS_MISSING', 'no rows where they should be', () => ({ code: 0, data: { items: [] } })],
    ['ROWS_MISSING', 'rows that are none', () => listOf(['P1', null])],
    ['KEY_MISSING', 'a row without its key', () => listOf([{ person: null }])],
    ['KEY_FOREIGN', 'rows of other keys', () => listOf(PUPIL_ROWS)],
    ['KEY_DOUBLE', 'a key twice', () => listOf([PUPIL_ROWS[0], PUPIL_ROWS[0]])],
    [
      'REDIRECTED',
      'another address',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['UNREACHABLE', 'a connection that ends', (_, response) => void response.destroy()],
    ['TIMED_OUT', 'nothing at all', () => undefined],
    ['TIMED_OUT', 'the beginning of an answer', (_, response) => void response.write('{"code":0,')],
  ])('makes its items unavailable by %s where it gives %s', async (code, _, answer) => {
    await services.register([]);
    await services.register([await registered(service.address)]);
    faults.length = 0;
    service.answer({ ...WELL, students: answer });
    const { records, errors, text } = await pupils(['P1', 'P2']);
    expect(records).toEqual([null, null]);
    expect(errors).toMatchObject([...unavailable, ...unavailable]);
    expect(faults).toEqual([code]);
    quiet(text);
    expect((await ask('{ school(code: "S1") { name } }')).errors).toEqual([]);
    service.answer(WELL);
    expect((await pupils(['P1'])).errors).toEqual([]);
    expect(faults).toEqual([code, 'none']);
  });

  it('is left alone after five outages in a row, and its other types are not', async () => {
    service.answer({ ...WELL, citizens: (_, response) => void response.writeHead(503).end() });
    const byId = () =>
      ask('{ _entities(representations: [{ __typename: "Pupil", idNumber: "1" }]) { ... on Pupil { name } } }');
    for (let at = 0; at < 6; at++) expect((await byId()).errors).toMatchObject(unavailable);
    expect(service.calls).toHaveLength(5);
    expect(faults).toEqual(['STATUS_REFUSED']);
    expect((await ask('{ school(code: "S1") { name } }')).errors).toEqual([]);
    await services.register([await registered(service.address, { id: 'mended' })]);
    service.answer(WELL);
    expect((await byId()).errors).toEqual([]);
  });

  it('is not read to the end of 200 MB', async () => {
    let sent = 0;
    let isOver: Promise<unknown> | undefined;
    service.answer({
      school: (_, response) => {
        const piece = Buffer.alloc(1_000_000, 32);
        const send = (): void => {
          for (; sent < 200; sent++) if (!response.write(piece)) return void response.once('drain', send);
          response.end('{}');
        };
        isOver = once(response, 'close');
        send();
      },
    });
    const { errors } = await ask('{ school(code: "S3") { name } }');
    expect(errors).toMatchObject(unavailable);
    expect(faults).toEqual(['ANSWER_TOO_LARGE']);
    await isOver;
    expect(sent).toBeLessThan(100);
  });

  it('that gives one wrong value makes that value unavailable, and it alone', async () => {
    service.answer({
      students: () =>
        listOf([{ ...PUPIL_ROWS[0]!, grade: 'drei', stage: 'X', csrq: '2012-02-30', score: {} }, PUPIL_ROWS[1]]),
    });
    const { records, errors } = await pupils(['P1', 'P2'], 'name grade stage bornOn score');
    expect(records).toEqual([
      { name: '张1', grade: null, stage: null, bornOn: null, score: null },
      { name: '张2', grade: 2, stage: 'JUNIOR', bornOn: '2012-01-01', score: '98.5' },
    ]);
    expect(errors).toHaveLength(4);
    expect(errors).toMatchObject([...unavailable, ...unavailable, ...unavailable, ...unavailable]);
    service.answer({ students: () => listOf([{ ...PUPIL_ROWS[0]!, person: { name: ['张三'] } }]) });
    const masked = await ask('{ pupil(studentNumber: "P1") { name } }', {
      context: { masks: { 'Pupil.name': 'NAME' } },
    });
    expect(masked).toMatchObject({ data: { pupil: { name: null } }, errors: unavailable });
  });

  it('that gives a row no division gives it to nobody whose rows are cut', async () => {
    service.answer({ students: () => listOf([{ ...PUPIL_ROWS[0]!, xzqh: ['330102'] }]) });
    const { data } = await ask('{ pupil(studentNumber: "P1") { name } }', { context: { rows: { Pupil: ['330102'] } } });
    expect(data).toEqual({ pupil: null });
  });

  it('is called no longer once its caller has gone', async () => {
    const begun = Promise.withResolvers<ServerResponse>();
    service.answer({ students: (_, response) => begun.resolve(response) });
    const leaving = new AbortController();
    const body = JSON.stringify({ query: '{ pupil(studentNumber: "P1") { name } }' });
    const asked = fetch(process.urlOf(PUPILS), {
      method: 'POST',
      headers: { 'content-type': 'application/json', [CONTEXT_HEADER]: contextFor(body) },
      body,
      signal: leaving.signal,
    }).catch(() => undefined);
    const response = await begun.promise;
    const closed = once(response, 'close');
    leaving.abort();
    await asked;
    await closed;
    expect(faults).toEqual([]);
  });

  it('is called only where the operator admits its address, and as it is registered', async () => {
    for (const [more, code] of [
      [{ address: 'http://[::1]:9/' }, 'ADDRESS_REFUSED'],
      [{ address: 'http://user@127.0.0.1/' }, 'ADDRESS_REFUSED'],
      [{ address: 'ftp://127.0.0.1/' }, 'ADDRESS_REFUSED'],
      [{ tls: 'VERIFIED' as const }, 'TLS_FAILED'],
      [{ credential: 'sealed by another hub' }, 'CREDENTIAL_UNREADABLE'],
    ] as const) {
      faults.length = 0;
      await services.register([await registered(service.address, { id: JSON.stringify(more), ...more })]);
      expect((await pupils(['P1'])).errors).toMatchObject(unavailable);
      expect(faults).toEqual([code]);
      expect(service.calls).toEqual([]);
    }
    await services.register([await registered(service.address)]);
  });
});
