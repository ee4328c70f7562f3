import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { serveGraph, type TestGraph } from './support/graph.js';

const people: Record<string, Record<string, unknown>> = {
  p1: {
    __typename: 'Person',
    id: 'p1',
    managerId: 'p2',
    dependants: 3,
    name: 'Wang',
    phone: '138',
    boss: { id: 'p2' },
    note: 'n1',
  },
  p2: {
    __typename: 'Person',
    id: 'p2',
    managerId: 'p1',
    dependants: 0,
    name: 'Li',
    phone: '139',
    boss: null,
    note: 'n2',
  },
};
const firm = { __typename: 'Firm', id: 'f1', name: 'Works', phone: '0571', note: 'nf' };

let graph: TestGraph;
beforeAll(async () => {
  graph = await serveGraph(
    {
      registry: {
        sdl: `type Query { me: Person! person(id: ID!): Person people: [Person!]! parties: [Party!]! owners: [Owner!]! }
              type Mutation { rename(id: ID!, name: String!): Renamed } type Renamed { person: Person ok: Boolean! }
              interface Party { id: ID! name: String phone: String } union Owner = Person | Firm
              type Person implements Party @key(fields: "id") { id: ID! managerId: ID! dependants: Int! name: String phone: String boss: Person tag(of: String): String note: String }
              type Firm implements Party @key(fields: "id") { id: ID! name: String phone: String note: String }`,
        resolvers: {
          Query: {
            me: () => people.p1,
            person: (_: unknown, { id }: { id: string }) => people[id],
            people: () => [people.p1, people.p2],
            parties: () => [firm, people.p1, people.p2],
            owners: () => [people.p2, firm],
          },
          Mutation: { rename: (_: unknown, { id }: { id: string }) => ({ person: people[id], ok: true }) },
          Person: {
            __resolveReference: ({ id }: { id: string }) => people[id],
            boss: ({ id }: { id: string }) => (id === 'p1' ? people.p2 : null),
            tag: (_: unknown, { of }: { of?: string }) => of ?? 'none',
          },
        },
      },
      pay: {
        sdl: `type Person @key(fields: "id") { id: ID! dependants: Int! @external tag(of: String): String @external salary: Int! eligible: String @requires(fields: "dependants") tagged: String @requires(fields: "tag(of: \\"own\\")") }`,
        resolvers: {
          Person: {
            __resolveReference: (key: object) => key,
            salary: ({ id }: { id: string }) => (id === 'p1' ? 100 : 9000),
            eligible: ({ dependants }: { dependants: number }) => `with ${dependants}`,
            tagged: ({ tag }: { tag: string }) => tag,
          },
        },
      },
    },
    {
      subjects: new Map([
        ['Person', { field: 'id', kind: 'PERSON' as const }],
        ['Firm', { field: 'id', kind: 'ORGANISATION' as const }],
      ]),
    },
  );
});
afterAll(async () => {
  await graph.close();
});
const everythingAsked = () => graph.asked.map(({ query }) => query).join('\n');

