import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  parse,
  printSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { buildConsumerSchema } from '../../gateway/supergraph/build-consumer-schema.js';
import {
  load,
  loadCommon,
  locate,
  type ApolloPackage,
  type ApolloPersisted,
  type GeneratorPackage,
  type GeneratorPreset,
  type RelayPackage,
  type UrqlPackage,
  type UrqlPersisted,
} from './installed-clients.js';
import { startSmallGateway } from './small-gateway.js';

const { ApolloClient, gql, HttpLink, InMemoryCache } = await load<ApolloPackage>('@apollo/client');
const { PersistedQueryLink } = await load<ApolloPersisted>('@apollo/client/link/persisted-queries');
const { Client, fetchExchange } = await load<UrqlPackage>('@urql/core');
const { persistedExchange } = await load<UrqlPersisted>('@urql/exchange-persisted');
const { codegen } = await load<GeneratorPackage>('@graphql-codegen/core');
const { preset } = await load<GeneratorPreset>('@graphql-codegen/client-preset');

const FIRM = gql('query Firm($id: ID!) { firm(id: $id) { id name } }');
const FIRM_1 = { __typename: 'Firm', id: '1', name: 'Firm 1' };

let gateway: Awaited<ReturnType<typeof startSmallGateway>>;
let folder: string;
let schema: GraphQLSchema;
/** Requests since the test began: method, whether the text went along, and the status. */
let requests: string[] = [];
const watched: typeof fetch = async (input, init) => {
  const target = new URL(input instanceof Request ? input.url : input);
  const sent = typeof init?.body === 'string' ? init.body : target.search;
  const response = await fetch(input, init);
  requests.push(`${init?.method ?? 'GET'} ${/"query":|[?&]query=/.test(sent) ? 'text' : 'hash'} ${response.status}`);
  return response;
};
const headers = { authorization: 'Bearer nobody' };
const post = async (query: string, variables = {}) => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
};

beforeAll(async () => {
  gateway = await startSmallGateway();
  folder = await mkdtemp(join(tmpdir(), 'relay-'));
  schema = buildClientSchema((await post(getIntrospectionQuery())).data as unknown as IntrospectionQuery);
});
beforeEach(() => void (requests = []));
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true });
});

describe('Apollo Client', () => {
  const clientOf = (link: object) => new ApolloClient({ link, cache: new InMemoryCache() });
  const http = () => new HttpLink({ uri: gateway.url, headers, fetch: watched });
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  it('reads and changes', async () => {
    const client = clientOf(http());
    expect((await client.query({ query: FIRM, variables: { id: '1' } })).data).toEqual({ firm: FIRM_1 });
    const mutation = gql('mutation { rename(id: "1", name: "New") { id name } }');
    expect((await client.mutate({ mutation })).data).toEqual({ rename: { ...FIRM_1, name: 'New' } });
    await expect(client.query({ query: gql('{ nowhere }') })).rejects.toMatchObject({
      message: expect.stringContaining('Cannot query field'),
    });
  });

  it.each([false, true])('with persisted queries sends a text once, hashes by GET: %s', async (useGET) => {
    const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: useGET }).concat(http());
    const query = gql(`query Named${useGET ? 'Get' : 'Post'}($id: ID!) { firm(id: $id) { id name } }`);
    for (const id of ['1', '2']) {
      const { data } = await clientOf(link).query({ query, variables: { id } });
      expect(data).toEqual({ firm: { ...FIRM_1, id, name: `Firm ${id}` } });
    }
    const method = useGET ? 'GET' : 'POST';
    expect(requests).toEqual([`${method} hash 200`, 'POST text 200', `${method} hash 200`]);
  });
});

describe('urql', () => {
  it.each([false, true])('with persisted queries sends a text once, hashes by GET: %s', async (useGET) => {
    const client = new Client({
      url: gateway.url,
      fetch: watched,
      fetchOptions: { headers },
      preferGetMethod: false,
      exchanges: [persistedExchange({ preferGetForPersistedQueries: useGET }), fetchExchange],
    });
    const query = `query Urql${useGET ? 'Get' : 'Post'}($id: ID!) { firm(id: $id) { id name } }`;
    for (const id of ['1', '2']) {
      const { data, error } = await client.query(query, { id }).toPromise();
      expect([data, error]).toEqual([{ firm: { id, name: `Firm ${id}` } }, undefined]);
    }
    const method = useGET ? 'GET' : 'POST';
    expect(requests).toEqual([`${method} hash 200`, `${method} text 200`, `${method} hash 200`]);
  });
});

