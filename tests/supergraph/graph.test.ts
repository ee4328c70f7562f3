import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { isNonNullType, printSchema, validateSchema, type GraphQLObjectType } from 'graphql';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { Tasks } from '../../gateway/supergraph/composer/tasks.js';
import { buildConsumerSchema } from '../../gateway/supergraph/build-consumer-schema.js';
import { GraphHolder, type ActiveGraph } from '../../gateway/supergraph/graph-holder.js';
import { graphVersion, subgraphsOf } from '../../gateway/supergraph/graph.js';
import { graphLoader, type GraphPorts, type GraphSource } from '../../gateway/supergraph/open-graph.js';
import { shareRulesCheck } from '../../gateway/supergraph/share-rules.js';
import { watchGraphSource } from '../../gateway/supergraph/watch-graph-source.js';
import { HubError, type ShareType } from '../../shared/kernel/index.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n';

/** An index that says this of these items and nothing else. */
function sharesOf(types: Record<string, ShareType>, detail: Partial<ShareItem> = {}): ShareIndex {
  const items = Object.entries(types).map(([at, shareType], index): ShareItem => ({
    coordinate: at as ShareItem['coordinate'],
    index,
    subgraph: 'population',
    source: 'population',
    provider: 'public-security',
    title: at,
    shareType,
    ownType: shareType,
    basis: [],
    basic: false,
    needs: [],
    verifiable: false,
    argumentUses: {},
    dimension: false,
    measure: false,
    ...detail,
  }));
  const byCoordinate = new Map<string, ShareItem>(items.map((item) => [item.coordinate, item]));
  return { version: JSON.stringify(types), items, byCoordinate, resources: [], inputs: new Map() };
}

