import { fork } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlannedGraph, Planner } from '../../gateway/plan/planner.js';
import { startPlanner } from '../../gateway/plan/start-planner.js';
import { compose, serveGraph, stopTestPlanner } from './support/graph.js';

const supergraph = compose({
  a: {
    sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String boss: User secret: String @inaccessible }',
  },
  b: { sdl: '"A person." type User @key(fields: "id") { id: ID! "In yuan." pay: Int }' },
});
/** The planner’s native code does not survive this; validation keeps it from clients. */
const DEADLY = '{ me { ...A } } fragment A on User { boss { ...A } }';

let planner: Planner;
let graph: PlannedGraph;
const faults: string[] = [];
beforeAll(async () => {
  planner = startPlanner({ onFault: (fault) => faults.push(fault) });
  graph = await planner.loadGraph(supergraph);
});
afterAll(async () => {
  await planner.close();
  await stopTestPlanner();
});
const kinds = async (planned: PlannedGraph, query = '{ me { pay } }') => (await planned.plan(query)).node?.kind;
const gone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe('a graph is refused, and the one in use goes on, when it', () => {
  const bad: Record<string, string> = {
    'is empty': '',
    'is blank': '  \n',
    'is half written': supergraph.slice(0, supergraph.length / 2),
    'is an ordinary schema': 'type Query { a: Int }',
    'is an error page': '<html></html>',
    'is composed of nothing': supergraph
      .replace(/enum join__Graph \{[^}]*\}/, 'enum join__Graph { NONE }')
      .replace(/@join__type\([^)]*\)/g, ''),
    'kills the planner by a key that is not there': supergraph.replace(/key: "id"/g, 'key: "nope"'),
    'kills the planner by having no query': supergraph.replace('type Query', 'type Other'),
    'names graphs that are not there': supergraph.replace(/graph: A\b/g, 'graph: NOBODY'),
  };
  for (const [how, sdl] of Object.entries(bad)) {
    it(how, async () => {
      await expect(planner.loadGraph(sdl)).rejects.toMatchObject({ code: 'COMPOSITION_FAILED' });
      expect(await kinds(graph)).toBe('Sequence');
    });
  }
});

describe('the planner', () => {
  it('is restarted with its graphs when it was killed', async () => {
    const pid = planner.pid!;
    process.kill(pid, 'SIGKILL');
    await until(() => planner.pid !== pid);
    expect(await kinds(graph)).toBe('Sequence');
    expect(planner.pid).not.toBe(pid);
  });
  it('finishes what was under way when it was killed', async () => {
    const plans = Array.from({ length: 20 }, () => kinds(graph));
    process.kill(planner.pid!, 'SIGKILL');
    expect(new Set(await Promise.all(plans))).toEqual(new Set(['Sequence']));
  });
  it('gives up a query that kills it twice, remembers it, and serves the others', async () => {
    const others = [kinds(graph), kinds(graph, '{ me { name } }')];
    await expect(graph.plan(DEADLY)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'The hub cannot plan this operation.',
    });
    expect(await Promise.all(others)).toEqual(['Sequence', 'Fetch']);
    expect(await kinds(graph)).toBe('Sequence');
    const { pid } = planner;
    await expect(graph.plan(DEADLY)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(planner.pid).toBe(pid);
  });
  it('says nothing of its inner words to a caller', async () => {
    const refused = await graph.plan('{ nope }').catch((error: Error) => error);
    expect(refused).toMatchObject({ code: 'INTERNAL', message: 'The hub cannot plan this operation.', details: {} });
    expect((refused as Error).cause).toMatchObject({ message: expect.stringContaining('nope') });
  });
  it('keeps several versions at once, until each is let go', async () => {
    const next = await planner.loadGraph(compose({ a: { sdl: 'type Query { other: Int }' } }));
    expect(await kinds(next, '{ other }')).toBe('Fetch');
    expect(await kinds(graph)).toBe('Sequence');
    next.close();
    await expect(next.plan('{ other }')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await kinds(graph)).toBe('Sequence');
  });
  it('is given a limited time', async () => {
    const stopped = await planner.loadGraph(supergraph);
    const hasty = startPlanner({ planTimeout: 500 });
    const planned = await hasty.loadGraph(supergraph);
    process.kill(hasty.pid!, 'SIGSTOP');
    // The first planner is killed when its time is over, the second answers.
    expect(await kinds(planned)).toBe('Sequence');
    stopped.close();
    await hasty.close();
  });
  it('refuses work after it was closed', async () => {
    const closed = startPlanner();
    const planned = await closed.loadGraph(supergraph);
    const { pid } = closed;
    await closed.close();
    expect(gone(pid!)).toBe(true);
    await expect(planned.plan('{ me { name } }')).rejects.toMatchObject({ code: 'NOT_READY' });
    await expect(closed.loadGraph(supergraph)).rejects.toMatchObject({ code: 'NOT_READY' });
  });
  it('ends when the hub is killed', async () => {
    // A hub of its own, unbuilt like this test.
    const hub = fork(new URL('./support/planner-parent.ts', import.meta.url), [supergraph], {
      execArgv: ['--import', '@swc-node/register/esm-register'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const pid = await new Promise<number>((resolve) => hub.once('message', (message) => resolve(message as number)));
    expect(gone(pid)).toBe(false);
    hub.kill('SIGKILL');
    await until(() => gone(pid));
  }, 20_000);
  it('shows consumers their own part of the graph', () => {
    expect(graph.consumerSchema).toContain('pay: Int');
    expect(graph.consumerSchema).not.toMatch(/secret|join__|__Schema|_entities|@link|scalar String/);
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
