import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { probeSubgraph } from '../../cli/probe/probe-subgraph.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { samplePerson, samplePhone } from '../../shared/sample/person.js';
import { isIdentityNumber } from '../../shared/kernel/identity-number.js';
import type { HubError } from '../../shared/kernel/index.js';
import { AcceptedContexts } from '../../shared/subgraph/accepted-contexts.js';
import { CursorCodec } from '../../shared/subgraph/cursor-codec.js';
import type { QueryLine, RunningSubgraph } from '../../shared/subgraph/index.js';
import { registrationHeaders } from '../../shared/trust/registration.js';
import { bodyHash, subgraphKey } from '../../shared/trust/signed-context.js';
import { start } from '../../subgraphs/population/index.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { openTestServer, testDatabaseName, openTestPool } from '../support/test-database.js';

const NAME = 'population';
const RESIDENTS = 260;
const key = subgraphKey(TEST_SECRET, NAME);
const [first, second] = [samplePerson(0), samplePerson(1)];

let server: DatabaseServer;
let subgraph: RunningSubgraph;
let ask: ReturnType<typeof askAs>;
const database = testDatabaseName(NAME);
const sql: string[] = [];
const lines: QueryLine[] = [];
const faults: unknown[] = [];
/** Thrown where no resolver is at fault. */
let fault: Error | undefined;

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  subgraph = await start({
    port: 0,
    key,
    databaseUrl: server.url(database),
    residents: RESIDENTS,
    onSql: (statement) => sql.push(statement),
    onQuery: (line) => {
      if (fault) throw fault;
      lines.push(line);
    },
    logger: { debug: () => undefined, error: (details) => faults.push(details) },
  });
  ask = askAs(NAME, subgraph.url);
}, 60_000);
beforeEach(() => {
  for (const list of [sql, lines, faults]) list.length = 0;
});
afterAll(async () => {
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
});

const NAME_OF_FIRST = `{ resident(idNumber: "${first.idNumber}") { name } }`;

it('the hub is told no more of a fault than that there is one, which the log has', async () => {
  fault = new Error('the disk of 10.0.0.7 is gone');
  const { errors, data } = await ask(NAME_OF_FIRST).finally(() => (fault = undefined));
  expect([data, errors]).toEqual([
    undefined,
    [{ message: 'The provider failed on this request.', extensions: { code: 'INTERNAL' } }],
  ]);
  expect(faults).toEqual([expect.objectContaining({ err: new Error('the disk of 10.0.0.7 is gone') })]);
});

