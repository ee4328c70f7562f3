import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLSchema } from 'graphql';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { startGateway, type Gateway } from '../../gateway/index.js';
import { readConfig } from '../../shared/config/config.js';
import { composerProcesses } from '../support/composer-processes.js';
import { send, type Reply } from './support/in-memory-hub.js';

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

/** A department's server: answers GraphQL, and whatever a test puts in its way. */
interface Department {
  readonly url: string;
  /** Takes over the answers while it is set. */
  trouble: ((end: (status: number, body: string) => void) => void) | undefined;
  readonly server: Server;
}

async function department(sdl: string, resolvers: object): Promise<Department> {
  const schema: GraphQLSchema = buildSubgraphSchema([
    { typeDefs: parse(`${FEDERATION}\n${sdl}`), resolvers: resolvers as never },
  ]);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', async () => {
      const end = (status: number, text: string) =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      if (self.trouble) return self.trouble(end);
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      end(200, JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: Department = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    trouble: undefined,
    server,
  };
  return self;
}

let population: Department;
let benefits: Department;
let gateway: Gateway;
let folder: string;
beforeAll(async () => {
  population = await department(
    'type Query { residents(first: Int = 2): [Resident!]! resident(id: ID!): Resident } type Mutation { rename(id: ID!, name: String!): Resident } type Resident @key(fields: "id") { id: ID! name: String! income: Int }',
    {
      Query: {
        residents: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: first }, (__, i) => ({ id: String(i), name: `王${i}`, income: i * 10 })),
        resident: (_: unknown, { id }: { id: string }) => ({ id, name: '李', income: 7 }),
      },
      Mutation: { rename: (_: unknown, resident: object) => resident },
    },
  );
  benefits = await department(
    'type Resident @key(fields: "id") { id: ID! income: Int @external benefit: Int @requires(fields: "income") }',
    { Resident: { __resolveReference: (it: object) => it, benefit: ({ income }: { income: number }) => income + 1 } },
  );
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  await writeFile(join(folder, 'supergraph.yaml'), list());
  const config = readConfig({
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    NODE_ENV: 'test',
    REQUEST_DEADLINE_MS: '5000',
    SUBGRAPH_TIMEOUT_MS: '1000',
    SUBGRAPH_MAX_BYTES: '1000000',
    CORS_ORIGINS: '',
  });
  gateway = await startGateway({
    config,
    source: { config: join(folder, 'supergraph.yaml') },
    logger: pino({ level: 'silent' }),
    governance: 'permissive',
  });
});
afterAll(async () => {
  await gateway?.close();
  for (const { server } of [population, benefits]) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

/** The list of subgraphs, with one more that adds a root field. */
const list = (extra?: string): string => `
federation_version: =2.9.0
subgraphs:
  population: { routing_url: "${population.url}", schema: { subgraph_url: "${population.url}" } }
  benefits: { routing_url: "${benefits.url}", schema: { subgraph_url: "${benefits.url}" } }
${extra ? `  extra: { routing_url: "${population.url}", schema: { sdl: "type Query { ${extra}: Int }" } }` : ''}
`;
const ask = (query: string, variables?: unknown, headers = {}): Promise<Reply> =>
  send(gateway, { query, variables }, { headers });
const WHOLE = '{ residents { x: id name benefit } }';
const ANSWER = '{"data":{"residents":[{"x":"0","name":"王0","benefit":1},{"x":"1","name":"王1","benefit":11}]}}';

describe('Bad input to the whole gateway', () => {
  let exponential = '';
  for (let i = 0; i < 40; i++) exponential += ` fragment F${i} on Resident { ...F${i + 1} ...F${i + 1} }`;

  const refused: readonly (readonly [title: string, query: string, code: string, variables?: unknown])[] = [
    ['an unknown field', '{ nowhere }', 'GRAPHQL_VALIDATION_FAILED'],
    ['nonsense', '{{{', 'GRAPHQL_PARSE_FAILED'],
    ['nothing', '', 'GRAPHQL_PARSE_FAILED'],
    ['a comment', '# hello', 'GRAPHQL_PARSE_FAILED'],
    ['_entities', '{ _entities(representations: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['_service', '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['depth', `${'{ residents '.repeat(60)}{ id }${'}'.repeat(60)}`, 'OPERATION_TOO_DEEP'],
    ['bottomless depth', `{ residents ${'{ a '.repeat(4000)}`, 'OPERATION_TOO_DEEP'],
    ['a bottomless list', `{ resident(id: ${'['.repeat(4000)}`, 'OPERATION_TOO_DEEP'],
    [
      'aliases',
      `{ ${Array.from({ length: 900 }, (_, i) => `a${i}: residents { id }`).join(' ')} }`,
      'OPERATION_TOO_LARGE',
    ],
    ['tokens', `{ residents { ${'id '.repeat(90_000)} } }`, 'OPERATION_TOO_LARGE'],
    ['directives', `{ residents { id ${'@skip(if: false) '.repeat(1500)} } }`, 'OPERATION_TOO_LARGE'],
    [
      'exponential fragments',
      `{ residents { ...F0 } }${exponential} fragment F40 on Resident { id }`,
      'OPERATION_TOO_LARGE',
    ],
    ['cost', '{ residents(first: 900000000) { id benefit } }', 'OPERATION_TOO_COSTLY'],
    [
      'cost in a variable',
      'query ($n: Int) { residents(first: $n) { id benefit } }',
      'OPERATION_TOO_COSTLY',
      { n: 900_000_000 },
    ],
    [
      'cyclic fragments',
      '{ residents { ...A } } fragment A on Resident { ...B } fragment B on Resident { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a wrong variable', 'query ($id: ID!) { resident(id: $id) { id } }', 'BAD_USER_INPUT', { id: {} }],
    ['a missing variable', 'query ($id: ID!) { resident(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['a subscription', 'subscription { residents { id } }', 'OPERATION_UNSUPPORTED'],
    ['two operations', 'query A { residents { id } } query B { residents { id } }', 'OPERATION_UNRESOLVED'],
  ];
  it.each(refused.map(([title, query, code, variables]) => ({ title, query, code, variables })))(
    'is refused: $title',
    async ({ query, code, variables }) => {
      const reply = await ask(query, variables);
      expect([reply.status, reply.code]).toEqual([400, code]);
      expect(reply.body).not.toHaveProperty('data');
      expect((await ask(query, variables, { accept: 'application/json' })).status).toBe(200);
    },
  );

  it('has nothing to do with __proto__, as an alias, a variable or a value', async () => {
    const alias = await ask('{ __proto__: resident(id: "7") { constructor: id } }');
    expect(alias.text).toBe('{"data":{"__proto__":{"constructor":"7"}}}');
    const variable = await send(
      gateway,
      '{"query":"query ($__proto__: ID!) { resident(id: $__proto__) { id } }","variables":{"__proto__":"7"}}',
    );
    expect(variable.text).toBe('{"data":{"resident":{"id":"7"}}}');
    expect((await ask('{ resident(id: "__proto__") { id benefit } }')).text).toBe(
      '{"data":{"resident":{"id":"__proto__","benefit":8}}}',
    );
    expect(({} as Record<string, unknown>).id).toBeUndefined();
  });

  it('leaves it answering', async () => {
    expect((await ask(WHOLE)).text).toBe(ANSWER);
  });
});

describe('A department in trouble', () => {
  it.each<[string, NonNullable<Department['trouble']>, string]>([
    ['answers HTML', (end) => end(200, '<html>10.0.0.7</html>'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers 500', (end) => end(500, 'at pg 10.0.0.7'), 'SUBGRAPH_UNAVAILABLE'],
    ['answers nothing', (end) => end(200, ''), 'SUBGRAPH_BAD_ANSWER'],
    ['answers null', (end) => end(200, 'null'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers too few entities', (end) => end(200, '{"data":{"_entities":[{"benefit":1}]}}'), 'SUBGRAPH_BAD_ANSWER'],
    ['answers too much', (end) => end(200, `{"data":{"_entities":"${'x'.repeat(2_000_000)}"}}`), 'SUBGRAPH_BAD_ANSWER'],
    ['hangs', () => {}, 'SUBGRAPH_TIMEOUT'],
  ])('that %s costs its own items and nothing else, and is asked again', async (_, trouble, code) => {
    benefits.trouble = trouble;
    const reply = await ask(WHOLE);
    benefits.trouble = undefined;
    expect(reply.status).toBe(200);
    expect(reply.body.data).toEqual({
      residents: [
        { x: '0', name: '王0', benefit: null },
        { x: '1', name: '王1', benefit: null },
      ],
    });
    expect(new Set(reply.body.errors!.map((error) => error.extensions.code))).toEqual(new Set([code]));
    expect(reply.body.errors![0]!.path?.[0]).toBe('residents');
    expect(reply.text).not.toMatch(/10\.0\.0\.7|127\.0\.0\.1/);
    expect((await ask(WHOLE)).text).toBe(ANSWER);
  });
});

describe('A changed list of subgraphs', () => {
  const put = async (text: string): Promise<void> => {
    await writeFile(join(folder, 'next.yaml'), text);
    await rename(join(folder, 'next.yaml'), join(folder, 'supergraph.yaml'));
  };
  const until = async (field: string): Promise<void> => {
    while (!(await ask('{ __type(name: "Query") { fields { name } } }')).text.includes(`"${field}"`));
  };

  it('is taken up under load without a dropped request, and a bad one is refused', async () => {
    let running = true;
    const failed: string[] = [];
    let answered = 0;
    const client = async (): Promise<void> => {
      for (let i = 0; running; i++) {
        const { status, text } = await ask(`{ residents { x${i % 20}: id name benefit } }`);
        if (status !== 200 || text.includes('"errors"')) failed.push(text);
        answered++;
      }
    };
    const clients = [client(), client()];
    await put(list('one'));
    await until('one');
    for (const bad of ['', list('two').slice(0, 120), 'subgraphs: 3', list('two: Nowhere } type X { a')]) {
      await put(bad);
      expect((await gateway.reload()).kind).toBe('refused');
    }
    await writeFile(join(folder, 'supergraph.yaml'), list('three').slice(0, 200)); // half of it first
    await writeFile(join(folder, 'supergraph.yaml'), list('three'));
    process.emit('SIGHUP');
    await until('three');
    running = false;
    await Promise.all(clients);
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect((await ask('{ one }')).code).toBe('GRAPHQL_VALIDATION_FAILED');
  }, 20_000);
});

describe('A graph that is hard to compose', () => {
  const put = (sdl: string) =>
    writeFile(
      join(folder, 'supergraph.yaml'),
      `${list()}  extra: { routing_url: "${population.url}", schema: { sdl: ${JSON.stringify(sdl)} } }\n`,
    );
  const get = async (path: string) => (await fetch(`${gateway.url}${path}`)).text();

  it('keeps nobody waiting while it is composed', async () => {
    const fields = Array.from({ length: 20 }, (_, at) => `f${at}: Int`).join(' ');
    await put(
      `type Query { seven: T0 } ${Array.from({ length: 120 }, (_, at) => `type T${at} { ${fields} }`).join(' ')}`,
    );
    let isComposing = true;
    const reloaded = gateway.reload().finally(() => (isComposing = false));
    expect((await ask(WHOLE)).text).toBe(ANSWER);
    expect(isComposing).toBe(true);
    expect((await reloaded).kind).not.toBe('refused');
    expect((await ask(WHOLE)).text).toBe(ANSWER);
  });

  it('is composed although the process that was at it was killed', async () => {
    await put('type Query { eight: Int }');
    const reloaded = gateway.reload();
    composerProcesses().forEach((id) => process.kill(id, 'SIGKILL'));
    expect((await reloaded).kind).not.toBe('refused');
    expect((await ask('{ __type(name: "Query") { fields { name } } }')).text).toContain('"eight"');
  });

  it('beyond its limits is refused by name, and the one before serves on', async () => {
    await put(`type Query { nine: ${'['.repeat(50_000)}Int${']'.repeat(50_000)} }`);
    expect((await gateway.reload()).kind).toBe('refused');
    expect(JSON.parse(await get('/readyz'))).toEqual({
      ready: true,
      warnings: { graph: 'the newest graph was refused (COMPOSITION_TOO_DEEP); the one before it is served' },
    });
    expect(await get('/metrics')).toContain('sharehub_graph_refused{code="COMPOSITION_TOO_DEEP"} 1');
    expect((await ask(WHOLE)).text).toBe(ANSWER);
  });
});

describe('A department that is down', () => {
  const down = (end: (status: number, body: string) => void) => end(503, 'down for repairs');
  const body = async (path: string, of: Gateway) => (await fetch(`${of.url}${path}`)).text();
  const restart = () =>
    startGateway({
      config: readConfig({ PORT: '0', DATA_DIR: join(folder, 'data'), SUBGRAPH_TIMEOUT_MS: '1000' }),
      source: { config: join(folder, 'supergraph.yaml') },
      logger: pino({ level: 'silent' }),
      governance: 'permissive',
      watch: false,
    });
  afterEach(() => (benefits.trouble = undefined));

  it('does not stop the others at a reload or a restart, and is named', async () => {
    await writeFile(join(folder, 'supergraph.yaml'), list());
    await gateway.reload();
    benefits.trouble = down;
    await writeFile(join(folder, 'supergraph.yaml'), list('four'));
    await gateway.reload();
    expect((await ask('{ __type(name: "Query") { fields { name } } }')).text).toContain('"four"');
    const again = await restart();
    try {
      expect((await send(again, { query: '{ residents { name } }' })).text).toContain('王0');
      expect(JSON.parse(await body('/readyz', again))).toEqual({
        ready: true,
        warnings: { subgraphs: expect.stringContaining('benefits') },
      });
      expect(await body('/metrics', again)).toContain('sharehub_subgraph_stale{subgraph="benefits"} 1');
      benefits.trouble = undefined;
      await again.reload();
      expect(JSON.parse(await body('/readyz', again))).toEqual({ ready: true });
      expect(await body('/metrics', again)).not.toContain('sharehub_subgraph_stale{');
      expect((await send(again, { query: WHOLE })).text).toBe(ANSWER);
    } finally {
      await again.close();
    }
  });

  it('is named when nothing of it is known, and the graph before is served and named as such', async () => {
    const unknown = list().replace('benefits:', 'newcomer:');
    benefits.trouble = down;
    await writeFile(join(folder, 'supergraph.yaml'), unknown);
    expect(await gateway.reload()).toMatchObject({ kind: 'refused', error: { code: 'COMPOSITION_FAILED' } });
    expect(JSON.parse(await body('/readyz', gateway))).toMatchObject({
      ready: true,
      warnings: { graph: expect.stringContaining('SDL_UNAVAILABLE') },
    });
    expect((await ask('{ residents { name } }')).text).toContain('王0');
  });
});

describe('A list whose subgraphs run at other addresses', () => {
  it('is the list that the gateway reads and follows', async () => {
    const elsewhere = (extra?: string) => list(extra).replaceAll(benefits.url, 'http://127.0.0.1:1/');
    const file = join(folder, 'listed.yaml');
    await writeFile(file, elsewhere());
    const moved = await startGateway({
      config: readConfig({ PORT: '0', DATA_DIR: join(folder, 'moved') }),
      source: { config: file, addresses: new Map([['benefits', benefits.url]]) },
      logger: pino({ level: 'silent' }),
      governance: 'permissive',
      watch: false,
    });
    try {
      expect((await send(moved, { query: WHOLE })).text).toBe(ANSWER);
      await writeFile(file, elsewhere('five'));
      expect((await moved.reload()).kind).toBe('swapped');
      expect((await send(moved, { query: WHOLE })).text).toBe(ANSWER);
      expect((await send(moved, { query: '{ __type(name: "Query") { fields { name } } }' })).text).toContain('"five"');
    } finally {
      await moved.close();
    }
  });
});
