import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType, Kind, parse, print, visit } from 'graphql';
import { serveGraph, type TestGraph, type TestSubgraph } from './graph.js';

/** One question and its written-down answer. Each is asked in four dresses that must not change the answer. */
export interface Case {
  readonly query: string;
  readonly data: unknown;
  /** Expected errors as `CODE@path.with.0.indices`; none when absent. */
  readonly errors?: readonly string[];
  readonly variables?: Record<string, unknown>;
  /** Fetches by subgraph, for the plain dress. */
  readonly fetches?: Record<string, number>;
  /** A dress the planner (not this executor) cannot plan, with what it does instead. Fails when that changes. */
  readonly gaps?: Partial<Record<Dress, string>>;
}

export type Dress = 'plain' | 'aliased everywhere' | 'with __typename everywhere' | 'in fragments';

const DRESSES: Record<Dress, (query: string) => string> = {
  plain: (query) => query,
  'aliased everywhere': (query) =>
    print(
      visit(parse(query), {
        Field: (node) =>
          node.alias || node.name.value === '__typename' ? undefined : { ...node, alias: name(`z_${node.name.value}`) },
      }),
    ),
  'with __typename everywhere': (query) =>
    print(
      visit(parse(query), {
        SelectionSet: {
          leave: (node) => ({
            ...node,
            selections: [
              { kind: Kind.FIELD, alias: name('t__'), name: name('__typename') } as const,
              ...node.selections,
            ],
          }),
        },
      }),
    ),
  'in fragments': (query) =>
    print(
      visit(parse(query), {
        SelectionSet: {
          leave: (node, _key, parent) =>
            parent && 'kind' in parent && parent.kind === Kind.FIELD
              ? { ...node, selections: [{ kind: Kind.INLINE_FRAGMENT, selectionSet: node } as const] }
              : undefined,
        },
      }),
    ),
};

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

/** Declares the cases of one graph. */
export function describeGraph(
  title: string,
  subgraphs: Record<string, TestSubgraph>,
  cases: Record<string, Case>,
): void {
  describe(title, () => {
    let graph: TestGraph | undefined;
    beforeAll(async () => {
      graph = await serveGraph(subgraphs);
    });
    afterAll(async () => {
      await graph?.close();
    });
    for (const [sentence, each] of Object.entries(cases)) {
      it(sentence, async () => {
        for (const dress of Object.keys(DRESSES) as Dress[]) await check(graph!, each, dress);
      });
    }
  });
}

async function check(
  graph: TestGraph,
  { query, data, errors = [], variables, fetches, gaps = {} }: Case,
  dress: Dress,
): Promise<void> {
  const asking = graph.ask(DRESSES[dress](query), { variables });
  const gap = gaps[dress];
  if (gap !== undefined) {
    const cause = await asking.then(
      (told) => JSON.stringify(told.errors),
      (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
    );
    expect({ dress, cause }).toEqual({ dress, cause: expect.stringContaining(gap) });
    return;
  }
  const told = await asking.catch((error: Error & { cause?: unknown }) => {
    throw new Error(
      `${dress}: ${error.message} ${(error.cause as Error | undefined)?.message ?? ''}\n${DRESSES[dress](query)}`,
    );
  });
  const seen = told.errors.map(({ extensions, path }) => `${extensions.code}@${(path ?? []).map(undress).join('.')}`);
  expect({ dress, data: strip(told.data, graph), errors: seen.sort() }).toEqual({
    dress,
    data,
    errors: [...errors].sort(),
  });
  if (fetches && dress === 'plain') expect(count(graph)).toEqual(fetches);
  // Keys stand in the requested order, which is how the expected data are written.
  if (dress === 'plain') expect(JSON.stringify(told.data)).toBe(JSON.stringify(data));
}

const undress = (key: string | number) => (typeof key === 'string' && key.startsWith('z_') ? key.slice(2) : key);

function strip(value: unknown, graph: TestGraph): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, graph));
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 't__') {
      if (!isObjectType(graph.schema.getType(String(inner)))) throw new Error(`__typename is ${String(inner)}`);
    } else out[undress(key) as string] = strip(inner, graph);
  }
  return out;
}

function count(graph: TestGraph): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { subgraph } of graph.asked) counts[subgraph] = (counts[subgraph] ?? 0) + 1;
  return counts;
}
