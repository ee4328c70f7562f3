import { describe, expect, it } from '@jest/globals';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { countRequests } from './support/count-requests.js';
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
