import { isUtf8 } from 'node:buffer';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createEngine, type Engine } from '../../gateway/execution/engine.js';
import { AnswerBytes } from '../../gateway/execution/subgraph-answer.js';
import { DEFAULT_FETCH_LIMITS, SubgraphClient, type FetchClient } from '../../gateway/execution/subgraph-client.js';
import { DisputeBook } from '../../gateway/execution/dispute-book.js';
import type { Answer } from '../../gateway/request/answer.js';
import type { SubjectHasher } from '../../shared/evidence/keys/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { propertySeed } from '../model/config.js';
import { Draw } from '../model/draw.js';
import { generateOperation } from '../model/generate-operation.js';
import { rounds } from '../support/rounds.js';
import { hash } from './random/data.js';
import type { Asked } from './random/lenient.js';
import { denialsOf, serveGraph, type TestGraph, type TestSubgraph } from './support/graph.js';

const OPERATIONS = rounds(500, 20_000);
const FIRST = propertySeed() ?? rounds(1, Date.now() % 1_000_000_000);

/** Objects of one type at each place, keys of one and of several fields, inputs, lists, every scalar. */
const PEOPLE = `
  type Query { people: [Person!]! person(id: ID!): Person firm: Firm }
  type Person @key(fields: "id") {
    id: ID! name: String! age: Int score: Float tags: [String!] levels: [Level] active: Boolean level: Level born: Any
    firm: Firm home: Address
  }
  type Address { street: String zip: ID near: [Address!] }
  type Firm @key(fields: "code region") { code: Int! region: String! }
  enum Level { LOW HIGH } scalar Any`;
const WORK = `
  type Query { boss: Person! }
  type Person @key(fields: "id") {
    id: ID! age: Int @external income: Int! @requires(fields: "age") rank: Any @requires(fields: "age")
    firms: [Firm!]! boss: Person
  }
  type Firm @key(fields: "code region") { code: Int! region: String! title: String capital: Float owner: Person staff: [Person] }
  scalar Any`;
const RATINGS = `
  type Firm @key(fields: "code region") { code: Int! region: String! rating: Int! grades: [Int] notes: Any }
  scalar Any`;

type Row = Readonly<Record<string, unknown>>;
const drawn = (at: unknown, most: number): number => hash(JSON.stringify(at)) % most;
const IDS = ['0', '1', '2', '3', '4', '5'];
const personOf = (at: unknown): Row => ({ id: IDS[drawn(at, IDS.length)], __typename: 'Person' });
const firmOf = (at: unknown): Row => ({ code: drawn(at, 3), region: `区${drawn([at], 2)}`, __typename: 'Firm' });
const listOf = <T>(at: unknown, one: (at: unknown) => T): T[] =>
  Array.from({ length: drawn(at, 4) }, (_, index) => one([at, index]));
const nullOr = <T>(at: unknown, value: T): T | null => (drawn(['null', at], 6) === 0 ? null : value);
/** Values that are a function of the object alone. */
const field = (name: string, value: (at: unknown) => unknown) => (row: Row) => {
  const at = [row['id'] ?? [row['code'], row['region'], row['zip']], name];
  return nullOr(at, value(at));
};
const sure = (name: string, value: (at: unknown) => unknown) => (row: Row) => value([row['id'] ?? row['code'], name]);
const textOf = (at: unknown) => ['王', 'a "b"', 'é\n', '', 'plain text'][drawn(at, 5)]!;
const numberOf = (at: unknown) => [0, 1.5, -7, 123_456_789, 1e-7][drawn(at, 5)]!;
const levelOf = (at: unknown) => ['LOW', 'HIGH'][drawn(at, 2)]!;
const addressOf = (at: unknown): Row => ({ street: textOf(at), zip: drawn(at, 2), near: [] });

