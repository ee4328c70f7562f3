import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseDeclaration } from '../../shared/declaration/index.js';
import type { Condition } from '../../shared/services/condition.js';
import { meets, readQuestion } from '../../shared/services/condition.js';
import type { ConnectedServices } from '../../shared/services/connected-services.js';
import type { ServiceRow } from '../../shared/services/service-type.js';
import { toServiceType } from '../../shared/services/to-service-type.js';
import { openServices, registered } from './support/open-services.js';
import { ServiceServer, type Answer } from './support/service-server.js';

let service: ServiceServer;
let services: ConnectedServices;

beforeAll(async () => {
  service = await ServiceServer.start();
  services = openServices();
  await services.register([await registered(service.address)]);
});
afterAll(async () => {
  await services.stop();
  await service.stop();
});

/** A type with the given calls, as a declaration has it. */
function open(calls: string, more = '') {
  const text = `version: 1
subgraph: gate
department: education
types:
  Thing:
    title: 物
    resource: { code: 301001/000012 }
    share: { type: UNCONDITIONAL }
    from: { service: edu-gate, success: status, calls: [${calls}, { by: [id], path: '/one/{id}' }, { by: [other], path: '/other/{other}' }], ${more} }
    keys: [[id], [other]]
    items: { id: { title: 号, required: true }, other: { title: 另号 }, kind: { title: 类 }, note: { title: 注 } }
`;
  const { declaration, problems } = parseDeclaration(text);
  expect(problems).toBeUndefined();
  const type = declaration!.types['Thing']!;
  return services.rows({ department: 'education', name: 'edu-gate' }, toServiceType('Thing', type, type.from));
}

const find = (rows: ReturnType<typeof open>, where: Condition, enough?: number): Promise<ServiceRow[]> =>
  rows.find(readQuestion(where), {
    wanted: new Set(['id', 'kind', 'note']),
    keep: (row) => meets(where, row),
    ...(enough !== undefined && { enough }),
  });
const idsOf = (rows: readonly ServiceRow[]) => rows.map(({ id }) => id);
const THINGS = Array.from({ length: 25 }, (_, at) => ({
  id: `T${String(at).padStart(2, '0')}`,
  kind: at % 2 ? 'a' : 'b',
}));

