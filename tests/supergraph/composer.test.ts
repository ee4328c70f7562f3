import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Composer } from '../../gateway/supergraph/composer/composer.js';
import { composerProcesses } from '../support/composer-processes.js';
import { receiveGraph } from '../../gateway/supergraph/receive-graph.js';

const LIMITS = { timeoutMs: 60_000, memoryMb: 512 };
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const subgraph = (name: string, sdl = `type Query { ${name}: Int }`) => ({
  name,
  url: `http://${name}/`,
  sdl: LINK + sdl,
});
const graphOf = (...subgraphs: ReturnType<typeof subgraph>[]) => ({ subgraphs, policy: undefined });
/** Composing it takes long, whatever the machine. */
const large = subgraph(
  'large',
  `type Query { a: T0 } ${Array.from({ length: 3_000 }, (_, n) => `type T${n} { ${Array.from({ length: 40 }, (_field, f) => `f${f}: T${(n * 7 + f) % 3_000}`).join(' ')} }`).join(' ')}`,
);
const codesOf = (result: Promise<unknown>) =>
  result.then(
    () => 'composed',
    (error: { code: string; details: { errors?: { code: string }[] } }) => [
      error.code,
      ...(error.details.errors ?? []).map(({ code }) => code),
    ],
  );

describe('The process that composes', () => {
  const opened: Composer[] = [];
  const open = (limits = LIMITS): Composer => {
    const composer = new Composer(limits);
    opened.push(composer);
    return composer;
  };
  afterEach(() => opened.splice(0).forEach((composer) => composer.close()));

  it('makes a graph, and says why it makes none', async () => {
    const composer = open();
    const { graph } = await receiveGraph(await composer.run('graph', graphOf(subgraph('a'), subgraph('b'))), undefined);
    expect(Object.keys(graph.schema.getQueryType()!.getFields())).toEqual(['a', 'b']);
    const bad = composer.run('graph', graphOf(subgraph('a'), subgraph('b', 'type Query { a: String }')));
    await expect(bad).rejects.toMatchObject({
      code: 'COMPOSITION_FAILED',
      details: {
        errors: expect.arrayContaining([
          expect.objectContaining({ code: 'FIELD_TYPE_MISMATCH', coordinate: 'Query.a' }),
        ]),
      },
    });
  });

  it('sends what differs from the graph that its asker has', async () => {
    const composer = open();
    const first = await composer.run('graph', graphOf(subgraph('a'), subgraph('b')));
    const next = await composer.run('graph', {
      ...graphOf(subgraph('a'), subgraph('b', 'type Query { b: Int } type New { c: Int }')),
      base: first.version,
    });
    expect(next).toMatchObject({ base: first.version, consumer: { names: ['New'] } });
    const { base } = await composer.run('graph', { ...graphOf(subgraph('a')), base: 'nobody has it' });
    expect(base).toBeUndefined();
  });

  it('is stopped beyond its time, and goes on with the next graph', async () => {
    const composer = open({ ...LIMITS, timeoutMs: 1_500 });
    expect(await codesOf(composer.run('graph', graphOf(large)))).toEqual([
      'COMPOSITION_FAILED',
      'COMPOSITION_TOO_SLOW',
    ]);
  });

  it('is stopped beyond its memory', async () => {
    const composer = open({ ...LIMITS, memoryMb: 48 });
    expect(await codesOf(composer.run('graph', graphOf(large)))).toEqual([
      'COMPOSITION_FAILED',
      'COMPOSITION_TOO_LARGE',
    ]);
    expect(await codesOf(composer.run('graph', graphOf(subgraph('a'))))).toBe('composed');
  });

  it('refuses by name what is nested too deeply', async () => {
    const deep = subgraph('deep', `type Query { a: ${'['.repeat(50_000)}Int${']'.repeat(50_000)} }`);
    expect(await codesOf(open().run('graph', graphOf(subgraph('a'), deep)))).toEqual([
      'COMPOSITION_FAILED',
      'COMPOSITION_TOO_DEEP',
    ]);
  });

  it('is started again when it is killed, and does what it was at', async () => {
    const composer = open();
    await composer.run('graph', graphOf(subgraph('a')));
    const result = composer.run('graph', graphOf(subgraph('b')));
    composerProcesses().forEach((pid) => process.kill(pid, 'SIGKILL'));
    expect(await codesOf(result)).toBe('composed');
  });

  it('ends what it is at when its asker closes, and nothing of another', async () => {
    const [closing, other] = [open(), open()];
    const ended = codesOf(closing.run('graph', graphOf(large)));
    const waiting = codesOf(closing.run('graph', graphOf(subgraph('a'))));
    const going = codesOf(other.run('graph', graphOf(subgraph('b'))));
    closing.close();
    expect(await Promise.all([ended, waiting, going])).toEqual([['NOT_READY'], ['NOT_READY'], 'composed']);
    expect(await codesOf(closing.run('graph', graphOf(subgraph('a'))))).toEqual(['NOT_READY']);
  });

  it('is started again when it keeps too much, and does what comes next', async () => {
    const composer = open({ ...LIMITS, memoryMb: 64 });
    const pidOf = async () => {
      await composer.run('graph', graphOf(subgraph('a')));
      return composerProcesses().find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('=64'));
    };
    const first = await pidOf();
    const many = Array.from(
      { length: 400 },
      (_, n) => `type T${n} { ${Array.from({ length: 20 }, (_field, f) => `f${f}: Int`).join(' ')} }`,
    );
    await composer.run('graph', graphOf(subgraph('wide', `type Query { a: T0 } ${many.join(' ')}`)));
    const next = await pidOf();
    expect(next).toBeDefined();
    expect(next).not.toBe(first);
  });
});