class Engine {
  closed = 0;
  close(): void {
    this.closed++;
  }
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graph-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
const put = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

describe("The consumers' schema", () => {
  const sdl = `${FEDERATION}
    "Root" type Query { "Finds one" resident(id: ID! = "x" @deprecated(reason: "no"), by: By = { a: 1, level: LOW }): Resident @deprecated(reason: "use residents") all: [Party!]! any: [Any!]! }
    type Mutation { move(id: ID!): Resident! }
    interface Party { id: ID! name: String! }
    interface Person implements Party { id: ID! name: String! }
    type Resident implements Person & Party @key(fields: "id") {
      id: ID!
      "Full name"
      name: String!
      phones: [String!]!
      born: Date
    }
    type Company implements Party { id: ID! name: String! }
    union Any = Resident | Company
    "A day" scalar Date @specifiedBy(url: "https://example.org/date")
    input By { a: Int! = 3 level: Level old: Int @deprecated }
    input One @oneOf { a: Int b: String }
    enum Level { LOW HIGH @deprecated(reason: "gone") }
  `;
  const planned = () => {
    const { supergraphSdl } = composeGraph([
      { name: 'population', url: 'http://p/', sdl },
      {
        name: 'licence',
        url: 'http://l/',
        sdl: `${FEDERATION} type Resident @key(fields: "id") { id: ID! pick(one: One): Int } input One @oneOf { a: Int b: String }`,
      },
    ]);
    return loadGraph(supergraphSdl).consumerSchema;
  };

  it('has nothing of the machinery and everything of the providers', async () => {
    const schema = buildConsumerSchema(planned());
    expect(validateSchema(schema)).toEqual([]);
    const printed = printSchema(schema);
    expect(printed).not.toMatch(/join__|link__|federation|_service|_entities|directive @/);
    for (const kept of [
      'resident(id: ID! = "x" @deprecated(reason: "no"), by: By = {a: 1, level: LOW}): Resident @deprecated(reason: "use residents")',
      'scalar Date @specifiedBy(url: "https://example.org/date")',
      'input One @oneOf {',
      'HIGH @deprecated(reason: "gone")',
      'old: Int @deprecated',
      'name: String!',
      'type Mutation {',
    ])
      expect(printed).toContain(kept);
    expect(Object.keys(schema.getQueryType()!.getFields())).toEqual(['resident', 'all', 'any']);
    expect(schema.getDirective('oneOf')?.locations).toEqual(['INPUT_OBJECT']);
  });

  it('also stands when somebody prints everything graphql-js brings itself', () => {
    const printed = `
      schema { query: Query }
      scalar String
      directive @oneOf on OBJECT
      directive @skip(if: Boolean!) on FIELD
      type Query { a: String __schema: __Schema! __type(name: String!): __Type }
      type __Schema { types: [__Type!]! }
      type __Type { name: String }
      scalar join__FieldValue
      input join__ContextArgument { selection: join__FieldValue! }
      input One @oneOf { a: Int }
    `;
    expect(printSchema(buildConsumerSchema(printed))).toBe(
      'type Query {\n  a: String\n}\n\ninput One @oneOf {\n  a: Int\n}',
    );
  });

  it('makes every restricted field nullable, and the same field of every interface above it', async () => {
    const open = [
      'Query.resident',
      'Query.all',
      'Query.any',
      'Mutation.move',
      'Party.id',
      'Party.name',
      'Person.id',
      'Person.name',
      'Company.id',
      'Company.name',
      'Resident.id',
    ];
    const shares = sharesOf({
      ...Object.fromEntries(open.map((at) => [at, 'UNCONDITIONAL' as const])),
      'Resident.name': 'CONDITIONAL',
      'Resident.phones': 'NOT_SHARED',
      // Nobody stated Resident.born and Resident.pick.
    });
    const schema = buildConsumerSchema(planned(), shares);
    expect(validateSchema(schema)).toEqual([]);
    const nonNull = Object.values(schema.getTypeMap())
      .filter(
        (type): type is GraphQLObjectType =>
          'getFields' in type && !type.name.startsWith('__') && !['By', 'One'].includes(type.name),
      )
      .flatMap((type) =>
        Object.values(type.getFields()).flatMap((field) =>
          isNonNullType(field.type) ? `${type.name}.${field.name}` : [],
        ),
      );
    expect(nonNull.sort()).toEqual(
      [
        'Company.id',
        'Company.name',
        'Mutation.move',
        'Party.id',
        'Person.id',
        'Query.all',
        'Query.any',
        'Resident.id',
      ].sort(),
    );
    expect(String((schema.getType('Resident') as GraphQLObjectType).getFields().phones!.type)).toBe('[String!]');
  });

  it('says in the description of each item what its release depends on', async () => {
    const shares = sharesOf(
      { 'Resident.name': 'CONDITIONAL', 'Resident.born': 'NOT_SHARED' },
      {
        basis: ['个人信息保护法 第二十八条', '居民身份证法'],
        condition: '履行职责需要',
        mask: 'NAME',
        resource: {
          type: 'Resident',
          code: '101001/000001',
          name: '常住人口基础信息',
          provider: 'public-security',
          subgraph: 'population',
        },
      },
    );
    const { name, born } = (
      buildConsumerSchema(planned(), shares).getType('Resident') as GraphQLObjectType
    ).getFields();
    expect(name!.description).toBe(
      'Full name\n\n【有条件共享 CONDITIONAL】提供部门 public-security；资源 101001/000001 常住人口基础信息；依据 个人信息保护法 第二十八条、居民身份证法；条件 履行职责需要；脱敏 NAME',
    );
    expect(born!.description).toMatch(/^【不予共享 NOT_SHARED】/);
  });
});

describe('A supergraph', () => {
  it.each([
    ['empty', ' \n', 'it is empty'],
    ['half written', 'schema { query: Query } type Query { a: I', 'only half of it is there'],
    ['an ordinary schema', 'type Query { a: Int }', 'it names no subgraphs'],
    ['without addresses', 'enum join__Graph { A @join__graph(name: "a", url: "") }', 'it has no http address for a'],
  ])('is refused when it is %s', (_, sdl, why) => {
    expect(() => subgraphsOf(sdl)).toThrow(why);
  });

  it('has another version when its share rules differ', () => {
    const open = sharesOf({ 'Query.a': 'UNCONDITIONAL' });
    const closed = sharesOf({ 'Query.a': 'NOT_SHARED' });
    expect(
      new Set([graphVersion('a'), graphVersion('b'), graphVersion('a', open), graphVersion('a', closed)]).size,
    ).toBe(4);
    expect(graphVersion('a', open)).toBe(graphVersion('a', open));
  });
});

describe('The graph in force', () => {
  const serving = (version: string): ActiveGraph<Engine> => ({
    graph: {
      version,
      supergraphSdl: version,
      schema: buildConsumerSchema('type Query { a: Int }'),
      subgraphs: new Map(),
    },
    engine: new Engine(),
  });
  const now =
    <T>(value: T) =>
    () =>
      Promise.resolve(value);

  it('stays when the next one cannot be opened, and the attempt is closed', async () => {
    const holder = new GraphHolder<Engine>();
    const one = serving('1');
    await holder.swap(now(one));
    const refused = await holder.swap(() => Promise.reject(new Error('planner died')));
    expect(refused).toMatchObject({
      kind: 'refused',
      error: { code: 'COMPOSITION_FAILED', message: 'The graph was refused: planner died' },
    });
    const two = serving('2');
    const unsubscribe = holder.subscribe(() => {
      throw new HubError('COMPOSITION_FAILED', 'invalid schema');
    });
    expect(await holder.swap(now(two))).toMatchObject({ kind: 'refused', error: { message: 'invalid schema' } });
    unsubscribe();
    expect([holder.current?.graph.version, one.engine.closed, two.engine.closed]).toEqual(['1', 0, 1]);
  });

  it('keeps an engine until the last operation on it has ended, through several swaps', async () => {
    const holder = new GraphHolder<Engine>();
    expect(holder.acquire()).toBeUndefined();
    const [one, two, three] = [serving('1'), serving('2'), serving('3')] as const;
    await holder.swap(now(one));
    const first = holder.acquire()!;
    const second = holder.acquire()!;
    await holder.swap(now(two));
    await holder.swap(now(three));
    expect([first.engine, one.engine.closed, two.engine.closed]).toEqual([one.engine, 0, 1]);
    holder.release(first);
    expect(one.engine.closed).toBe(0);
    holder.release(second);
    await holder.close();
    expect([one.engine.closed, two.engine.closed, three.engine.closed]).toEqual([1, 1, 1]);
    expect(holder.acquire()).toBeUndefined();
    expect((await holder.swap(now(serving('4')))).kind).toBe('refused');
  });

  it('swaps one after another in the order they were asked for', async () => {
    const holder = new GraphHolder<Engine>();
    const order: string[] = [];
    let open!: () => void;
    const slow = holder.swap(async () => {
      await new Promise<void>((resolve) => (open = resolve));
      order.push('slow');
      return serving('slow');
    });
    const quick = holder.swap(async () => {
      order.push('quick');
      return serving('quick');
    });
    await Promise.resolve();
    open();
    await Promise.all([slow, quick]);
    expect([order, holder.current?.graph.version]).toEqual([['slow', 'quick'], 'quick']);
  });
});

describe('A source of graphs', () => {
  let holder: GraphHolder<Engine>;
  let opened: string[];
  beforeEach(() => {
    holder = new GraphHolder<Engine>();
    opened = [];
  });
  const tasks = new Tasks();
  const ports = (policy?: ReleasePolicy): GraphPorts<Engine> => ({
    fetchSdl: () => Promise.reject(new Error('nobody is asked')),
    // As it comes from the process that makes it.
    makeGraph: async (task) => structuredClone(tasks.graph(task)),
    checkShares: shareRulesCheck(!policy, pino({ level: 'silent' })),
    ...(policy && { readPolicy: async () => policy }),
    createEngine: (graph) => {
      opened.push(graph.version);
      return new Engine();
    },
  });
  const supergraph = (field: string): string =>
    composeGraph([{ name: 'a', url: 'http://a/', sdl: `${FEDERATION} type Query { ${field}: Int }` }]).supergraphSdl;
  const fields = (): string[] => Object.keys(holder.current?.graph.schema.getQueryType()?.getFields() ?? {});

  it('that goes bad is refused, whatever is wrong with it, and the old graph serves on', async () => {
    const file = await put('supergraph.graphql', supergraph('old'));
    const source: GraphSource = { supergraph: file };
    const load = graphLoader(source, ports(), holder);
    expect((await holder.swap(load)).kind).toBe('swapped');
    const whole = supergraph('fresh');
    for (const bad of [
      '',
      whole.slice(0, whole.length / 2),
      '<html>',
      'type Query { a: Int }',
      // Parses and names a subgraph, but has no type that belongs to it.
      'enum join__Graph { A @join__graph(name: "a", url: "http://a/") } type Query { a: Int }',
      whole.replaceAll('@join__type(graph: A)', '@join__type(graph: NOWHERE)'),
      whole.replace('fresh: Int', 'fresh: Nowhere'),
    ]) {
      await put('supergraph.graphql', bad);
      expect(await holder.swap(load)).toMatchObject({ kind: 'refused', error: { code: 'COMPOSITION_FAILED' } });
      expect(fields()).toEqual(['old']);
    }
    await rm(file);
    expect(await holder.swap(load)).toMatchObject({ kind: 'refused', error: { code: 'CONFIG_INVALID' } });
    await put('supergraph.graphql', whole);
    expect((await holder.swap(load)).kind).toBe('swapped');
    expect(fields()).toEqual(['fresh']);
    await holder.close();
  });

  it('that did not change is not opened again', async () => {
    const load = graphLoader({ supergraph: await put('same.graphql', supergraph('a')) }, ports(), holder);
    await holder.swap(load);
    expect((await holder.swap(load)).kind).toBe('unchanged');
    expect(opened).toHaveLength(1);
    await holder.close();
  });

  it('without share rules is not served where share rules are wanted', async () => {
    const load = graphLoader(
      { supergraph: await put('bare.graphql', supergraph('a')) },
      ports({ publishers: new Map(), consents: [] }),
      holder,
    );
    const outcome = await holder.swap(load);
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { code: 'CONFIG_INVALID', message: expect.stringContaining('--permissive') },
    });
  });