describe('no alias can forge', () => {
  const honest: Record<string, [query: string, data: unknown]> = {
    'a join key': ['{ me { id: managerId salary } }', { me: { id: 'p2', salary: 100 } }],
    'a join key in a list': [
      '{ people { id: managerId salary } }',
      {
        people: [
          { id: 'p2', salary: 100 },
          { id: 'p1', salary: 9000 },
        ],
      },
    ],
    'a join key inside a fragment': [
      '{ me { ...F salary } } fragment F on Person { id: managerId }',
      { me: { id: 'p2', salary: 100 } },
    ],
    'a join key through an interface': [
      '{ parties { id: phone ... on Person { salary } } }',
      { parties: [{ id: '0571' }, { id: '138', salary: 100 }, { id: '139', salary: 9000 }] },
    ],
    'a join key through a union': [
      '{ owners { ... on Person { id: managerId salary } ... on Firm { name } } }',
      { owners: [{ id: 'p1', salary: 9000 }, { name: 'Works' }] },
    ],
    'a required input': ['{ me { dependants: managerId eligible } }', { me: { dependants: 'p2', eligible: 'with 3' } }],
    'a required input while asking for it elsewhere': [
      '{ me { income: dependants dependants: name eligible } }',
      { me: { income: 3, dependants: 'Wang', eligible: 'with 3' } },
    ],
    'a required input that takes arguments': [
      '{ me { tag: name a: tag(of: "mine") tagged } }',
      { me: { tag: 'Wang', a: 'mine', tagged: 'own' } },
    ],
    'a type name': [
      '{ me { __typename: managerId salary } parties { __typename: phone ... on Person { salary } } }',
      {
        me: { __typename: 'p2', salary: 100 },
        parties: [{ __typename: '0571' }, { __typename: '138', salary: 100 }, { __typename: '139', salary: 9000 }],
      },
    ],
    'another record’s object': [
      '{ me { boss: id real: boss { id: managerId salary } } }',
      { me: { boss: 'p1', real: { id: 'p1', salary: 9000 } } },
    ],
    'an argument-less field by one with arguments': [
      '{ me { tag(of: "client") tagged } }',
      { me: { tag: 'client', tagged: 'own' } },
    ],
  };
  for (const [what, [query, data]] of Object.entries(honest)) {
    it(what, async () => {
      const told = await graph.ask(query);
      expect(told.errors).toEqual([]);
      expect(told.data).toEqual(data);
    });
  }
  it('an internal name of the hub or the planner', async () => {
    const names = [
      '_entities',
      '_e0',
      '__batch_reps_0',
      '_internal_qp_alias_0',
      'a_name',
      '_a_x',
      'representations',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '__typename',
    ];
    const told = await graph.ask(
      `{ me { ${names.map((key) => `${key}: phone`).join(' ')} salary name } ${names.map((key) => `${key}: me { ${key}: salary }`).join(' ')} }`,
    );
    expect(told.errors).toEqual([]);
    for (const key of names) expect(Object.entries(told.data.me)).toContainEqual([key, '138']);
    expect(told.data.me.name).toBe('Wang');
    expect(JSON.parse(told.answer.data, (key, value) => (key === '__proto__' ? undefined : value))).toMatchObject({
      _e0: { _e0: 100 },
    });
    expect(told.answer.data).toContain('"__proto__":{"__proto__":100}');
    expect(({} as Record<string, unknown>).phone).toBeUndefined();
  });
});

