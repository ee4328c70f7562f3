import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseBodyParameters, parseUrlParameters } from '../../gateway/http/parse-operation-parameters.js';
import { ExactNumber, parseJsonExactly } from '../../shared/kernel/exact-number.js';
import { compose, connectGraph, listen, type TestGraph } from './support/graph.js';

/** More digits than a JavaScript number keeps. */
const LONG = '9007199254740993';
const NUMBERS = [LONG, `-${LONG}`, '0.1234567890123456789', '1234567890.1000000000', '1e400', '-1.5E-400', '123e+456'];

const A = `
  scalar Long
  type Query {
    entry: Entry entries: [Entry]
    value(n: Long, f: Filter, list: [Long!], any: Long): Long
    typed(int: Int, float: Float, id: ID, name: String): String
    withDefault(n: Long = ${LONG}, f: Filter = { n: ${LONG} }): Long
    amount: Long int: Int float: Float id: ID name: String flag: Boolean list: [Long] entryOf: Entry
  }
  input Filter { n: Long = ${LONG} id: ID inner: Filter list: [Long] }
  type Entry @key(fields: "n") { n: Long! id: ID }
`;
const B = `scalar Long type Entry @key(fields: "n") { n: Long! label: String }`;

let graph: TestGraph;
const servers: Server[] = [];
let bodies: string[] = [];
let answers: string[] = [];
beforeAll(async () => {
  const serve = async () => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(Buffer.concat(chunks).toString());
        response.end(answers.shift());
      });
    });
    servers.push(server);
    return { url: await listen(server) };
  };
  const urls = new Map([
    ['a', await serve()],
    ['b', await serve()],
  ]);
  graph = await connectGraph(compose({ a: { sdl: A }, b: { sdl: B } }), urls, [], servers);
});
afterAll(() => graph.close());
beforeEach(() => {
  bodies = [];
  answers = [];
});

/** Asks, with variables as JSON text. @returns data as text and codes of errors */
const ask = async (query: string, variables = '{}') => {
  const told = await graph.ask(query, { variables: parseJsonExactly(variables) as Record<string, unknown> });
  return [told.answer.data, ...told.errors.map(({ extensions, path }) => `${extensions.code}@${path?.join('.')}`)];
};