  it('with share rules that changed alone is another version', async () => {
    const yaml = (type: string): Promise<string> =>
      put(
        'shared.yaml',
        `subgraphs:\n  a: { routing_url: http://a/, schema: { sdl: 'extend schema @link(url: "https://sharehub.dev/share/v1.0", import: ["@share"]) type Query { a: Int! @share(type: ${type}) }' } }`,
      );
    const policy = { publishers: new Map([['a', ['a']]]), consents: [] };
    const load = graphLoader({ config: await yaml('UNCONDITIONAL') }, ports(policy), holder);
    await holder.swap(load);
    expect(String(holder.current?.graph.schema.getQueryType()?.getFields().a?.type)).toBe('Int!');
    await yaml('CONDITIONAL');
    expect((await holder.swap(load)).kind).toBe('swapped');
    expect(String(holder.current?.graph.schema.getQueryType()?.getFields().a?.type)).toBe('Int');
    expect(new Set(opened).size).toBe(2);
    await yaml('NOWHERE');
    expect(await holder.swap(load)).toMatchObject({ kind: 'refused', error: { code: 'SHARE_RULES_INVALID' } });
    await holder.close();
  });
});

describe('A watched source', () => {
  /** Resolves with the content at each change. */
  const changes = (read: () => Promise<string>) => {
    const seen: string[] = [];
    let wake: (() => void) | undefined;
    return {
      seen,
      onChange: async () => {
        seen.push(await read());
        wake?.();
      },
      until: async (wanted: string) => {
        while (seen.at(-1) !== wanted) await new Promise<void>((resolve) => (wake = resolve));
      },
    };
  };
  const readable = (file: string) => async () =>
    (await import('node:fs/promises')).readFile(file, 'utf8').catch(() => 'gone');

  it('is taken up when it was renamed over, deleted and written again, and on SIGHUP', async () => {
    const file = await put('watched.graphql', 'first');
    const { seen, onChange, until } = changes(readable(file));
    const watch = watchGraphSource([file], onChange, { settleMs: 20, pollMs: 50 });
    try {
      await put('watched.tmp', 'second');
      await rename(join(folder, 'watched.tmp'), file);
      await until('second');
      await rm(file);
      await until('gone');
      await put('watched.graphql', 'third');
      await until('third');
      const before = seen.length;
      process.emit('SIGHUP');
      while (seen.length === before) await new Promise((resolve) => setImmediate(resolve));
      expect(seen.at(-1)).toBe('third');
    } finally {
      await watch.close();
    }
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  it('is not looked at while it is being written', async () => {
    const file = await put('slow.graphql', 'a');
    const { seen, onChange, until } = changes(readable(file));
    const watch = watchGraphSource([file], onChange, { settleMs: 500, pollMs: 20, signal: false });
    try {
      for (const text of ['ab', 'abc', 'abcd', 'abcde']) await put('slow.graphql', text);
      await until('abcde');
      expect(seen).toEqual(['abcde']);
    } finally {
      await watch.close();
    }
  });

  it('is looked at once more when it changes while it is being read, and never twice at once', async () => {
    const file = await put('busy.graphql', 'a');
    let under = 0;
    let most = 0;
    let calls = 0;
    let finish: (() => void) | undefined;
    const watch = watchGraphSource(
      [file],
      async () => {
        most = Math.max(most, ++under);
        calls++;
        await new Promise<void>((resolve) => (finish = resolve));
        under--;
      },
      { settleMs: 5, pollMs: 10 },
    );
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    while (calls === 0) await turn();
    process.emit('SIGHUP');
    process.emit('SIGHUP');
    finish!();
    while (calls < 2) await turn();
    finish!();
    await turn();
    await watch.close();
    expect([calls, most]).toEqual([2, 1]);
  });
});
