import { describe, expect, it } from '@jest/globals';
import { parse, type OperationDefinitionNode } from 'graphql';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { countRequests } from './support/count-requests.js';
import { readFederatedSchema } from '../../gateway/plan/read-federated-schema.js';
import type { FindStopped } from '../../gateway/plan/stop-keys.js';
import { Search } from '../../gateway/plan/search.js';
import { toPlannerSelections } from '../../gateway/plan/selection.js';
import { compose, serveGraph } from './support/graph.js';

const supergraph = compose({
  a: {
    sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String boss: User secret: String @inaccessible }',
  },
  b: { sdl: '"A person." type User @key(fields: "id") { id: ID! "In yuan." pay: Int }' },
});

describe('a graph is refused when it', () => {
  const bad: Record<string, string> = {
    'is empty': '',
    'is blank': '  \n',
    'is half written': supergraph.slice(0, supergraph.length / 2),
    'is an ordinary schema': 'type Query { a: Int }',
    'is an error page': '<html></html>',
    'is composed of nothing': supergraph
      .replace(/enum join__Graph \{[^}]*\}/, 'enum join__Graph { NONE }')
      .replace(/@join__type\([^)]*\)/g, ''),
    'has a key that is not there': supergraph.replace(/key: "id"/g, 'key: "nope"'),
    'has no query': supergraph.replace('type Query', 'type Other'),
    'names graphs that are not there': supergraph.replace(/graph: A\b/g, 'graph: NOBODY'),
  };
  for (const [how, sdl] of Object.entries(bad)) {
    it(how, () => {
      expect(() => loadGraph(sdl)).toThrow(expect.objectContaining({ code: 'COMPOSITION_FAILED' }));
    });
  }
});

describe('the planner', () => {
  it('names the field that no subgraph can give', () => {
    expect(() => loadGraph(supergraph).plan('{ nope }')).toThrow(
      expect.objectContaining({
        code: 'FIELD_UNREACHABLE',
        message: expect.stringContaining('Query.nope'),
        details: { coordinate: 'Query.nope' },
      }),
    );
  });
  it('follows a chain of inputs over twenty subgraphs', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [
        `s${n}`,
        {
          sdl:
            n === 0
              ? 'type Query { firm: Firm } type Firm @key(fields: "id") { id: ID! f0: Int }'
              : `type Firm @key(fields: "id") { id: ID! f${n - 1}: Int @external f${n}: Int @requires(fields: "f${n - 1}") }`,
        },
      ]),
    );
    expect(countRequests(loadGraph(compose(chain)).plan('{ firm { f19 } }').node).requests).toBe(20);
  });
  it('shows consumers their own part of the graph', () => {
    const { consumerSchema } = loadGraph(supergraph);
    expect(consumerSchema).toContain('pay: Int');
    expect(consumerSchema).not.toMatch(/secret|join__|__Schema|_entities|@link|scalar String/);
  });
});

