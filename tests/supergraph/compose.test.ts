import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, parse, print } from 'graphql';
import { composeCommand } from '../../cli/compose.command.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { readSupergraphConfig } from '../../gateway/supergraph/config.js';
import { sdlOverHttp } from '../../gateway/supergraph/fetch-sdl.js';
import { loadSubgraphs } from '../../gateway/supergraph/load-subgraphs.js';
import { HubError } from '../../shared/kernel/index.js';
import { stripShareDirectives } from '../../shared/share/strip.js';

const FEDERATION =
  '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@composeDirective"])';
const SHARE = '@link(url: "https://sharehub.dev/share/v1.0", import: ["@share", "@basic", "@resource"])';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-'));
});
afterAll(() => rm(folder, { recursive: true }));

const put = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const toRefusalError = async (work: () => unknown): Promise<HubError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('The list of subgraphs', () => {
  const mistakes = async (yaml: string, env = {}): Promise<string> => {
    const file = await put('supergraph.yaml', yaml);
    const error = await toRefusalError(() => readSupergraphConfig(file, env));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(file);
    return (error.details.mistakes as string[]).join('\n');
  };

  it('is refused with every mistake and where it is', async () => {
    expect(await mistakes('subgraphs: [')).toMatch(/line 1, column \d+/);
    expect(await mistakes('')).toBe('the file is empty');
    expect(await mistakes('just text')).toMatch(/expected object/i);
    expect(await mistakes('subgraphs: {}')).toBe('subgraphs: must name at least one subgraph');
    expect(await mistakes('subgraphs:\n  a: { routing_url: http://a, schema: { file: a } }\n  a: {}')).toMatch(
      /line 3/,
    );
    const several = await mistakes(`
      federation_version: 1
      colour: red
      subgraphs:
        "9lives": { routing_url: http://a, schema: { file: a.graphql } }
        population: { schema: { file: a.graphql } }
        geography: { routing_url: ftp://a, schema: { file: a.graphql, sdl: "type Query" } }
        licence: { routing_url: http://a, schema: { graphref: x } }
        credit: { routing_url: http://a, schema: { file: a, introspection_headers: { a: b } } }
    `);
    expect(several.split('\n').sort()).toEqual([
      'Unrecognized key: "colour"',
      'federation_version: must be 2 or =2.x.y',
      'subgraphs.9lives: a subgraph name is a letter and then letters, digits, _ or -, at most 64',
      'subgraphs.credit.schema: introspection_headers goes with subgraph_url only',
      'subgraphs.geography.routing_url: must be an http or https address',
      'subgraphs.geography.schema: must have exactly one of file, subgraph_url and sdl',
      'subgraphs.licence.schema: Unrecognized key: "graphref"',
      'subgraphs.licence.schema: must have exactly one of file, subgraph_url and sdl',
      'subgraphs.population.routing_url: is missing; only subgraph_url can stand in for it',
    ]);
  });

  it('is refused when an environment variable in it is not set, naming both', async () => {
    const yaml = 'subgraphs:\n  a: { routing_url: "${env.A_URL}/graphql", schema: { file: a.graphql } }';
    expect(await mistakes(yaml)).toBe('subgraphs.a.routing_url: environment variable A_URL is not set');
  });

  it('is refused when it does not exist', async () => {
    const error = await toRefusalError(() => readSupergraphConfig(join(folder, 'nowhere.yaml')));
    expect(error.message).toMatch(/nowhere\.yaml is wrong: the file does not exist/);
  });

  it('is read with variables filled in and files found beside it', async () => {
    const file = await put(
      'supergraph.yaml',
      `
      federation_version: =2.9.0
      subgraphs:
        population: { routing_url: "\${env.BASE}:4002/graphql", schema: { file: ./population.graphql } }
        geography: { schema: { subgraph_url: "\${env.NONE:-http://127.0.0.1}:4001/", introspection_headers: { x-key: "\${env.KEY}" } } }
        licence: { routing_url: http://l/, schema: { sdl: "type Query { l: Int }" } }
      `,
    );
    const config = await readSupergraphConfig(file, { BASE: 'http://10.0.0.1', KEY: 'a: ${env.BASE}\n' });
    expect(config.subgraphs).toEqual([
      {
        name: 'population',
        url: 'http://10.0.0.1:4002/graphql',
        schema: { kind: 'file', file: join(folder, 'population.graphql') },
      },
      {
        name: 'geography',
        url: 'http://127.0.0.1:4001/',
        schema: { kind: 'url', url: 'http://127.0.0.1:4001/', headers: { 'x-key': 'a: ${env.BASE}\n' } },
      },
      { name: 'licence', url: 'http://l/', schema: { kind: 'sdl', sdl: 'type Query { l: Int }' } },
    ]);
    expect(config.files).toEqual([file, join(folder, 'population.graphql')]);
  });
});