const SUBGRAPHS: Readonly<Record<string, TestSubgraph>> = {
  people: {
    sdl: PEOPLE,
    resolvers: {
      Query: {
        people: () => listOf('people', personOf),
        person: (_: unknown, { id }: Row) => nullOr(id, personOf(id)),
        firm: () => firmOf('top'),
      },
      Person: {
        __resolveReference: ({ id }: Row) => ({ id }),
        name: sure('name', textOf),
        age: field('age', (at) => drawn(at, 90)),
        score: field('score', numberOf),
        tags: field('tags', (at) => listOf(at, textOf)),
        levels: field('levels', (at) => listOf(at, levelOf)),
        active: field('active', (at) => drawn(at, 2) === 0),
        level: field('level', levelOf),
        born: field('born', (at) => [textOf(at), numberOf(at), { a: [1] }, true][drawn(at, 4)]),
        firm: field('firm', firmOf),
        home: field('home', (at) => ({ ...addressOf(at), near: listOf(at, addressOf) })),
      },
    },
  },
  work: {
    sdl: WORK,
    resolvers: {
      Query: { boss: () => personOf('boss') },
      Person: {
        __resolveReference: (row: Row) => nullOr(row['id'], row),
        income: ({ age }: Row) => Number(age ?? 0) * 100,
        rank: ({ age }: Row) => age ?? 'none',
        firms: ({ id }: Row) => listOf([id, 'firms'], firmOf),
        boss: field('boss', personOf),
      },
      Firm: {
        __resolveReference: (row: Row) => row,
        title: field('title', textOf),
        capital: field('capital', numberOf),
        owner: field('owner', personOf),
        staff: field('staff', (at) => listOf(at, (each) => nullOr([each], personOf(each)))),
      },
    },
  },
  ratings: {
    sdl: RATINGS,
    resolvers: {
      Firm: {
        __resolveReference: (row: Row) => nullOr(row['code'], row),
        rating: sure('rating', (at) => drawn(at, 10)),
        grades: field('grades', (at) => listOf(at, (each) => nullOr(each, drawn(each, 9)))),
        notes: field('notes', (at) => [textOf(at), drawn(at, 9)][drawn(at, 2)]),
      },
    },
  },
};

let graph: TestGraph;
let copying: Engine;
let parsing: Engine;
beforeAll(async () => {
  const urls = new Map<string, { readonly url: string }>();
  graph = await serveGraph(SUBGRAPHS, {}, urls);
  copying = engineOf(urls, false);
  parsing = engineOf(urls, true);
});
afterAll(async () => {
  await Promise.all([copying.close(), parsing.close()]);
  await graph.close();
});

it(
  'an answer copied from what subgraphs sent, whatever they send, is the one written from parsed data, and so is its record',
  async () => {
    let copied = 0;
    for (let n = 0; n < OPERATIONS; n++) {
      const asked = generateOperation(Draw.seeded(FIRST * 1_000_000 + n), graph.schema, 'query');
      const [one, other] = [await ask(copying, asked, n), await ask(parsing, asked, n)];
      expect({ n, asked, ...tell(one) }).toEqual({ n, asked, ...tell(other) });
      if (!(one instanceof Error) && one.bytes) copied++;
    }
    expect(copied).toBeGreaterThan(OPERATIONS / 5);
  },
  60_000 + OPERATIONS * 1_000,
);

/** An engine whose subgraphs send some answers in other forms, right and wrong.
 *  @param parses  it is given parsed answers only */
function engineOf(urls: ReadonlyMap<string, { readonly url: string }>, parses: boolean): Engine {
  const clients = new Map([...urls].map(([name, { url }]) => [name, clientOf(name, url, parses)]));
  const subjects = new Map([['Person', { field: 'id', kind: 'PERSON' as const }]]);
  return createEngine({ planned: graph.planned, schema: graph.schema, subgraphs: urls, clients, subjects });
}

function clientOf(name: string, url: string, parses: boolean): FetchClient {
  const client = new SubgraphClient(name, url, DEFAULT_FETCH_LIMITS);
  return {
    peer: client.peer,
    limits: client.limits,
    close: () => client.close(),
    async fetch(request) {
      const result = await client.fetch({ ...request, asBytes: true });
      if (!(result instanceof AnswerBytes)) return result;
      const bytes = Buffer.from(spoil(result.bytes.toString()));
      const spoilt = new AnswerBytes(bytes.map((byte) => (byte === PLACE_OF_NO_UTF8 ? 0xff : byte)) as Buffer);
      return parses || !request.asBytes ? spoilt.parse(name) : spoilt;
    },
  };
}

