import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { showsPartOf } from '../conformance/shows.js';
import { serveGraph, type TestGraph } from './support/graph.js';

const people: Record<string, Record<string, unknown>> = {
  p1: { __typename: 'Person', id: 'p1', name: 'Wang', phone: '138', tags: [] },
  p2: { __typename: 'Person', id: 'p2', name: 'Li', phone: null, tags: ['a'] },
};
const firm = { __typename: 'Firm', id: 'f1', name: 'Works' };
const fail = () => {
  throw new Error('no connection to 10.0.0.7');
};

let graph: TestGraph;
beforeAll(async () => {
  graph = await serveGraph({
    registry: {
      sdl: `type Query { person(id: ID!): Person people: [Person!]! parties: [Party] broken: Person strict: Strict }
            interface Party { id: ID! name: String }
            type Person implements Party @key(fields: "id") { id: ID! name: String phone: String tags: [String!] }
            type Firm implements Party @key(fields: "id") { id: ID! name: String }
            type Strict { inner: Inner kept: String } type Inner { sure: String! lost: String! }`,
      resolvers: {
        Query: {
          person: (_: unknown, { id }: { id: string }) => people[id],
          people: () => Object.values(people),
          parties: () => [firm, people.p1],
          broken: fail,
          strict: () => ({ inner: { sure: 'yes', lost: fail }, kept: 'k' }),
        },
        Person: { __resolveReference: ({ id }: { id: string }) => people[id] },
      },
    },
    pay: {
      sdl: `type Person @key(fields: "id") { id: ID! name: String @external salary: Int bonus: Int grade: String @requires(fields: "name") }`,
      resolvers: {
        Person: {
          __resolveReference: (key: object) => key,
          salary: fail,
          bonus: ({ id }: { id: string }) => (id === 'p1' ? 1 : fail()),
          grade: ({ name }: { name: string }) => `of ${name}`,
        },
      },
    },
  });
});
afterAll(async () => {
  await graph.close();
});
const itemsOf = async (query: string, asking = {}) => (await graph.ask(query, asking)).answer.items;

describe('An item', () => {
  it('is unavailable when its provider failed, and so is what would have come with it', async () => {
    expect(await itemsOf('{ person(id: "p1") { name salary } broken { name phone } }')).toEqual({
      released: ['Query.person', 'Person.name'],
      masked: [],
      absent: [],
      unavailable: ['Person.salary', 'Query.broken', 'Person.phone'],
      refused: [],
    });
  });
  it('is absent when there is no record, no value or no entry (QZ-8.2e)', async () => {
    showsPartOf('QZ-8.2e');
    expect(await itemsOf('{ person(id: "nobody") { name } }')).toMatchObject({
      released: [],
      absent: ['Query.person', 'Person.name'],
    });
    expect(await itemsOf('{ person(id: "p2") { name phone } }')).toMatchObject({
      released: ['Query.person', 'Person.name'],
      absent: ['Person.phone'],
    });
    expect(await itemsOf('{ person(id: "p1") { tags } }')).toMatchObject({ absent: ['Person.tags'] });
  });
  it('is sent with the calls for which there are objects only', async () => {
    const query = '{ a: person(id: "nobody") { grade } b: person(id: "p1") { bonus } }';
    const { data, answer } = await graph.ask(query);
    expect(data).toEqual({ a: null, b: { bonus: 1 } });
    expect(answer.fetches.flatMap(({ subgraph, sent }) => (subgraph === 'pay' ? [sent] : []))).toEqual([['Person.id']]);
    expect(graph.asked.at(-1)).toMatchObject({ query: expect.not.stringContaining('grade') });
  });
  it('is released when one value of it left, whatever became of the others', async () => {
    expect(await itemsOf('{ people { phone bonus } }')).toMatchObject({
      released: ['Query.people', 'Person.phone', 'Person.bonus'],
      unavailable: [],
    });
  });
  it('is not released when the object that held it became null', async () => {
    const told = await graph.ask('{ strict { inner { sure lost } kept } }');
    expect(told.data).toEqual({ strict: { inner: null, kept: 'k' } });
    expect(told.answer.items).toMatchObject({
      released: ['Query.strict', 'Strict.kept'],
      unavailable: ['Strict.inner', 'Inner.sure', 'Inner.lost'],
    });
    expect(told.answer.rows).toEqual({ Query: 1, Strict: 1 });
  });
  it('of a type that no record has is absent', async () => {
    expect(await itemsOf('{ person(id: "p1") { id ... on Party { name } } parties { ... on Firm { name } } }')).toEqual(
      {
        released: ['Query.person', 'Person.id', 'Party.name', 'Query.parties', 'Firm.name'],
        masked: [],
        absent: [],
        unavailable: [],
        refused: [],
      },
    );
  });
  it('that is refused, or left out by @skip and @include, has no outcome here', async () => {
    const query = `query($yes: Boolean!) { person(id: "p1") { id phone @skip(if: $yes)
      ... @include(if: $yes) { name } ... @skip(if: $yes) { tags } } }`;
    expect(await itemsOf(query, { variables: { yes: true }, deny: ['Person.name'] })).toMatchObject({
      released: ['Query.person', 'Person.id'],
      absent: [],
    });
    expect(graph.engine.prepare(query).sites.map(({ condition }) => condition)).toEqual([
      undefined,
      undefined,
      { on: 0, off: 1, never: false },
      { on: 1, off: 0, never: false },
      { on: 0, off: 1, never: false },
    ]);
  });
});

describe('What is sent to a subgraph', () => {
  it('is named with it: keys and required inputs', async () => {
    const { answer } = await graph.ask('{ person(id: "p1") { grade } }');
    expect(answer.fetches.map(({ subgraph, sent }) => [subgraph, sent])).toEqual([
      ['registry', undefined],
      ['pay', ['Person.id', 'Person.name']],
    ]);
  });
  it('is not named when nothing was sent', async () => {
    const { answer } = await graph.ask('{ person(id: "nobody") { grade } }');
    expect(answer.fetches.map(({ sent }) => sent)).toEqual([undefined]);
  });
});

describe('An error in an answer', () => {
  it('says where its field stands in the text, in fragments too', async () => {
    const told = await graph.ask(
      `{
  person(id: "p1") { ...F phone }
  broken { name }
}
fragment F on Person {
  pay: salary
}`,
      { deny: ['Person.phone'] },
    );
    expect(told.errors.map(({ path, locations }) => [path?.join('.'), locations])).toEqual([
      ['person.phone', [{ line: 2, column: 27 }]],
      ['person.pay', [{ line: 6, column: 3 }]],
      ['broken', [{ line: 3, column: 3 }]],
    ]);
  });
});