describe('a request that is not the hub’s', () => {
  const post = async (headers: Record<string, string>, body: string) => {
    const response = await request(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.statusCode, text: await response.body.text() };
  };

  it('is refused without a context, and nothing is read', async () => {
    const { status, text } = await post({}, JSON.stringify({ query: NAME_OF_FIRST }));
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([401, 'CONTEXT_REFUSED']);
    expect(sql).toEqual([]);
  });

  it.each([
    ['made for another subgraph', { audience: 'geography' }],
    ['that has expired', { expiresAt: 1 }],
    ['that lives too long', { expiresAt: Math.floor(Date.now() / 1000) + 3_600 }],
    ['made for another body', { bodyHash: 'x' }],
    ['without an id', { id: '' }],
  ])('is refused with a context %s', async (_why, context) => {
    const answer = await ask(NAME_OF_FIRST, { context });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([401, 'CONTEXT_REFUSED']);
    expect([...sql, ...lines]).toEqual([]);
  });

  it('is refused with a context made for the same query with other variables', async () => {
    const query = 'query ($id: String!) { resident(idNumber: $id) { name } }';
    const bodyOf = (id: string) => JSON.stringify({ query, variables: { id } });
    const answer = await ask(query, {
      variables: { id: second.idNumber },
      context: { bodyHash: bodyHash(bodyOf(first.idNumber)) },
    });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([401, 'CONTEXT_REFUSED']);
    expect([...sql, ...lines]).toEqual([]);
  });

  it('is refused when its context was accepted before, also of two that come at once', async () => {
    const context = { id: 'the same' };
    const both = await Promise.all([1, 2].map(() => ask(NAME_OF_FIRST, { context })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const replayed = await ask(NAME_OF_FIRST, { context });
    expect(replayed.errors[0]?.message).toContain('it was accepted before');
  });

  it('remembers contexts until they expire, and refuses new ones rather than forget any', () => {
    const contexts = new AcceptedContexts(2);
    const accept = (id: string, expiresAt: number, now: number) => {
      try {
        contexts.accept({ id, expiresAt }, now * 1000);
        return 'accepted';
      } catch (error) {
        return (error as HubError).code;
      }
    };
    expect(accept('a', 10, 0)).toBe('accepted');
    expect(accept('b', 20, 0)).toBe('accepted');
    expect(accept('c', 20, 9)).toBe('CONTEXT_REFUSED');
    expect(accept('a', 10, 9)).toBe('CONTEXT_REFUSED');
    expect(accept('c', 20, 10)).toBe('accepted');
    expect(accept('d', 20, 19)).toBe('CONTEXT_REFUSED');
    expect(accept('b', 20, 19)).toBe('CONTEXT_REFUSED');
  });

  it('is refused by every process that shares its memory, also after a restart', async () => {
    const options = { port: 0, key, databaseUrl: server.url(database), sharedContexts: true };
    const started = await Promise.all([1, 2].map(() => start(options)));
    const statuses = (urls: readonly string[], id: string) =>
      Promise.all(urls.map(async (url) => (await askAs(NAME, url)(NAME_OF_FIRST, { context: { id } })).status));
    try {
      const urls = started.map(({ url }) => url);
      for (let n = 0; n < 5; n++)
        expect((await statuses([...urls, ...urls], `n${n}`)).sort()).toEqual([200, 401, 401, 401]);
      // One that does not share it accepts each once more.
      expect(await statuses([subgraph.url, subgraph.url], 'n0')).toContain(200);
    } finally {
      await Promise.all(started.map((process) => process.stop()));
    }
    const again = await start(options);
    expect(await statuses([again.url], 'n0')).toEqual([401]);
    expect(await statuses([again.url], 'another')).toEqual([200]);
    await again.stop();
  });

  it('forgets shared contexts only when no clock could accept them any more', async () => {
    let now = Date.now();
    const options = { port: 0, key, databaseUrl: server.url(database), sharedContexts: true, now: () => now };
    const clocked = await start(options);
    const accept = async (id: string) =>
      (await askAs(NAME, clocked.url)(NAME_OF_FIRST, { context: { id, expiresAt: Math.floor(now / 1000) + 60 } }))
        .status;
    const kept = async () => {
      const { rows } = await pool.query('select id from accepted_context where id like $1 order by id', ['kept%']);
      return rows.map(({ id }) => id as string);
    };
    const pool = openTestPool({ connectionString: server.url(database), max: 1 });
    try {
      await accept('kept1');
      now += 5 * 60_000;
      await accept('kept2');
      expect(await kept()).toEqual(['kept1', 'kept2']);
      now += 2 * 60_000;
      await accept('kept3');
      expect(await kept()).toEqual(['kept2', 'kept3']);
    } finally {
      await pool.end();
      await clocked.stop();
    }
  });

  it('is refused with a context that was altered or signed with another key', async () => {
    const forged = askAs(NAME, subgraph.url);
    expect((await forged(NAME_OF_FIRST, { token: 'a.b.c' })).status).toBe(401);
    expect((await askAs('licence', subgraph.url)(NAME_OF_FIRST, { context: { audience: NAME } })).status).toBe(401);
  });

  it('gets no introspection and no suggestion of names, even with a context', async () => {
    const answer = await ask('{ __schema { types { name } } }');
    expect(answer.data).toBeUndefined();
    const misspelt = await ask('{ resident(idNumber: "x") { phon } }');
    expect([misspelt.status, misspelt.text.includes('phone')]).toEqual([400, false]);
  });

  it('gets 405, 413 and 400 for what is no GraphQL request', async () => {
    expect((await request(subgraph.url)).statusCode).toBe(405);
    expect((await post({}, 'x'.repeat(8_000_001))).status).toBe(413);
    expect((await post({}, '{')).status).toBe(400);
    expect((await post({}, '{}')).status).toBe(400);
  });
});

describe('the registration context', () => {
  const registered = async (query: string) => {
    const body = JSON.stringify({ query });
    const response = await request(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await registrationHeaders(TEST_SECRET)(NAME, body))[0] },
      body,
    });
    return {
      status: response.statusCode,
      body: (await response.body.json()) as { data: { _service: { sdl: string } } },
    };
  };

  it.each([
    NAME_OF_FIRST,
    '{ _service { sdl } resident(idNumber: "x") { name } }',
    '{ _service { sdl __typename } }',
    'query A { _service { sdl } } query B { party(identifier: "x") { name } }',
    'fragment F on Query { _service { sdl } } { ...F }',
  ])('does not open %s', async (query) => {
    expect((await registered(query)).status).toBe(401);
    expect(sql).toEqual([]);
  });

  it('reads the provider’s own SDL, with its share statements', async () => {
    const { body } = await registered('{_service{sdl}}');
    expect(body.data._service.sdl).toBe(subgraph.sdl);
    expect(subgraph.sdl).toContain('https://sharehub.dev/share/v1.1');
  });
});