/** Stands in a text for a byte that is no UTF-8. */
const PLACE_OF_NO_UTF8 = 0x7f;
const SPOILERS: readonly ((text: string, number: number) => string)[] = [
  (text) => text.replace('{"data"', ' {"data"'),
  (text) => `${text}\n`,
  (text) => text.replace(/\}$/, ',"extensions":{"took":1}}'),
  (text) => text.replace(/\}$/, ',"errors":[{"message":"told"}]}'),
  (text) => text.replace(/\}$/, ',}'),
  (text) => `${text}}`,
  (text) => text.slice(0, -1),
  (text) => text.replace(/\}$/, ',"data":null}'),
  (text, number) => swap(text, /"[a-z]\w*":/g, number, (key) => `"other":1,${key}`),
  (text, number) => swap(text, /"[a-z]\w*":/g, number, (key) => `${key} `),
  (text, number) => swap(text, /"[a-z]\w*":/g, number, (key) => `${key}null,${key}`),
  (text, number) => swap(text, /"[a-z]\w*":/g, number, (key) => key.replace('"', '"\\u0061')),
  (text, number) =>
    swap(text, /:"[^"]*"/g, number, (value) => value.replace(/(.)"$/, (_, last: string) => `${escape(last)}"`)),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':"\\ud800\\"\\/字😀"'),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':"\\x"'),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':"\x7f"'),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':"\t"'),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':9007199254740993'),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':01'),
  (text, number) => swap(text, /:"[^"]*"/g, number, () => ':"1'),
  (text, number) => swap(text, /:(?:"[^"]*"|\d+|true|false)/g, number, () => ':null'),
  (text, number) => swap(text, /:(?:"[^"]*"|\d+|true|false)/g, number, () => ':{"a":1}'),
  (text, number) => swap(text, /:(?:"[^"]*"|\d+|true|false)/g, number, () => ':7'),
  (text, number) => swap(text, /:(?:"[^"]*"|\d+|true|false)/g, number, () => ':-0'),
  (text, number) => swap(text, /:(?:"[^"]*"|\d+|true|false)/g, number, () => ':1.50e0'),
  (text, number) => swap(text, /:\d+/g, number, (value) => `${value}000000000`),
  (text, number) => swap(text, /:\{|:\[|\{"/g, number, (open) => (open === '{"' ? 'null,{"' : `:null,"x"${open}`)),
  (text, number) => swap(text, /"__typename":"\w+"/g, number, () => '"__typename":"Nothing"'),
];

/** Most answers stay as they are. */
function spoil(text: string): string {
  const number = hash(text);
  return number % 4 > 0 ? text : SPOILERS[(number >>> 2) % SPOILERS.length]!(text, number >>> 8);
}

/** Changes one of the matches. */
function swap(text: string, pattern: RegExp, number: number, change: (match: string) => string): string {
  const count = [...text.matchAll(pattern)].length;
  let index = 0;
  return text.replace(pattern, (match) => (index++ === number % Math.max(count, 1) ? change(match) : match));
}

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

async function ask(engine: Engine, { text, variables }: Asked, number: number): Promise<Answer | Error> {
  try {
    const operation = engine.prepare(text);
    const { sites } = operation;
    // Every third operation is denied something.
    const denied = number % 3 === 0 ? sites.at(number % Math.max(sites.length, 1)) : undefined;
    return await engine.execute(operation, {
      denials: denialsOf(operation, denied ? [denied.coordinate] : []),
      refusal: ({ coordinate }) => ({ message: `No ${coordinate}.`, extensions: { code: 'GRANT_REQUIRED' } }),
      variables,
      // Every second one is masked, every fifth asked for while items are under correction.
      limits: number % 2 === 0 ? { masks: MASKS } : {},
      disputes: () => (number % 5 === 0 ? disputesOf(number) : undefined),
      context: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return error;
  }
}

const MASKS = {
  'Person.name': 'NAME',
  'Person.born': 'PHONE',
  'Person.tags': 'NAME',
  'Person.level': 'NAME',
  'Firm.title': 'HIDDEN',
} as const;

/** One item of everybody under correction. Subjects are found by the identifier as it is. */
function disputesOf(number: number): DisputeBook | undefined {
  const hashes = IDS.map((id) => ({ key: 'k', hash: `PERSON:${id}` }));
  const item = (['Person.name', 'Person.boss', 'Address.street', 'Nobody.name'] as const)[number % 4]!;
  const dispute = { correction: '1', item, hashes, since: 0, stage: 'OPEN', proofKey: 'p' };
  const hasher = { id: 'k', hash: (subject: string) => subject } as unknown as SubjectHasher;
  return DisputeBook.open([dispute], () => hasher);
}

/** All of an answer but how long it took. Escapes may stand in it as they were sent. */
function tell(answer: Answer | Error) {
  if (answer instanceof Error) return { refused: answer.message };
  const { data, bytes, fetches, rows, ...rest } = answer;
  return {
    ...rest,
    data: JSON.stringify(JSON.parse(data)),
    isText: !bytes || isUtf8(bytes),
    rows: Object.entries(rows).toSorted(),
    fetches: fetches.map(({ subgraph, failure, sent }) => JSON.stringify({ subgraph, failure, sent })).toSorted(),
  };
}