describe('a search that would not end soon is cut off', () => {
  const costly = expect.objectContaining({ code: 'PLAN_TOO_COSTLY' });
  const chain = compose({
    first: { sdl: 'type Query { firm: Firm } type Firm @key(fields: "id") { id: ID! next: Firm n0: Int }' },
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((i) => [
        `s${i}`,
        {
          sdl: `type Firm @key(fields: "id") { id: ID! n${i - 1}: Int @external n${i}: Int @requires(fields: "n${i - 1}") }`,
        },
      ]),
    ),
  });

  it('where an operation is wide', () => {
    const [operation] = parse(
      `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: firm { n5 n4 }`).join(' ')} }`,
    ).definitions;
    const selections = toPlannerSelections((operation as OperationDefinitionNode).selectionSet);
    const plan = (budget: number) =>
      new Search(readFederatedSchema(parse(chain)), { budget }).planRoot('Query', selections);
    expect(() => plan(1_000)).toThrow(costly);
    expect(plan(200_000).cost).toBeGreaterThan(1);
  });
  it('where every part of it asks for something else', () => {
    const graph = loadGraph(chain);
    const wide = (parts: number, own: (i: number) => string) =>
      `{ ${Array.from({ length: parts }, (_, i) => `a${i}: firm { ${own(i)} n1 n2 n3 n4 n5 }`).join(' ')} }`;
    expect(() => graph.plan(wide(700, (i) => `x${i}: n5`))).toThrow(costly);
    // Parts that are alike are searched once.
    expect(graph.plan(wide(400, () => 'x: n5')).node).toBeDefined();
    expect(() => graph.plan(wide(2_000, () => 'x: n5'))).toThrow(costly);
  });
  it('where it is deep', () => {
    const nested = (depth: number) => `{ firm ${'{ next '.repeat(depth)}{ n5 }${'}'.repeat(depth)} }`;
    const graph = loadGraph(chain);
    expect(graph.plan(nested(100)).node).toBeDefined();
    for (const depth of [450, 2_000]) expect(() => graph.plan(nested(depth))).toThrow(costly);
  });
});

describe('a plan goes the same way', () => {
  const graph = loadGraph(
    compose({
      a: {
        sdl: `type Query { media: Media @shareable } union Media = Book | Film
          type Book @key(fields: "id") { id: ID! title: String @shareable } type Film @key(fields: "id") { id: ID! }`,
      },
      b: {
        sdl: `type Query { media: Media @shareable } union Media = Book | Film
          type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int } type Film @key(fields: "id") { id: ID! length: Int }`,
      },
    }),
  );
  const fetches = (text: string) =>
    JSON.stringify(graph.plan(text))
      .match(/"serviceName":"\w+"/g)!
      .join();
  it.each(['... on Book { title }', '... on Book { pages }', '... on Film { length } ... on Book { title pages }'])(
    'wherever __typename stands: %s',
    (body) => {
      const plain = fetches(`{ media { ${body} } }`);
      for (const text of [`__typename ${body}`, `${body} __typename`, `... on Media { __typename ${body} }`])
        expect(fetches(`{ media { ${text} } }`)).toBe(plain);
    },
  );
});

describe('plans are kept', () => {
  it('for the next request, one for all that come at once, and not without bound', async () => {
    const graph = await serveGraph(
      {
        a: {
          sdl: 'type Query { n(i: Int): Int b: Int }',
          resolvers: { Query: { n: (_: unknown, { i }: { i: number }) => i, b: () => 1 } },
        },
      },
      { cacheSize: 10 },
    );
    let planned = 0;
    const plan = graph.planned.plan.bind(graph.planned);
    Object.assign(graph.planned, { plan: (query: string) => (planned++, plan(query)) });
    await Promise.all(Array.from({ length: 10 }, () => graph.ask('{ n(i: 1) }')));
    await graph.ask('{ n(i: 1) }');
    expect(planned).toBe(1);
    for (let i = 0; i < 40; i++) expect((await graph.ask(`{ n(i: ${i}) }`)).data).toEqual({ n: i });
    expect(planned).toBe(40);
    await graph.ask('{ n(i: 1) }');
    expect(planned).toBe(41);
    await graph.close();
  });
});

describe('where no key may be sent', () => {
  const stopped: FindStopped = (_subgraph, _type, [item]) => ({ item }) as ReturnType<FindStopped>;
  const plan = (sdl: Record<string, string>, query: string) => {
    const subgraphs = Object.fromEntries(Object.entries(sdl).map(([name, text]) => [name, { sdl: text }]));
    const { node } = loadGraph(compose(subgraphs)).plan(query, undefined, stopped);
    const nodes = node?.kind === 'Steps' ? node.steps.map((step) => step.node) : [node!];
    return nodes.map((each) =>
      each.kind === 'Refuse' ? each.keys.join('.') : 'operation' in each ? each.operation : each.kind,
    );
  };

  it('a record is taken from the subgraph that gives more of it, though no more of what is asked in the end', () => {
    const ship = (more: string) =>
      `type Query { ship: Ship @shareable } type Ship @key(fields: "id") { id: ID! @shareable ${more} }`;
    const sdl = {
      a: ship(''),
      b: ship('twin: Ship @shareable'),
      c: 'type Ship @key(fields: "id") { id: ID! @shareable twin: Ship @shareable weight: Int length: Int }',
    };
    expect(plan(sdl, '{ ship { twin { weight length } } }')).toEqual([
      'query{ship{twin{__typename}}}',
      'weight',
      'length',
    ]);
  });
});
