import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  buildASTSchema,
  getIntrospectionQuery,
  graphqlSync,
  lexicographicSortSchema,
  parse,
  printSchema,
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from 'graphql';
import { Pacer } from '../../gateway/supergraph/pacer.js';
import { toParts } from '../../gateway/supergraph/graph-parts.js';
import { makeGraph } from '../../gateway/supergraph/make-graph.js';
import { receiveGraph } from '../../gateway/supergraph/receive-graph.js';
import { buildDescribedSchema, type BuiltSchema } from '../../gateway/supergraph/schema/build-described-schema.js';
import { compareSchemas, describeSchema } from '../../gateway/supergraph/schema/describe-schema.js';

const read = (sdl: string): DocumentNode => parse(sdl, { noLocation: true });
/** Builds a schema as another process would, from what differs to the one before. */
const build = (sdl: string, before?: { readonly sdl: string; readonly built: BuiltSchema }): Promise<BuiltSchema> =>
  buildDescribedSchema(
    structuredClone(compareSchemas(describeSchema(read(sdl)), before && describeSchema(read(before.sdl)))),
    before?.built,
    new Pacer(),
  );
const introspect = (schema: GraphQLSchema) =>
  graphqlSync({
    schema,
    source: getIntrospectionQuery({
      specifiedByUrl: true,
      inputValueDeprecation: true,
      schemaDescription: true,
      oneOf: true,
      directiveIsRepeatable: true,
    }),
  });

const EVERYTHING = `
  "All of it" schema @link(url: "x") { query: Root mutation: Change }
  directive @link(url: String) repeatable on SCHEMA
  "Marks" directive @mark("why" reason: String = "none", at: [Int!]! = [1, 2]) on FIELD | QUERY
  "Root" type Root { "Finds one" one("by" id: ID! = "x" @deprecated(reason: "no"), by: By = { a: 1, level: LOW }): One @deprecated(reason: "use all") all: [Party!]! any: [[Any!]]! day: Day }
  type Change { move(id: ID!): One! }
  interface Party { id: ID! name: String! }
  interface Person implements Party { id: ID! name: String! }
  type One implements Person & Party { id: ID! "Full name" name: String! born: Day }
  type Two implements Party { id: ID! name: String! }
  "Either" union Any = One | Two
  "A day" scalar Day @specifiedBy(url: "https://example.org/day")
  input By { a: Int! = 3 level: Level = HIGH old: Int @deprecated big: Float = 12345678901234567890.5 }
  input Either @oneOf { a: Int b: String }
  enum Level { "little" LOW HIGH @deprecated }
`;

describe('A schema from another process', () => {
  it.each([
    ['everything that SDL can say', EVERYTHING],
    ['the supergraph of the demo', readFileSync('schema/supergraph.graphql', 'utf8')],
    ['roots by their usual names', 'type Query { a: Int } type Subscription { a: Int }'],
  ])('is the one that was described: %s', async (_, sdl) => {
    const expected = buildASTSchema(read(sdl), { assumeValidSDL: true });
    const { schema } = await build(sdl);
    expect(printSchema(schema)).toBe(printSchema(expected));
    expect(introspect(schema)).toEqual(introspect(expected));
  });

  it('keeps a default as it is written, for it may have more digits than a number', async () => {
    const { schema } = await build(EVERYTHING);
    const { big } = (schema.getType('By') as GraphQLInputObjectType).getFields();
    expect(big?.astNode?.defaultValue).toMatchObject({ kind: 'FloatValue', value: '12345678901234567890.5' });
  });

  it('takes over what has not changed, and nothing that leads to what has', async () => {
    const sdl =
      'type Query { a: A b: B } type A { c(by: In): C } type B { d: Int } type C { e: E } enum E { X } input In { e: E }';
    const next = sdl.replace('{ X }', '{ X Y }').replace('type B', 'type Extra { n: Int } type B');
    const before = await build(sdl);
    const after = await build(next, { sdl, built: before });
    expect(printSchema(after.schema)).toBe(printSchema(buildASTSchema(read(next))));
    const isKept = (name: string) => after.schema.getType(name) === before.schema.getType(name);
    expect(['B', 'A', 'C', 'E', 'In', 'Query'].filter(isKept)).toEqual(['B']);
    // The one before still is what it was.
    expect(printSchema(before.schema)).toBe(printSchema(buildASTSchema(read(sdl))));
  });

  it('has other implementations of an interface that is taken over', async () => {
    const sdl = 'type Query { n: N } interface N { id: ID } type A implements N { id: ID }';
    const next = `${sdl} type B implements N { id: ID }`;
    const before = await build(sdl);
    const { schema } = await build(next, { sdl, built: before });
    const possible = (of: GraphQLSchema) => of.getPossibleTypes(of.getType('N') as never).map(({ name }) => name);
    expect([possible(schema), possible(before.schema)]).toEqual([['A', 'B'], ['A']]);
    expect(schema.getType('N')).toBe(before.schema.getType('N'));
  });

  it('drops a type that is gone, and one that comes back is built', async () => {
    const sdl = 'type Query { a: Int b: B } type B { c: Int }';
    const without = 'type Query { a: Int }';
    const first = await build(sdl);
    const second = await build(without, { sdl, built: first });
    expect(second.schema.getType('B')).toBeUndefined();
    const third = await build(sdl, { sdl: without, built: second });
    expect(printSchema(lexicographicSortSchema(third.schema))).toBe(printSchema(lexicographicSortSchema(first.schema)));
  });
});

