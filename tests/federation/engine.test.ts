import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveGraph, type TestGraph } from './support/graph.js';

describe('the engine', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await serveGraph({
      a: {
        sdl: `type Query { me(id: ID): User users: [User!]! }
              type User @key(fields: "id") { id: ID! name: String managerId: ID! dependants: Int! }`,
        resolvers: {
          Query: {
            me: (_: unknown, { id }: { id?: string }) => user(id ?? '1'),
            users: () => [user('1'), user('2')],
          },
        },
      },
      b: {
        sdl: `type User @key(fields: "id") { id: ID! dependants: Int! @external salary: Int eligible: String @requires(fields: "dependants") }`,
        resolvers: {
          User: {
            __resolveReference: (ref: { id: string }) => ref,
            salary: ({ id }: { id: string }) => Number(id) * 100,
            eligible: ({ dependants }: { dependants: number }) => `${dependants} dependants`,
          },
        },
      },
    });
  });
  afterAll(async () => {
    await graph.close();
  });

  it('never lets an alias reach a join key', async () => {
    const { data, errors } = await graph.ask(
      '{ me { id: managerId salary income: dependants eligible } users { salary id name } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      me: { id: '9', salary: 100, income: 2, eligible: '2 dependants' },
      users: [
        { salary: 100, id: '1', name: 'n1' },
        { salary: 200, id: '2', name: 'n2' },
      ],
    });
  });
  it('never asks for a denied field', async () => {
    const { data, errors } = await graph.ask('{ me { n: name pay: salary } users { salary } }', {
      deny: ['User.salary'],
    });
    expect(data).toEqual({ me: { n: 'n1', pay: null }, users: [{ salary: null }, { salary: null }] });
    expect(errors.map(({ path }) => path)).toEqual([
      ['me', 'pay'],
      ['users', 0, 'salary'],
    ]);
    expect(graph.asked.map(({ subgraph }) => subgraph)).toEqual(['a']);
  });
});

const user = (id: string) => ({ id, name: `n${id}`, managerId: '9', dependants: 2 });