describe('a call', () => {
  it('of one key at a time is made a few at once', async () => {
    let open_ = 0;
    let most = 0;
    service.answer({
      things: ({ path }, response) => {
        most = Math.max(most, ++open_);
        setImmediate(() => {
          open_--;
          response.end(JSON.stringify({ id: path.split('/')[2], note: 'x' }));
        });
      },
    });
    const rows = open(`{ by: [id], path: '/things/{id}' }`, 'callsAtOnce: 3');
    const found = await find(rows, { id: { $in: THINGS.map(({ id }) => id) } });
    expect(idsOf(found)).toEqual(idsOf(THINGS));
    expect(service.calls).toHaveLength(25);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('of many keys in its line is split before the line is too long', async () => {
    service.answer({ things: ({ query }) => query['ids']!.split(',').map((id) => ({ id })) });
    const rows = open(`{ by: [id], most: 1000, path: /things, query: { ids: '{id}' } }`);
    const ids = Array.from({ length: 500 }, (_, at) => `${'学'.repeat(5)}${at}`);
    expect(await find(rows, { id: { $in: [...ids, 'a,b'] } })).toHaveLength(500);
    expect(service.calls.length).toBeGreaterThan(3);
    expect(service.calls.length).toBeLessThan(10);
    expect(service.calls.every(({ query }) => !query['ids']!.includes('a,b'))).toBe(true);
  });

  it('reads answers in GBK, and none in a character set that is not known', async () => {
    const answer =
      (type: string): Answer =>
      (_, response) =>
        void response
          .writeHead(200, { 'content-type': type })
          .end(Buffer.concat([Buffer.from('{"id":"T1","note":"'), Buffer.from([0xd1, 0xa7]), Buffer.from('"}')]));
    const rows = open(`{ by: [id], path: '/things/{id}' }`);
    service.answer({ things: answer('application/json; charset=GBK') });
    expect(await find(rows, { id: 'T1' })).toMatchObject([{ note: '学' }]);
    service.answer({ things: answer('application/json; charset=utf-7') });
    await expect(find(rows, { id: 'T1' })).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });

  it('sends the credential as the declaration says, and in no other way', async () => {
    service.answer({ things: () => ({ id: 'T1' }) });
    const call = `{ by: [id], path: '/things/{id}', query: { appKey: mine } }`;
    for (const [way, sent] of [
      ['{ header: X-Key }', { headers: { 'x-key': 'geheim' }, query: { appKey: 'mine' } }],
      ['{ query: secret }', { query: { appKey: 'mine', secret: 'geheim' } }],
      ['basic', { headers: { authorization: `Basic ${Buffer.from(':geheim').toString('base64')}` } }],
    ] as const) {
      await find(open(call, `credential: ${way}`), { id: 'T1' });
      expect(service.calls.at(-1)).toMatchObject(sent);
    }
    expect(service.calls.slice(0, 2).every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it('takes no condition for met that it does not know', () => {
    expect(() => meets({ id: { $re: 'T' } }, { id: 'T' })).toThrow('$re');
    expect(() => meets({ $not: { id: 'T' } }, { id: 'T' })).toThrow('$not');
    expect(() => meets({ id: { $like: '%T' } }, { id: 'T' })).toThrow('beginning');
  });
});

describe('a call by XML', () => {
  const SOAP = `{ by: [id], method: POST, path: /soap, soapAction: 'urn:find', rows: /Envelope/Body/findResponse/return,
    xml: '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><find><id>{id}</id></find></s:Body></s:Envelope>' }`.replaceAll(
    '\n',
    ' ',
  );
  const envelope = (content: string) =>
    `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:findResponse xmlns:ns2="urn:x">${content}</ns2:findResponse></soap:Body></soap:Envelope>`;
  const answers = (text: string): Record<string, Answer> => ({
    soap: (_, response) => void response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(text),
  });

  it('asks with the value as text, and reads rows by the names of elements', async () => {
    service.answer(
      answers(envelope('<return><id>9007199254740993&lt;</id><kind>学</kind><note><![CDATA[a & b]]></note></return>')),
    );
    const found = await find(open(SOAP), { id: '9007199254740993<' });
    expect(found).toEqual([{ id: '9007199254740993<', kind: '学', note: 'a & b' }]);
    expect(service.calls[0]).toMatchObject({
      method: 'POST',
      headers: { soapaction: '"urn:find"', 'content-type': 'text/xml; charset=utf-8' },
    });
    expect(service.calls[0]!.body).toContain('<id>9007199254740993&#60;</id>');
    service.answer(answers(envelope('')));
    await expect(find(open(SOAP), { id: 'T1' })).resolves.toEqual([]);
  });

  it('has rows where an element comes several times, and no other', async () => {
    service.answer(
      answers(
        envelope('<return><id>T1</id></return><return><id>T2</id><note xsi:nil="true" xmlns:xsi="urn:i"/></return>'),
      ),
    );
    await expect(find(open(SOAP), { id: 'T1' })).rejects.toMatchObject({ code: 'KEY_FOREIGN' });
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['no XML', '{"id":"T1"}'],
    ['half of it', envelope('').slice(0, 80)],
    ['a hundred levels', '<a>'.repeat(200) + '</a>'.repeat(200)],
  ])('refuses an answer that is %s', async (_, text) => {
    service.answer(answers(text));
    await expect(find(open(SOAP), { id: 'T1' })).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });
});

describe('pages of a service', () => {
  const all = (rows: ReturnType<typeof open>, enough?: number) => find(rows, { $and: [] }, enough);

  it.each<[string, string, Answer]>([
    [
      'number, from 0',
      `pages: { by: number, size: 10, first: 0 }, query: { p: '{$page}', n: '{$size}' }`,
      ({ query }) => THINGS.slice(Number(query['p']) * 10, Number(query['p']) * 10 + 10),
    ],
    [
      'offset, where the service gives fewer than it is asked for',
      `pages: { by: offset, size: 10 }, query: { from: '{$offset}' }`,
      ({ query }) => THINGS.slice(Number(query['from']), Number(query['from']) + 7),
    ],
    [
      'cursor',
      `pages: { by: cursor, next: /next }, rows: /rows, query: { at: '{$cursor}' }`,
      ({ query }) => {
        const from = Number(query['at'] ?? 0);
        return { rows: THINGS.slice(from, from + 10), next: from + 10 < 25 ? from + 10 : null };
      },
    ],
    [
      'key',
      `pages: { by: key, size: 10 }, query: { after: '{$after}' }`,
      ({ query }) => THINGS.filter(({ id }) => id > (query['after'] ?? '')).slice(0, 10),
    ],
  ])('are read to their end by %s', async (_, call, answer) => {
    service.answer({ things: answer });
    expect(idsOf(await all(open(`{ path: /things, ${call} }`)))).toEqual(idsOf(THINGS));
  });

  it('by key are read as far as they are wanted, from where the page before ended', async () => {
    service.answer({ things: ({ query }) => THINGS.filter(({ id }) => id > (query['after'] ?? '')).slice(0, 5) });
    const rows = open(`{ path: /things, pages: { by: key, size: 5 }, query: { after: '{$after}' } }`);
    const found = await find(rows, { $and: [{ kind: 'a' }, { id: { $gt: 'T10' } }] }, 3);
    expect(idsOf(found).slice(0, 3)).toEqual(['T11', 'T13', 'T15']);
    expect(service.calls.map(({ query }) => query['after'])).toEqual(['T10', 'T15'].slice(0, service.calls.length));
  });

  it.each<[string, string, string, Answer]>([
    [
      'PAGES_REPEATED',
      'the same page again',
      `pages: { by: number }, query: { p: '{$page}' }`,
      () => THINGS.slice(0, 5),
    ],
    [
      'PAGES_ENDED',
      'fewer rows than it says',
      `rows: /rows, pages: { by: number, total: /total }, query: { p: '{$page}' }`,
      ({ query }) => ({ total: 25, rows: query['p'] === '1' ? THINGS.slice(0, 5) : [] }),
    ],
    [
      'LIST_UNORDERED',
      'rows out of order',
      `pages: { by: key }, query: { after: '{$after}' }`,
      () => THINGS.toReversed(),
    ],
  ])('are refused by %s where the service gives %s', async (code, _, call, answer) => {
    service.answer({ things: answer });
    await expect(all(open(`{ path: /things, ${call} }`))).rejects.toMatchObject({ code });
  });
});