describe('A graph from another process', () => {
  const LINKS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    @link(url: "https://sharehub.dev/share/v1.0", import: ["@share", "@resource", "@subject"])\n`;
  const subgraph = (name: string, more = '') => ({
    name,
    url: `http://user:secret@${name}/`,
    sdl: `${LINKS} type Query { ${name}(id: ID!): ${name.toUpperCase()} @share(type: UNCONDITIONAL) }
      type ${name.toUpperCase()} @key(fields: "id") @resource(code: "1/${name}", name: "N") @share(type: CONDITIONAL, basis: ["x"]) {
        id: ID! @subject(kind: PERSON) ${more} note: String }`,
  });
  const policy = {
    publishers: new Map([
      ['a', ['a']],
      ['b', ['b']],
    ]),
    consents: [],
  };
  const make = (more = '') => makeGraph({ subgraphs: [subgraph('a', more), subgraph('b')], policy });

  it('is the same whether it comes whole or as a difference', async () => {
    const [made, next] = [make(), make('added: Int')];
    const before = await receiveGraph(structuredClone(toParts(made)), undefined);
    const whole = await receiveGraph(structuredClone(toParts(next)), undefined);
    const parts = structuredClone(toParts(next, made));
    const { graph, planned } = await receiveGraph(parts, before.graph);
    expect(graph.version).not.toBe(before.graph.version);
    expect(graph.version).toBe(whole.graph.version);
    expect(graph.shares).toEqual(whole.graph.shares);
    expect(graph.subgraphs).toEqual(whole.graph.subgraphs);
    expect(printSchema(graph.schema)).toBe(printSchema(whole.graph.schema));
    const query = '{ a(id: 1) { added note } b(id: 1) { note } }';
    expect(planned.plan(query)).toEqual(whole.planned.plan(query));
    // What it took over is not read again.
    expect(graph.shares?.byCoordinate.get('A.id')).toBe(before.graph.shares?.byCoordinate.get('A.id'));
    expect(parts.items?.names).toEqual(['A.added']);
    expect(parts.consumer.names).toEqual(expect.arrayContaining(['A', 'Query']));
    expect(parts.consumer.names).not.toContain('B');
  });

  it('is not put together with another one than it differs from', async () => {
    const parts = toParts(make('added: Int'), make());
    await expect(receiveGraph(parts, undefined)).rejects.toThrow('another one');
  });

  it('keeps what is restricted nullable, and addresses with their credentials to itself', async () => {
    const { graph } = await receiveGraph(toParts(make()), undefined);
    expect(printSchema(graph.schema)).toContain('id: ID\n');
    expect(graph.supergraphSdl).not.toContain('secret');
    expect(graph.subgraphs.get('a')?.url).toBe('http://user:secret@a/');
  });
});