describe('a denied field is never asked for', () => {
  const salary = { deny: ['Person.salary'] };
  beforeEach(() => void (graph.asked.length = 0));
  const refused: Record<string, [query: string, data: unknown, paths: string[], variables?: Record<string, unknown>]> =
    {
      'under an alias': ['{ me { name: salary x: name } }', { me: { name: null, x: 'Wang' } }, ['me.name']],
      'twice under two aliases': ['{ me { a: salary b: salary } }', { me: { a: null, b: null } }, ['me.a', 'me.b']],
      'in a named fragment': [
        '{ me { ...F } people { ...F } } fragment F on Person { salary }',
        { me: { salary: null }, people: [{ salary: null }, { salary: null }] },
        ['me.salary', 'people.0.salary'],
      ],
      'in nested fragments': [
        '{ me { ... on Party { ... on Person { ... { salary } } } } }',
        { me: { salary: null } },
        ['me.salary'],
      ],
      'below an interface': [
        '{ parties { name ... on Person { salary } } }',
        { parties: [{ name: 'Works' }, { name: 'Wang', salary: null }, { name: 'Li', salary: null }] },
        ['parties.1.salary'],
      ],
      'below a union': [
        '{ owners { ... on Person { salary } ... on Firm { phone } } }',
        { owners: [{ salary: null }, { phone: '0571' }] },
        ['owners.0.salary'],
      ],
      'on a second path': [
        '{ me { boss { salary } salary } }',
        { me: { boss: { salary: null }, salary: null } },
        ['me.boss.salary', 'me.salary'],
      ],
      'in a mutation’s payload': [
        'mutation { rename(id: "p1", name: "x") { person { salary name } ok } }',
        { rename: { person: { salary: null, name: 'Wang' }, ok: true } },
        ['rename.person.salary'],
      ],
      'included by a variable': [
        'query($v: Boolean!) { me { salary @include(if: $v) name } }',
        { me: { salary: null, name: 'Wang' } },
        ['me.salary'],
        { v: true },
      ],
      'though it must not be null': [
        '{ people { salary } }',
        { people: [{ salary: null }, { salary: null }] },
        ['people.0.salary'],
      ],
      'where no object is there to stand in': [
        '{ person(id: "nobody") { salary } }',
        { person: null },
        ['person.salary'],
      ],
      'where no object of its type is there': [
        '{ owners { ... on Firm { name } } parties { ... on Person { boss { boss { salary } } } } }',
        { owners: [{}, { name: 'Works' }], parties: [{}, { boss: { boss: null } }, { boss: null }] },
        ['parties.boss.boss.salary'],
      ],
    };
  for (const [where, [query, data, paths, variables]] of Object.entries(refused)) {
    it(where, async () => {
      const told = await graph.ask(query, { ...salary, variables });
      expect(told.data).toEqual(data);
      expect(told.errors.map(({ path, extensions }) => `${(path ?? []).join('.')} ${extensions.code}`)).toEqual(
        paths.map((path) => `${path} GRANT_REQUIRED`),
      );
      expect(everythingAsked()).not.toContain('salary');
      expect(graph.asked.every(({ subgraph }) => subgraph === 'registry')).toBe(true);
    });
  }
  it('and gives no error where the client skips it', async () => {
    const told = await graph.ask('query($v: Boolean!) { me { salary @skip(if: $v) name } }', {
      ...salary,
      variables: { v: true },
    });
    expect(told).toMatchObject({ data: { me: { name: 'Wang' } }, errors: [] });
  });
  it('and neither is anything below a denied object', async () => {
    const told = await graph.ask('{ me { boss { name boss { id } } name } people { boss { phone } } }', {
      deny: ['Person.boss'],
    });
    expect(told.data).toEqual({ me: { boss: null, name: 'Wang' }, people: [{ boss: null }, { boss: null }] });
    expect(everythingAsked()).not.toMatch(/boss|phone/);
  });
  it('and with it goes the variable that only it used', async () => {
    const told = await graph.ask('query($id: ID!, $of: String) { person(id: $id) { name } me { tag(of: $of) name } }', {
      deny: ['Query.person'],
      variables: { id: 'p1', of: 'x' },
    });
    expect(told.data).toEqual({ person: null, me: { tag: 'x', name: 'Wang' } });
    expect(JSON.stringify(graph.asked)).not.toContain('p1"');
  });
  it('and a whole refused root asks nobody', async () => {
    const told = await graph.ask('{ people { name } __typename }', { deny: ['Query.people'] });
    expect(told).toMatchObject({ data: { people: null, __typename: 'Query' }, errors: [{ path: ['people'] }] });
    expect(graph.asked).toEqual([]);
  });
  it('in the operation that is run, among several in one document', async () => {
    const document =
      'query A { me { salary } } query B { me { name ...F } } fragment F on Person { salary @include(if: false) }';
    expect(await graph.ask(document, { ...salary, operationName: 'B' })).toMatchObject({
      data: { me: { name: 'Wang' } },
      errors: [],
    });
    expect(await graph.ask(document, { ...salary, operationName: 'A' })).toMatchObject({
      data: { me: { salary: null } },
      errors: [{ path: ['me', 'salary'] }],
    });
    expect(everythingAsked()).not.toContain('salary');
  });
  it('with a plan that was made for a caller who may, and the other way round', async () => {
    const query = '{ me { name phone salary } }';
    expect((await graph.ask(query)).data).toEqual({ me: { name: 'Wang', phone: '138', salary: 100 } });
    expect((await graph.ask(query, salary)).data).toEqual({ me: { name: 'Wang', phone: '138', salary: null } });
    expect(everythingAsked()).not.toContain('salary');
    expect((await graph.ask(query, { deny: ['Person.phone'] })).data).toEqual({
      me: { name: 'Wang', phone: null, salary: 100 },
    });
    expect((await graph.ask(query)).data).toEqual({ me: { name: 'Wang', phone: '138', salary: 100 } });
  });
  it('through an interface, nor shown where a type of it would allow', async () => {
    const told = await graph.ask('{ parties { phone ... on Firm { phone note } } }', { deny: ['Party.phone'] });
    expect(told.data).toEqual({ parties: [{ phone: null, note: 'nf' }, { phone: null }, { phone: null }] });
    expect(told.errors.map(({ path }) => path)).toEqual([['parties', 0, 'phone']]);
  });
  it('for a type, though the interface would allow', async () => {
    const told = await graph.ask('{ parties { phone ... on Firm { phone } } }', { deny: ['Firm.phone'] });
    expect(told.data).toEqual({ parties: [{ phone: null }, { phone: '138' }, { phone: '139' }] });
  });
});

