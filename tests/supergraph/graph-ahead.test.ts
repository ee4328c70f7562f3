import { describe, expect, it } from '@jest/globals';
import { Tasks } from '../../gateway/supergraph/composer/tasks.js';
import { GraphAhead } from '../../gateway/supergraph/graph-ahead.js';
import type { Graph } from '../../gateway/supergraph/graph.js';
import type { PublishedGraph } from '../../gateway/supergraph/version-checks.js';
import type { Consent } from '../../shared/share/releases/release.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';

const LINKS = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const subgraph = (name: string, more = '') => ({
  name,
  url: `http://${name}/`,
  sdl: `${LINKS} type Query { ${name}: Int ${more} }`,
});
const POLICY = { publishers: new Map([['a', ['a']]]), consents: [] };
const graphOf = (more = '', policy: PublishedGraph['policy'] = POLICY): PublishedGraph => ({
  subgraphs: [subgraph('b'), subgraph('a', more)],
  policy,
});
/** A consent that is of no use to any of these graphs. */
const consent = (until: number) => ({ id: 'C-1', until }) as Consent;

describe('A graph that was made ahead', () => {
  it('is the one that would be made when it is wanted, and is not made twice', () => {
    const [tasks, others] = [new Tasks(), new Tasks()];
    tasks.prepare(graphOf('c: Int'));
    const { ahead } = tasks as unknown as { ahead: { made: { supergraphSdl: string } } };
    ahead.made.supergraphSdl = 'the one made ahead';
    const given = tasks.graph(graphOf('c: Int'));
    expect(given.supergraphSdl).toBe('the one made ahead');
    expect({ ...given, supergraphSdl: '' }).toEqual({ ...others.graph(graphOf('c: Int')), supergraphSdl: '' });
  });

  it.each([
    ['another schema', graphOf('d: Int')],
    ['another order', { ...graphOf('c: Int'), subgraphs: graphOf('c: Int').subgraphs.toReversed() }],
    ['another address', { ...graphOf(), subgraphs: [subgraph('b'), { ...subgraph('a', 'c: Int'), url: 'http://x/' }] }],
    ['other permits', graphOf('c: Int', { publishers: new Map(), consents: [] })],
    ['other consents', graphOf('c: Int', { ...POLICY, consents: [consent(Infinity)] })],
  ])('is not taken for one with %s', (_, other) => {
    const tasks = new Tasks();
    tasks.prepare(graphOf('c: Int'));
    expect(tasks.graph(other)).toEqual(new Tasks().graph(other));
  });

  it('is made again when a consent that it was made with has ended', () => {
    const tasks = new Tasks();
    const graph = graphOf('c: Int', { ...POLICY, consents: [consent(Date.now() + 60_000)] });
    tasks.prepare(graph);
    const { ahead } = tasks as unknown as { ahead: { until: number; made: { supergraphSdl: string } } };
    ahead.made.supergraphSdl = 'outdated';
    ahead.until = Date.now();
    expect(tasks.graph(graph).supergraphSdl).not.toBe('outdated');
  });

  it('is given up where it cannot be made, and the next one is made', () => {
    const tasks = new Tasks();
    expect(() => tasks.prepare(graphOf('b: String'))).toThrow('do not compose');
    expect(() => tasks.graph(graphOf('b: String'))).toThrow('do not compose');
    expect(tasks.graph(graphOf()).version).toBe(new Tasks().graph(graphOf()).version);
  });
});

describe('The version that was checked last', () => {
  const version = (subgraph: string, number: number) => ({
    id: `${subgraph}-${number}`,
    subgraph,
    url: `http://${subgraph}/${number}`,
    sdl: `${subgraph} ${number}`,
  });
  function open(addressOf: (version: { url: string }) => string | undefined = ({ url }) => url) {
    const prepared: PublishedGraph[] = [];
    const state: { upcoming: unknown; graph: unknown; fails: boolean } = {
      upcoming: undefined,
      graph: { loaded: [subgraph('b'), { name: 'a', url: 'http://a/1', sdl: 'a 1' }] },
      fails: false,
    };
    const ahead = new GraphAhead({
      current: () => state.graph as Graph,
      readPolicy: async () => ({ ...POLICY, upcoming: state.upcoming }) as unknown as GovernanceSnapshot,
      addressOf,
      prepare: async (graph) => {
        prepared.push(graph);
        if (state.fails) throw new Error('It cannot be composed.');
      },
    });
    return { ahead, prepared, state };
  }

  it('has its graph made once, as its publication would bring it', async () => {
    const { ahead, prepared, state } = open();
    await ahead.prepare();
    expect(prepared).toEqual([]);
    state.upcoming = version('a', 2);
    await Promise.all([ahead.prepare(), ahead.prepare()]);
    await ahead.prepare();
    const { subgraphs } = prepared[0]!;
    expect(prepared).toEqual([
      { policy: POLICY, subgraphs: [subgraph('b'), { name: 'a', url: 'http://a/2', sdl: 'a 2' }] },
    ]);
    // Another graph is in force now.
    state.graph = { loaded: subgraphs };
    state.upcoming = version('n', 1);
    await ahead.prepare();
    expect(prepared[1]?.subgraphs.map(({ name }) => name)).toEqual(['b', 'a', 'n']);
  });

  it('waits for its publication where its graph cannot be made, and is not tried again', async () => {
    const { ahead, prepared, state } = open();
    Object.assign(state, { upcoming: version('a', 2), fails: true });
    await expect(ahead.prepare()).resolves.toBeUndefined();
    await ahead.prepare();
    expect(prepared).toHaveLength(1);
  });

  it('is not composed where its host is not listed', async () => {
    const { ahead, prepared, state } = open(() => undefined);
    state.upcoming = version('a', 2);
    await ahead.prepare();
    expect(prepared).toEqual([]);
  });
});