describe('SDL from subgraphs', () => {
  let server: Server;
  let url: string;
  const answers: Record<string, (headers: Record<string, unknown>) => [number, string]> = {
    '/good': () => [200, JSON.stringify({ data: { _service: { sdl: 'type Query { a: Int }' } } })],
    '/guarded': (headers) =>
      headers['share-context'] === 'geography' && headers['x-extra'] === 'yes'
        ? [200, JSON.stringify({ data: { _service: { sdl: 'type Query { b: Int }' } } })]
        : [401, JSON.stringify({ errors: [{ message: 'The hub only.' }] })],
    '/html': () => [200, '<html>login</html>'],
    '/empty': () => [200, JSON.stringify({ data: { _service: { sdl: ' ' } } })],
    '/large': () => [200, JSON.stringify({ data: { _service: { sdl: '#'.repeat(5000) } } })],
    '/null': () => [200, 'null'],
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      const [status, body] = answers[request.url!]?.(request.headers) ?? [0, ''];
      if (status === 0) return; // hangs
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('names every subgraph whose SDL cannot be had, and why', async () => {
    const schema = (path: string) => ({ kind: 'url' as const, url: `${url}${path}`, headers: {} });
    const error = await toRefusalError(() =>
      loadSubgraphs(
        {
          file: '',
          files: [],
          subgraphs: [
            { name: 'good', url, schema: schema('/good') },
            { name: 'guarded', url, schema: schema('/guarded') },
            { name: 'html', url, schema: schema('/html') },
            { name: 'empty', url, schema: schema('/empty') },
            { name: 'large', url, schema: schema('/large') },
            { name: 'null', url, schema: schema('/null') },
            { name: 'down', url, schema: { kind: 'url', url: 'http://127.0.0.1:1/', headers: {} } },
            { name: 'file', url, schema: { kind: 'file', file: join(folder, 'gone.graphql') } },
          ],
        },
        { fetchSdl: sdlOverHttp({ timeoutMs: 60_000, maxBytes: 2000 }) },
      ),
    );
    expect(error.code).toBe('COMPOSITION_FAILED');
    const why = Object.fromEntries(
      (error.details.errors as { subgraph: string; message: string }[]).map((each) => [each.subgraph, each.message]),
    );
    expect(why).toEqual({
      guarded: `[guarded] ${url}/guarded gave no SDL for {_service{sdl}} (HTTP 401: The hub only.)`,
      html: `[html] ${url}/html gave no SDL for {_service{sdl}} (HTTP 200, not JSON)`,
      empty: `[empty] ${url}/empty gave no SDL for {_service{sdl}} (HTTP 200)`,
      large: `[large] the answer of ${url}/large is over 2000 bytes`,
      null: `[null] ${url}/null gave no SDL for {_service{sdl}} (HTTP 200)`,
      down: '[down] cannot be reached at http://127.0.0.1:1/: ECONNREFUSED',
      file: `[file] ${join(folder, 'gone.graphql')} does not exist`,
    });
  });

  it('names a subgraph that does not answer in time', async () => {
    const hung = { name: 'hung', url, schema: { kind: 'url' as const, url: `${url}/hung`, headers: {} } };
    const error = await toRefusalError(() =>
      loadSubgraphs({ file: '', files: [], subgraphs: [hung] }, { fetchSdl: sdlOverHttp({ timeoutMs: 300 }) }),
    );
    expect(error.details.errors).toMatchObject([
      { subgraph: 'hung', message: `[hung] cannot be reached at ${url}/hung: no answer within 300 ms` },
    ]);
  });

  it('is read with the registration context and the headers of the list', async () => {
    const contexts = ['of another key', 'geography'].map((context) => ({ 'share-context': context }));
    const fetchSdl = sdlOverHttp({ authorise: async () => contexts });
    expect(await fetchSdl('geography', `${url}/guarded`, { 'x-extra': 'yes' })).toBe('type Query { b: Int }');
  });
});

describe('The share directives', () => {
  const strip = (sdl: string): string => print(stripShareDirectives(parse(sdl)));

  it.each([
    ['imported by name', SHARE, 'share', 'basic'],
    [
      'renamed',
      '@link(url: "https://sharehub.dev/share/v1", import: [{ name: "@share", as: "@gx" }, {name: "@basic", as: "@jc"}])',
      'gx',
      'jc',
    ],
    ['in a namespace', '@link(url: "https://sharehub.dev/share/v1.3", as: "s")', 's', 's__basic'],
    ['in the default namespace', '@link(url: "https://sharehub.dev/share/v1.0/")', 'share', 'share__basic'],
  ])('never reach the composer when they are %s', (_, link, share, basic) => {
    const { supergraphSdl } = composeGraph([
      {
        name: 'population',
        url: 'http://p/',
        sdl: `
          extend schema ${FEDERATION} ${link} @composeDirective(name: "@${share}")
          directive @${share}(type: ShareType!, basis: [String!]) on OBJECT | FIELD_DEFINITION | ENUM_VALUE | ARGUMENT_DEFINITION
          directive @${basic} on FIELD_DEFINITION
          enum ShareType { UNCONDITIONAL CONDITIONAL NOT_SHARED }
          type Query { residents(name: String @${share}(type: CONDITIONAL)): [Resident!]! }
          type Resident @key(fields: "id") @${share}(type: UNCONDITIONAL) { id: ID! @${basic} phone: String! @${share}(type: CONDITIONAL) level: Level }
          enum Level { A @${share}(type: NOT_SHARED, basis: ["法"]) B }
        `,
      },
    ]);
    expect(supergraphSdl).not.toContain('sharehub');
    expect(supergraphSdl).not.toMatch(new RegExp(`@(${share}|${basic})\\b|ShareType|NOT_SHARED`));
    expect(supergraphSdl).toContain('phone: String!');
  });

  it('leave a type of the same name alone that the subgraph itself answers with', () => {
    const sdl = strip(`
      extend schema ${SHARE}
      directive @share(type: ShareType!) on FIELD_DEFINITION
      enum ShareType { UNCONDITIONAL CONDITIONAL }
      type Query { type: ShareType @share(type: UNCONDITIONAL) }
    `);
    expect(sdl).toBe('enum ShareType {\n  UNCONDITIONAL\n  CONDITIONAL\n}\n\ntype Query {\n  type: ShareType\n}');
  });

  it('of another specification are not ours', () => {
    const sdl = `extend schema @link(url: "https://example.org/share/v1.0", import: ["@share"])\n\ntype Query {\n  a: Int @share(type: OPEN)\n}`;
    expect(strip(sdl)).toBe(sdl);
  });

  it('are stripped from a copy', () => {
    const document = parse(`extend schema ${SHARE} type Query { a: Int @basic }`);
    const before = JSON.stringify(document);
    expect(print(stripShareDirectives(document))).toBe('type Query {\n  a: Int\n}');
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe('Composition', () => {
  const subgraph = (name: string, body: string) => ({
    name,
    url: `http://${name}/`,
    sdl: `extend schema ${FEDERATION}\n${body}`,
  });

  it('is refused with every problem, its code and its subgraph', async () => {
    const error = await toRefusalError(() =>
      composeGraph([
        subgraph('a', 'type Query { a: Int } type User @key(fields: "nope") { id: ID! }'),
        subgraph('b', 'type Query { b: Nowhere }'),
      ]),
    );
    expect(error.code).toBe('COMPOSITION_FAILED');
    expect(error.details.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'KEY_INVALID_FIELDS', subgraph: 'a' }),
        expect.objectContaining({
          code: 'INVALID_GRAPHQL',
          subgraph: 'b',
          message: expect.stringContaining('Nowhere'),
        }),
      ]),
    );
  });

  it.each([
    ['empty SDL', '   ', 'Its SDL is empty'],
    ['half a file', 'type Query { a: Int', 'Expected Name, found <EOF>. (line 1, column 20)'],
    ['a page of HTML', '<html></html>', 'Unexpected character: "<"'],
  ])('is refused for %s', async (_, sdl, message) => {
    const error = await toRefusalError(() => composeGraph([{ name: 'broken', url: 'http://b/', sdl }]));
    expect(error.details.errors).toEqual([
      { code: 'INVALID_GRAPHQL', subgraph: 'broken', message: expect.stringContaining(message) },
    ]);
  });

  it('is refused for no subgraphs and for two of one name', async () => {
    expect((await toRefusalError(() => composeGraph([]))).code).toBe('COMPOSITION_FAILED');
    const twice = [subgraph('a', 'type Query { a: Int }'), subgraph('a', 'type Query { a: Int }')];
    expect((await toRefusalError(() => composeGraph(twice))).code).toBe('COMPOSITION_FAILED');
  });
});

describe('sharehub compose', () => {
  const run = async (options: string[], problems: Parameters<typeof composeCommand>[0] = {}) => {
    const seen = { out: '', err: '', code: 0 };
    const command = composeCommand({
      out: (text) => (seen.out += text),
      err: (text) => (seen.err += text),
      ...problems,
    });
    await command.parseAsync(options, { from: 'user' });
    seen.code = Number(process.exitCode ?? 0);
    process.exitCode = 0;
    return seen;
  };
  const list = (schema: string) => put('s.yaml', `subgraphs:\n  a: { routing_url: http://a/, schema: ${schema} }`);

  it('prints every problem and nothing else', async () => {
    const config = await list('{ sdl: "type Query { a: Nowhere }" }');
    const { out, err, code } = await run(['--config', config]);
    expect([out, code]).toEqual(['', 1]);
    expect(err).toMatch(/^The subgraphs do not compose \(1\):\n {2}INVALID_GRAPHQL\n {4}\[a\] .*Nowhere/);
    expect((await run(['--config', await put('s.yaml', 'subgraphs: 3')])).err).toMatch(
      /s\.yaml is wrong \(1\):\n {2}subgraphs: /,
    );
  });

  it('prints no supergraph whose share rules are wrong', async () => {
    const sdl = 'extend schema @link(url: \\"https://sharehub.dev/share/v1.0\\") type Query { a: Int }';
    const config = await list(`{ sdl: "${sdl}" }`);
    const problem = {
      code: 'ITEM_UNCATALOGUED',
      severity: 'error' as const,
      message: 'No share type.',
      subgraph: 'a',
      coordinate: 'Query.a',
    };
    const { out, err, code } = await run(['--config', config], { checkShares: () => [problem] });
    expect([out, code]).toEqual(['', 1]);
    expect(err).toBe('Share rules (1):\n  error ITEM_UNCATALOGUED Query.a (a)\n    No share type.\n');
    const warned = await run(['--config', config], { checkShares: () => [{ ...problem, severity: 'warning' }] });
    expect([warned.out.includes('join__Graph'), warned.code]).toEqual([true, 0]);
  });

  it('prints the supergraph, or writes it whole', async () => {
    const config = await list('{ sdl: "type Query { a: Int }" }');
    const printed = await run(['--config', config]);
    expect(buildSchema(printed.out, { assumeValidSDL: true }).getQueryType()?.getFields().a).toBeDefined();
    const output = join(folder, 'supergraph.graphql');
    const { err, out } = await run(['--config', config, '--output', output]);
    expect([out, err]).toEqual([
      '',
      `No subgraph states share types, so this graph can be served with --permissive only.\nComposed 1 subgraphs into ${output}.\n`,
    ]);
    expect((await run(['--config', config, '--output', join(folder, 'no/such/folder')])).code).toBe(1);
  });
});