describe('the record of an answer', () => {
  it('names what was fetched and not asked for, also when it was asked for and denied', async () => {
    expect((await graph.ask('{ me { eligible } }')).answer.internal).toEqual(['Person.dependants', 'Person.id']);
    expect((await graph.ask('{ me { id dependants eligible } }')).answer.internal).toEqual([]);
    const told = await graph.ask('{ me { id dependants eligible } }', { deny: ['Person.dependants'] });
    expect(told.data).toEqual({ me: { id: 'p1', dependants: null, eligible: 'with 3' } });
    expect(told.answer.internal).toEqual(['Person.dependants']);
  });
  it('names subjects whatever was asked of them, and counts rows', async () => {
    const { answer } = await graph.ask('{ parties { name } me { boss { note } } }');
    expect([...answer.subjects].sort()).toEqual(['ORGANISATION:f1', 'PERSON:p1', 'PERSON:p2']);
    expect(answer.subjectCount).toBe(3);
    expect(answer.rows).toEqual({ Query: 1, Firm: 1, Person: 4 });
    expect(answer.data).not.toMatch(/"id"/);
  });
  it('names subjects behind unions and mutations', async () => {
    expect([...(await graph.ask('{ owners { __typename } }')).answer.subjects].sort()).toEqual([
      'ORGANISATION:f1',
      'PERSON:p2',
    ]);
    expect((await graph.ask('mutation { rename(id: "p2", name: "x") { person { name } } }')).answer.subjects).toEqual([
      'PERSON:p2',
    ]);
  });
  it('carries a context per fetch, made for that subgraph and that body', async () => {
    const made: [string, string][] = [];
    await graph.ask('{ me { salary } }', {
      context: (subgraph, body) => (made.push([subgraph, body]), `${subgraph}/${made.length}`),
    });
    expect(made.map(([subgraph]) => subgraph)).toEqual(['registry', 'pay']);
    expect(graph.asked.map(({ headers }) => headers['share-context'])).toEqual(['registry/1', 'pay/2']);
    for (const [i, { query, variables }] of graph.asked.entries())
      expect(JSON.parse(made[i]![1])).toMatchObject({ query, ...(Object.keys(variables).length > 0 && { variables }) });
  });
  it('says how each fetch went', async () => {
    const { answer } = await graph.ask('{ me { salary } }');
    expect(answer.fetches.map(({ subgraph, failure }) => [subgraph, failure])).toEqual([
      ['registry', undefined],
      ['pay', undefined],
    ]);
  });
});

describe('introspection', () => {
  it('is answered by the hub alone, beside data too', async () => {
    const told = await graph.ask(
      'query($n: String!) { me { name } s: __schema { queryType { name } } t: __type(name: $n) { kind fields { name } } none: __type(name: "Nobody") { name } ...F } fragment F on Query { s: __schema { mutationType { name } } }',
      { variables: { n: 'Renamed' } },
    );
    expect(told.data).toEqual({
      me: { name: 'Wang' },
      s: { queryType: { name: 'Query' }, mutationType: { name: 'Mutation' } },
      t: { kind: 'OBJECT', fields: [{ name: 'person' }, { name: 'ok' }] },
      none: null,
    });
    expect(everythingAsked()).not.toContain('__schema');
  });
  it('asks nobody when it is alone', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const told = await graph.ask(getIntrospectionQuery());
    expect(told.data.__schema.types.length).toBeGreaterThan(8);
    expect(graph.asked).toEqual([]);
    expect(graph.engine.prepare('{ __schema { queryType { name } } }')).toMatchObject({
      introspection: true,
      introspectionOnly: true,
      sites: [],
    });
    expect(graph.engine.prepare('{ me { name } __schema { queryType { name } } }')).toMatchObject({
      introspection: true,
      introspectionOnly: false,
    });
  });
});

describe('sites', () => {
  it('are every place where a field is requested, by the type in force there', () => {
    const operation = graph.engine.prepare(
      'query($id: ID!) { n: person(id: $id) { ...F } parties { phone ... on Firm { ...G } } } fragment F on Person { boss { name } } fragment G on Party { name }',
    );
    expect(operation.sites.map(({ coordinate, path }) => `${coordinate} ${path.join('.')}`)).toEqual([
      'Query.person n',
      'Person.boss n.boss',
      'Person.name n.boss.name',
      'Query.parties parties',
      'Party.phone parties.phone',
      'Party.name parties.name',
    ]);
    expect(operation.sites[0]!.args).toMatchObject([
      { name: 'id', literals: [], variables: [{ name: 'id', type: 'ID' }] },
    ]);
  });
});