it('gets nothing wrong when it is tried as `sharehub check --url` does', async () => {
  const checks = await probeSubgraph({ url: subgraph.url, name: NAME, key, timeoutMs: 60_000 });
  expect(checks.filter(({ result }) => result === 'wrong')).toEqual([]);
  const tried = checks.flatMap(({ check, result }) => (result === 'right' ? [check] : []));
  expect(tried).toEqual(
    expect.arrayContaining([
      'context used twice',
      'rows of Resident',
      'mask NAME of Resident.name',
      'mask ADDRESS of Resident.registeredAddress',
    ]),
  );
}, 60_000);

describe('an admitted query', () => {
  it('fails on a value that cannot be looked up without showing why', async () => {
    const answer = await ask('query ($id: String!) { resident(idNumber: $id) { name } }', { variables: { id: '\0' } });
    expect(answer.errors[0]).toMatchObject({ path: ['resident'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(answer.text).not.toMatch(/select|postgres|at .*\.ts/i);
  });

  it('refuses a page of more than a hundred, a wrong division, a strange cursor and two orders', async () => {
    const refused = async (args: string) =>
      (await ask(`{ residents(${args}) { nodes { name } } }`)).errors[0]?.extensions.code;
    expect(await refused('first: 101')).toBe('BAD_USER_INPUT');
    expect(await refused('first: 0')).toBe('BAD_USER_INPUT');
    expect(await refused('division: "33%"')).toBe('BAD_USER_INPUT');
    expect(await refused('after: "eA", order: { name: ASC }')).toBe('BAD_USER_INPUT');
    expect(await refused('order: { name: ASC, phone: ASC }')).toBe('BAD_USER_INPUT');
  });

  it('is logged with its hash and the fields it asks for, and nothing of the answer', async () => {
    await ask(NAME_OF_FIRST, { context: { scenario: 'public-rental-review' } });
    expect(lines).toEqual([
      {
        subgraph: NAME,
        requestId: 'test',
        department: 'housing',
        system: 'housing-app',
        scenario: 'public-rental-review',
        hash: expect.stringMatching(/^[\w-]{43}$/),
        fields: ['Query.resident', 'Resident.name'],
      },
    ]);
  });

  it('is answered, when it comes again, as it was the first time', async () => {
    const query =
      'query ($id: String!, $first: Int!) { resident(idNumber: $id) { name phone } residents(first: $first) { nodes { sex } } }';
    const scopes = { 'Resident.phone': ['35'] };
    const cases = [
      { variables: { id: first.idNumber, first: 1 } },
      { variables: { id: first.idNumber, first: 1 }, context: { scopes, masks: { 'Resident.name': 'NAME' } } },
      { variables: { id: '\0', first: 0 } },
      { variables: { id: first.idNumber, first: 'one' } },
      { variables: {} },
      { variables: [] },
    ] as const;
    const inTurn = async () => {
      const answers = [];
      for (const [at, asked] of cases.entries()) {
        // Each text is new at first.
        const { status, text } = await ask(`${query} # ${at}`, asked);
        answers.push([status, text]);
      }
      return answers;
    };
    const answers = await inTurn();
    expect(answers.map(([status]) => status)).toEqual([200, 200, 200, 400, 400, 400]);
    expect(await inTurn()).toEqual(answers);
  });

  it('reads only the columns it selects', async () => {
    const { data } = await ask(NAME_OF_FIRST);
    expect(data.resident).toEqual({ name: first.name });
    expect(sql).toEqual([
      'select "row"."id_number" as "idNumber", "row"."name" from "resident" as "row" where "row"."id_number" = any($1)',
    ]);
  });

  it('reads no column of a field that @skip or @include leaves out', async () => {
    await ask(
      `query ($yes: Boolean!, $no: Boolean!) {
        resident(idNumber: "${first.idNumber}") { sex phone @skip(if: $yes) ... on Party @include(if: $no) { name } }
      }`,
      { variables: { yes: true, no: false } },
    );
    expect(sql.join()).toContain('"sex"');
    expect(sql.join()).not.toMatch(/"phone"|"name"/);
  });

  it('answers references of one type with one statement, in order, null where there is none', async () => {
    const representations = [second, { idNumber: 'nobody' }, first, second].map(({ idNumber }) => ({
      __typename: 'Resident',
      idNumber,
    }));
    const { data } = await ask(
      `query ($r: [_Any!]!) {
        _entities(representations: $r) { ... on Resident { name household { head { idNumber } } } }
        again: _entities(representations: $r) { ... on Resident { sex } }
      }`,
      { variables: { r: representations } },
    );
    const head = { head: { idNumber: first.idNumber } };
    expect(data._entities).toEqual([
      { name: second.name, household: head },
      null,
      { name: first.name, household: head },
      { name: second.name, household: head },
    ]);
    expect(data.again.map((one: { sex: string } | null) => one?.sex)).toEqual([
      second.sex,
      undefined,
      first.sex,
      second.sex,
    ]);
    // residents with all columns that either list asks for, their households, and the heads of those
    expect(sql).toHaveLength(3);
  });

  it('gives every row of a list once, page by page, whatever the order', async () => {
    for (const order of ['', ', order: { birthDate: DESC }', ', order: { phone: ASC }', ', division: "33"']) {
      const seen: string[] = [];
      const totals = new Set<number>();
      for (let after: string | null = null, more = true; more;) {
        const cursor: string = after === null ? '' : `, after: "${after}"`;
        const { data } = await ask(
          `{ residents(first: 100${order}${cursor}) { nodes { idNumber } totalCount pageInfo { hasNextPage endCursor } } }`,
        );
        totals.add(data.residents.totalCount);
        seen.push(...data.residents.nodes.map((one: { idNumber: string }) => one.idNumber));
        ({ hasNextPage: more, endCursor: after } = data.residents.pageInfo);
      }
      const wanted = Array.from({ length: RESIDENTS }, (_, index) => samplePerson(index)).filter(
        (person) =>
          (!order.includes('phone') || !(person.role === 'CHILD' && person.birthDate > '2015')) &&
          (!order.includes('33') || person.township.code.startsWith('33')),
      );
      expect(seen.toSorted()).toEqual(wanted.map((person) => person.idNumber).toSorted());
      expect(seen.every(isIdentityNumber)).toBe(true);
      expect([...totals]).toEqual([seen.length]);
    }
  });

  it('counts a list where its number is asked for, and only there, within the grant’s divisions', async () => {
    await ask('{ residents(first: 1) { nodes { name } } }');
    expect(sql.join()).not.toMatch(/count\(/);
    const count = async (context: object) => {
      const { data } = await ask('{ residents(first: 1) { totalCount } }', { context });
      return data.residents.totalCount;
    };
    const within = Array.from({ length: RESIDENTS }, (_, i) => samplePerson(i)).filter(({ township }) =>
      township.code.startsWith('33'),
    );
    expect(await count({ rows: { Resident: ['33'] } })).toBe(within.length);
    expect(await count({ rows: { Resident: ['no division'] } })).toBe(0);
    // A row scope of an item cuts its value and no row.
    expect(await count({ scopes: { 'Resident.phone': ['33'] } })).toBe(RESIDENTS);
  });

  it('refuses a cursor that was altered, cut off, or given for records of another type', async () => {
    const page = await ask('{ residents(first: 1) { pageInfo { endCursor } } }');
    const cursor: string = page.data.residents.pageInfo.endCursor;
    const altered = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;
    const foreign = new CursorCodec(() => [{ key }])
      .boundTo({ department: 'housing', system: 'housing-app' })
      .encode('Query.households', first.idNumber);
    for (const after of [
      altered,
      cursor.slice(0, -4),
      foreign,
      '',
      Buffer.from(first.idNumber).toString('base64url'),
    ]) {
      const { data, errors } = await ask(`{ residents(after: "${after}") { nodes { name } } }`);
      expect([data.residents, errors[0]?.extensions.code]).toEqual([null, 'BAD_USER_INPUT']);
    }
  });

  it('gets a list as a connection: a cursor at each record, and the page’s place in the list', async () => {
    const page = async (args: string) => {
      const { data } = await ask(
        `{ residents(first: 2${args}) {
          edges { cursor node { name } } nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        } }`,
      );
      return data.residents;
    };
    const one = await page('');
    const cursors = one.edges.map(({ cursor }: { cursor: string }) => cursor);
    expect(one.edges.map(({ node }: { node: object }) => node)).toEqual(one.nodes);
    expect(one.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: cursors[0],
      endCursor: cursors[1],
    });
    const two = await page(`, after: "${cursors[0]}"`);
    expect([two.nodes[0], two.pageInfo.hasPreviousPage]).toEqual([one.nodes[1], true]);
  });

  it('reads only the columns that either form of a list selects', async () => {
    await ask('{ residents(first: 1) { edges { node { sex } } nodes { birthDate } } }');
    expect(sql).toHaveLength(1);
    expect(sql[0]).toMatch(/"row"."birth_date" as "birthDate", "row"."sex" from "resident"/);
  });

  it('is shown no key of a record in its cursors', async () => {
    const { data } = await ask('{ residents(first: 100) { edges { cursor node { idNumber } } } }');
    for (const { cursor, node } of data.residents.edges)
      for (const encoding of ['base64url', 'latin1', 'hex'] as const)
        expect(Buffer.from(cursor, 'base64url').toString(encoding)).not.toContain(
          Buffer.from(node.idNumber).toString(encoding),
        );
  });
});

describe('what the hub’s context leaves out', () => {
  const TWO = `{
    a: resident(idNumber: "${first.idNumber}") { name phone division { code } }
    b: resident(idNumber: "${second.idNumber}") { name phone }
  }`;

  it('is not read from rows outside the grant’s divisions; the rest of the row is given', async () => {
    const { data, errors } = await ask(TWO, { context: { scopes: { 'Resident.phone': ['35'] } } });
    expect(data).toEqual({
      a: { name: first.name, phone: null, division: { code: first.township.code } },
      b: { name: second.name, phone: null },
    });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['a', 'phone'], 'OUT_OF_SCOPE'],
      [['b', 'phone'], 'OUT_OF_SCOPE'],
    ]);
    expect(sql[0]).not.toContain('phone');
    expect(sql[1]).toMatch(/"row"."phone" from "resident" as "row" where \("row"."division_code" like \$1/);
  });

  it('is given for rows within them', async () => {
    const context = { scopes: { 'Resident.phone': ['35', first.township.code.slice(0, 6)] } } as const;
    const { data, errors } = await ask(TWO, { context });
    expect([data.a.phone, data.b.phone, errors]).toEqual([samplePhone(0), samplePhone(1), []]);
  });

  it('stays out through an interface, whichever of the two the hub names', async () => {
    const query = `{ party(identifier: "${first.idNumber}") { name phone } }`;
    for (const at of ['Party.phone', 'Resident.phone'] as const) {
      const { data, errors } = await ask(query, { context: { scopes: { [at]: ['35'] } } });
      expect([data.party, errors.length]).toEqual([{ name: first.name, phone: null }, 1]);
    }
  });

  it('matches no row when a prefix is no division code', async () => {
    const { data } = await ask(TWO, { context: { scopes: { 'Resident.phone': ['%', '', '3_'] } } });
    expect([data.a.phone, data.b.phone]).toEqual([null, null]);
  });

  it('is refused where the type has no rows to narrow', async () => {
    const { data, errors } = await ask('{ residents { pageInfo { endCursor } nodes { name } } }', {
      context: { scopes: { 'PageInfo.endCursor': ['33'] } },
    });
    expect([data.residents.pageInfo.endCursor, errors[0]?.extensions.code]).toEqual([null, 'OUT_OF_SCOPE']);
  });

  it('makes whole rows not exist, in lists, references and relations alike', async () => {
    const context = { rows: { Resident: ['35'] } } as const;
    const { data, errors } = await ask(
      `query ($r: [_Any!]!) {
        residents { nodes { name } edges { cursor } pageInfo { hasNextPage startCursor endCursor } }
        party(identifier: "${first.idNumber}") { name }
        household(householdNumber: "${first.township.code}00000000") { size members { name } head { name } }
        _entities(representations: $r) { ... on Resident { name } }
      }`,
      { context, variables: { r: [{ __typename: 'Resident', idNumber: first.idNumber }] } },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      residents: { nodes: [], edges: [], pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } },
      party: null,
      household: { size: 3, members: [], head: null },
      _entities: [null],
    });
  });

  it('is given in its de-identified form only', async () => {
    const { data } = await ask(
      `{ resident(idNumber: "${first.idNumber}") { name phone registeredAddress idNumber sex } }`,
      {
        context: {
          masks: {
            'Party.name': 'NAME',
            'Resident.phone': 'PHONE',
            'Resident.registeredAddress': 'ADDRESS',
            'Resident.idNumber': 'IDENTITY',
            'Resident.annualIncome': 'HIDDEN',
          },
        },
      },
    );
    expect(data.resident).toEqual({
      name: `${[...first.name][0]}${'*'.repeat([...first.name].length - 1)}`,
      phone: samplePhone(0).replace(/^(...)....(....)$/, '$1****$2'),
      registeredAddress: expect.stringMatching(/^浙江省杭州市西湖区\*+$/),
      idNumber: first.idNumber.replace(/(?<=^.{6}).{11}/, '***********'),
      sex: first.sex,
    });
  });

  it('is not given at all where no form fits', async () => {
    const query = `{ resident(idNumber: "${first.idNumber}") { annualIncome householdRole } }`;
    const masks = { 'Resident.annualIncome': 'PHONE', 'Resident.householdRole': 'HIDDEN' } as const;
    expect((await ask(query, { context: { masks } })).data.resident).toEqual({
      annualIncome: null,
      householdRole: null,
    });
  });
});

it('says which port is taken, and by which setting it is chosen', async () => {
  const port = Number(new URL(subgraph.url).port);
  await expect(start({ port, key, databaseUrl: server.url(database) })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining(String(port)),
    details: { port, setting: 'PORT' },
  });
});