describe('a number with more digits than JavaScript keeps', () => {
  it.each([
    ['int', LONG],
    ['int', '-9007199254740993'],
    ['float', '1e400'],
    ['id', '0.1234567890123456789'],
    ['name', LONG],
    ['flag', LONG],
    ['entryOf { id }', LONG],
    ['entries { id }', LONG],
  ])('is no value of the type of %s', async (field, number) => {
    const name = field.split(' ')[0]!;
    answers = [`{"data":{"${name}":${number}}}`];
    expect(await ask(`{ ${field} }`)).toEqual([`{"${name}":null}`, `SUBGRAPH_BAD_ANSWER@${name}`]);
  });

  it.each(['int', 'name'])('is refused as a variable for %s', async (argument) => {
    const type = argument === 'int' ? 'Int' : 'String';
    await expect(ask(`query($v: ${type}) { typed(${argument}: $v) }`, `{"v":${LONG}}`)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(ask('query($v: Filter) { value(f: $v) }', `{"v":${LONG}}`)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it.each(NUMBERS)('keeps them in an answer: %s', async (number) => {
    answers = [`{"data":{"amount":${number},"list":[1, ${number} ,{"deep":[${number}]}],"name":"x ${number}"}}`];
    expect(await ask('{ amount list name }')).toEqual([
      `{"amount":${number},"list":[1,${number},{"deep":[${number}]}],"name":"x ${number}"}`,
    ]);
  });

  it('is a double where the type is Float, and text where it is ID', async () => {
    answers = [`{"data":{"float":0.1234567890123456789,"id":${LONG},"int":7}}`];
    expect(await ask('{ float id int }')).toEqual([`{"float":0.12345678901234568,"id":"${LONG}","int":7}`]);
  });

  it.each(NUMBERS)('keeps them in variables: %s', async (number) => {
    answers = ['{"data":{"value":1}}'];
    await ask(
      'query($n: Long, $f: Filter, $l: [Long!]) { value(n: $n, f: $f, list: $l) }',
      `{"n":${number},"f":{"n":${number},"inner":{"n":1,"list":[2,${number}]}},"l":${number}}`,
    );
    expect(bodies[0]).toContain(
      `"variables":{"v_n":${number},"v_f":{"n":${number},"inner":{"n":1,"list":[2,${number}]}},"v_l":[${number}]}`,
    );
  });

  it('is an ID or a Float among variables as the specification says', async () => {
    answers = ['{"data":{"typed":"x"}}'];
    await ask('query($id: ID, $f: Float) { typed(id: $id, float: $f) }', `{"id":${LONG},"f":0.1234567890123456789}`);
    expect(bodies[0]).toContain(`"variables":{"v_id":"${LONG}","v_f":0.12345678901234568}`);
  });

  it('keeps them in the text of an operation, and in the defaults of its variables', async () => {
    answers = ['{"data":{"value":1}}', '{"data":{"value":1}}'];
    await ask(`{ value(n: ${LONG}, list: [${LONG}], f: { inner: { n: 0.1234567890123456789 } }) }`);
    const { query } = JSON.parse(bodies[0]!) as { query: string };
    expect(query.replace(/\s/g, '')).toContain(`n:${LONG},list:[${LONG}],f:{inner:{n:0.1234567890123456789}}`);
    await ask(
      `query($n: Long = ${LONG}, $f: Filter = { inner: { n: -${LONG}, id: ${LONG} } }, $l: [Long!] = [1, ${LONG}]) { value(n: $n, f: $f, list: $l) }`,
    );
    expect(bodies[1]).toContain(`"v_n":${LONG}`);
    expect(bodies[1]).toContain(`"v_f":{"n":${LONG},"inner":{"n":-${LONG},"id":"${LONG}"}}`);
    expect(bodies[1]).toContain(`"v_l":[1,${LONG}]`);
  });

  it('keeps them in the defaults of the schema', async () => {
    answers = ['{"data":{"value":1}}'];
    await ask('query($f: Filter) { value(f: $f) }', '{"f":{"inner":{}}}');
    expect(bodies[0]).toContain(`"v_f":{"n":${LONG},"inner":{"n":${LONG}}}`);
    const [shown] = await ask(
      '{ __type(name: "Query") { fields { args { defaultValue } } } other: __type(name: "Filter") { inputFields { defaultValue } } }',
    );
    expect(shown!.match(/\d{16}/g)).toEqual([LONG, LONG, LONG]);
  });

  it('keeps them in the key with which another subgraph is asked', async () => {
    answers = [
      `{"data":{"entries":[{"__typename":"Entry","n":${LONG}},{"__typename":"Entry","n":9007199254740992},{"__typename":"Entry","n":${LONG}}]}}`,
      '{"data":{"_entities":[{"__typename":"Entry","label":"odd"},{"__typename":"Entry","label":"even"}]}}',
    ];
    expect(await ask('{ entries { n label } }')).toEqual([
      `{"entries":[{"n":${LONG},"label":"odd"},{"n":9007199254740992,"label":"even"},{"n":${LONG},"label":"odd"}]}`,
    ]);
    expect(bodies[1]).toContain(
      `"representations":[{"__typename":"Entry","n":${LONG}},{"__typename":"Entry","n":9007199254740992}]`,
    );
  });
});

describe('JSON', () => {
  it('from a client keeps the digits of its variables', () => {
    const variables = `{"n":${LONG},"short":1.5}`;
    const kept = { n: new ExactNumber(LONG), short: 1.5 };
    expect(parseUrlParameters(`query=x&variables=${encodeURIComponent(variables)}`).variables).toEqual(kept);
    expect(parseBodyParameters(parseJsonExactly(`{"query":"x","variables":${variables}}`)).variables).toEqual(kept);
    expect(() => parseBodyParameters(parseJsonExactly(`{"query":"x","variables":${LONG}}`))).toThrow(
      'must be an object',
    );
  });

  it('without such a number is what JSON.parse makes of it', () => {
    for (const text of [
      '{"id":"110101199003070134","list":["91350500MA31T4PJ4U",-1.5e3,0,-0,1e5],"__proto__":{"a":1}}',
      '{"a":1234567890123456,"b":[100000000000000000,0.5,1.0]}',
    ])
      expect(parseJsonExactly(text)).toEqual(JSON.parse(text));
    expect(() => parseJsonExactly('{"a": 12345678901234567,}')).toThrow(SyntaxError);
  });

  it('that is nested deeper than anybody can walk is no fault', () => {
    const text = `[12345678901234567,${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
    expect(parseJsonExactly(text)).toHaveLength(2);
  });
});