describe('Relay', () => {
  const compile = async (name: string, sdl: string, source: string): Promise<string> => {
    const base = await mkdtemp(join(folder, `${name}-`));
    await writeFile(join(base, 'schema.graphql'), sdl);
    await writeFile(join(base, 'app.js'), `const { graphql } = require('relay-runtime');\n${source}`);
    const config = join(base, 'relay.config.json');
    await writeFile(
      config,
      JSON.stringify({ src: '.', schema: 'schema.graphql', language: 'javascript', eagerEsModules: false }),
    );
    const compiler = [locate('relay-compiler/cli.js'), config];
    const { status, stderr, stdout } = spawnSync(process.execPath, compiler, { encoding: 'utf8', cwd: base });
    expect({ status, said: status === 0 ? '' : stderr + stdout }).toEqual({ status: 0, said: '' });
    return join(base, '__generated__');
  };

  it('pages through a connection', async () => {
    const artifacts = await compile(
      'firms',
      printSchema(schema),
      `graphql\`query appFirmsQuery($count: Int!, $cursor: String) { ...app_firms @arguments(count: $count, cursor: $cursor) }\`;
       graphql\`fragment app_firms on Query @refetchable(queryName: "appPageQuery") @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }) {
         firms(first: $count, after: $cursor) @connection(key: "app_firms") { edges { node { id name } } } }\`;`,
    );
    const relay = loadCommon<RelayPackage>('relay-runtime');
    const environment = new relay.Environment({
      network: relay.Network.create(({ text }, variables) => post(text, variables)),
      store: new relay.Store(new relay.RecordSource()),
    });
    const [query, page, fragment] = ['appFirmsQuery', 'appPageQuery', 'app_firms'].map((name) =>
      loadCommon<object>(join(artifacts, `${name}.graphql.js`)),
    ) as [object, object, object];
    const read = (root: object) => environment.lookup(relay.getSingularSelector(fragment, root)).data;
    const first = await relay.fetchQuery(environment, query, { count: 2, cursor: null }).toPromise();
    expect(read(first)).toMatchObject({
      firms: {
        edges: [
          { cursor: '1', node: { id: '1', name: 'Firm 1' } },
          { cursor: '2', node: { id: '2', name: 'Firm 2' } },
        ],
        pageInfo: { endCursor: '2', hasNextPage: true },
      },
    });
    await relay.fetchQuery(environment, page, { count: 3, cursor: '2' }).toPromise();
    expect(read(first)).toMatchObject({ firms: { pageInfo: { endCursor: '5', hasNextPage: false } } });
  });

  it('compiles a connection of the hub’s own schema', async () => {
    const { consumerSchema } = loadGraph(await readFile('schema/supergraph.graphql', 'utf8'));
    const artifacts = await compile(
      'hub',
      printSchema(buildConsumerSchema(consumerSchema)),
      `graphql\`query appSystemsQuery { ...app_systems }\`;
       graphql\`fragment app_systems on Query @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
         systems(first: $count, after: $cursor) @connection(key: "app_systems") { edges { node { clientId name } } } }\`;`,
    );
    expect(await readFile(join(artifacts, 'appSystemsQuery.graphql.js'), 'utf8')).toContain('hasNextPage');
  });
});

describe('GraphQL code generator', () => {
  it('types a query by the schema that the gateway shows, and its text is answered', async () => {
    const text = 'query Typed($id: ID!) { firm(id: $id) { id name staff } }';
    const document = parse(text);
    const documents = [{ location: 'app.ts', document, rawSDL: text }];
    const sections = await preset.buildGeneratesSection({
      baseOutputDir: 'gql/',
      schema: parse(printSchema(schema)),
      schemaAst: schema,
      documents,
      config: {},
      presetConfig: { fragmentMasking: false },
      plugins: [],
      pluginMap: {},
    });
    const files = await Promise.all(sections.map((section) => codegen({ ...section, schemaAst: schema })));
    const types = files.join('\n').replace(/\s+/g, ' ');
    expect(types).toMatch(/TypedQuery = \{ .*firm(\?)?: .*id: string, name(\?)?: string \| null, staff: number/);
    expect((await post(text, { id: '3' })).data).toEqual({ firm: { id: '3', name: 'Firm 3', staff: 30 } });
  });
});
