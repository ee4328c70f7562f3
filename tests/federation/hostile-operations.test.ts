import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { DEFAULT_LIMITS, type OperationLimits } from '../../gateway/operation/limits.js';
import { prepareOperation } from '../../gateway/operation/prepare-operation.js';
import { prune } from '../../gateway/operation/prune.js';

const schema = buildSchema(`
  scalar JSON
  directive @mine on FIELD
  type Query { me: User user(id: ID!, filter: Filter): User users(first: Int, last: Int): [User!]! page(limit: Int): Page any(json: JSON): JSON list(of: [[Int]]): Int byIds(ids: [ID!]!, first: Int): [User] people(ids: [ID!], where: Where): Page constructor: String toString: User }
  type Mutation { set(x: Int): Int }
  type Subscription { tick: Int }
  type Page { items: [User] total: Int }
  type User { id: ID! name(of: String): String friends(first: Int): [User!]! boss: User secretWord: String }
  input Filter { name: String and: [Filter!] }
  input Where { ids: [ID!] any: [Where!] }
`);
const prepare = (text: string, name?: string, limits: Partial<OperationLimits> = {}) =>
  prepareOperation(schema, text, name, { ...DEFAULT_LIMITS, ...limits });
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof HubError) return error.code;
    throw error;
  }
};
const many = (n: number, each: (i: number) => string) => Array.from({ length: n }, (_, i) => each(i)).join(' ');
/** A chain of fragments in which each spreads the next `times` times. */
const bomb = (levels: number, body: string, next: (i: number) => string) =>
  `{ me { ...F0 } } ${many(levels, (i) => `fragment F${i} on User { ${i === levels - 1 ? body : next(i + 1)} }`)}`;

describe('an operation is refused', () => {
  const refusals: Record<string, [text: string, code: string, name?: string]> = {
    'when it is empty': ['', 'GRAPHQL_PARSE_FAILED'],
    'when it is no GraphQL': ['{ me { id }', 'GRAPHQL_PARSE_FAILED'],
    'when it is SQL': ['SELECT * FROM users; --', 'GRAPHQL_PARSE_FAILED'],
    'when it holds only fragments': ['fragment F on User { id }', 'OPERATION_UNRESOLVED'],
    'when it is a schema': ['type Query { a: Int }', 'OPERATION_UNRESOLVED'],
    'when it has several operations and no name says which': [
      'query A { me { id } } query B { me { id } }',
      'OPERATION_UNRESOLVED',
    ],
    'when the named operation is not there': ['query A { me { id } }', 'OPERATION_UNRESOLVED', 'B'],
    'when the named operation is __proto__': ['query A { me { id } }', 'OPERATION_UNRESOLVED', '__proto__'],
    'when it subscribes': ['subscription { tick }', 'OPERATION_UNSUPPORTED'],
    'when it defers': ['{ ... @defer { me { id } } }', 'OPERATION_UNSUPPORTED'],
    'when it streams': ['{ users @stream(initialCount: 1) { id } }', 'OPERATION_UNSUPPORTED'],
    'when it asks for entities at the hub': [
      '{ _entities(representations: []) { __typename } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'when it asks for a subgraph’s SDL at the hub': ['{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    'when a field is unknown': ['{ me { nope } }', 'GRAPHQL_VALIDATION_FAILED'],
    'when a field is named __proto__': ['{ me { __proto__ } }', 'GRAPHQL_VALIDATION_FAILED'],
    'when an argument is named __proto__': ['{ users(__proto__: 1) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    'when an input field is named __proto__': [
      '{ user(id: 1, filter: { __proto__: { name: "x" } }) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'when a fragment is on __proto__': ['{ ...F } fragment F on __proto__ { id }', 'GRAPHQL_VALIDATION_FAILED'],
    'when a fragment spreads itself': ['{ me { ...F } } fragment F on User { id ...F }', 'GRAPHQL_VALIDATION_FAILED'],
    'when fragments spread each other': [
      '{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'when unused fragments spread each other': [
      '{ me { id } } fragment A on User { ...B } fragment B on User { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'when a fragment spreads itself below a field': [
      '{ me { ...F } } fragment F on User { boss { ...F } }',
      'OPERATION_TOO_DEEP',
    ],
    'when two fragments spread themselves below two fields': [
      '{ me { ...F } } fragment F on User { a: boss { ...F } b: boss { ...F } }',
      'OPERATION_TOO_DEEP',
    ],
    'when fields nest too deep': [`{ me { ${'boss { '.repeat(30)} id ${'} '.repeat(30)} } }`, 'OPERATION_TOO_DEEP'],
    'when fields nest absurdly deep': [
      `{ me { ${'boss{'.repeat(3_000)}id${'}'.repeat(3_000)} } }`,
      'OPERATION_TOO_DEEP',
    ],
    'when inline fragments nest absurdly deep': [
      `{ me { ${'...{'.repeat(3_000)}id${'}'.repeat(3_000)} } }`,
      'OPERATION_TOO_DEEP',
    ],
    'when lists nest absurdly deep': [`{ list(of: ${'['.repeat(4_900)}1${']'.repeat(4_900)}) }`, 'OPERATION_TOO_DEEP'],
    'when objects nest absurdly deep': [
      `{ any(json: ${'{a:'.repeat(2_400)}1${'}'.repeat(2_400)}) }`,
      'OPERATION_TOO_DEEP',
    ],
    'when a default value nests absurdly deep': [
      `query($x: JSON = ${'['.repeat(4_900)}1${']'.repeat(4_900)}) { any(json: $x) }`,
      'OPERATION_TOO_DEEP',
    ],
    'when a type nests absurdly deep': [
      `query($x: ${'['.repeat(4_900)}Int${']'.repeat(4_900)}) { any(json: $x) }`,
      'OPERATION_TOO_DEEP',
    ],
    'when a directive’s argument nests absurdly deep': [
      `{ me @skip(if: ${'['.repeat(4_900)}1${']'.repeat(4_900)}) { id } }`,
      'OPERATION_TOO_DEEP',
    ],
    'when it has too many tokens': [`{ me { ${'id '.repeat(20_000)} } }`, 'OPERATION_TOO_LARGE'],
    'when it repeats one field too often': [`{ me { ${'id '.repeat(5_000)} } }`, 'OPERATION_TOO_LARGE'],
    'when it repeats one object too often': [`{ ${many(600, () => 'me { id }')} }`, 'OPERATION_TOO_LARGE'],
    'when an unused fragment repeats one field too often': [
      `{ me { id } } fragment U on User { ${'id '.repeat(4_000)} }`,
      'OPERATION_TOO_LARGE',
    ],
    'when it has too many aliases': [`{ me { ${many(1_000, (i) => `a${i}: id`)} } }`, 'OPERATION_TOO_LARGE'],
    'when it has a thousand aliases at the root': [
      `{ ${many(1_000, (i) => `a${i}: me { id }`)} }`,
      'OPERATION_TOO_LARGE',
    ],
    'when overlapping fields differ in their arguments': [
      `{ ${many(1_000, (i) => `me { name(of: "${i}") }`)} }`,
      'OPERATION_TOO_LARGE',
    ],
    'when it has too many directives': [`{ me { ${many(500, () => 'id @mine')} } }`, 'OPERATION_TOO_LARGE'],
    'when one field has too many directives': [`{ me { id ${'@mine '.repeat(3_000)} } }`, 'OPERATION_TOO_LARGE'],
    'when it has too many fragments': [
      `{ me { id } } ${many(1_000, (i) => `fragment F${i} on User { id }`)}`,
      'OPERATION_TOO_LARGE',
    ],
    'when fragments double at each level': [bomb(30, 'id', (i) => `...F${i} ...F${i}`), 'OPERATION_TOO_LARGE'],
    'when fragments double below fields': [
      bomb(15, 'id', (i) => `a: boss { ...F${i} } b: boss { ...F${i} }`),
      'OPERATION_TOO_LARGE',
    ],
    'when fragments double under one key': [
      bomb(15, 'id', (i) => `boss { ...F${i} } boss { ...F${i} }`),
      'OPERATION_TOO_LARGE',
    ],
    'when too many variables decide conditions': [
      `query(${many(40, (i) => `$v${i}: Boolean!`)}) { me { ${many(40, (i) => `id @skip(if: $v${i})`)} } }`,
      'OPERATION_TOO_LARGE',
    ],
    'when a variable is missing its definition': ['{ user(id: $x) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    'when introspection recurses through lists': [
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'when it has a byte of garbage': ['{ me { id \u0007 } }', 'GRAPHQL_PARSE_FAILED'],
  };
  for (const [when, [text, code, name]] of Object.entries(refusals)) {
    it(when, () => expect(codeOf(() => prepare(text, name))).toBe(code));
  }
  it('when it is deeper than a lowered limit, though introspection is measured by its own', () => {
    const limits = { depth: 3 };
    const text = getIntrospectionQuery();
    expect(codeOf(() => prepare('{ me { boss { boss { id } } } }', undefined, limits))).toBe('OPERATION_TOO_DEEP');
    expect(codeOf(() => prepare(text.replace('{', '{ me { boss { boss { id } } }'), undefined, limits))).toBe(
      'OPERATION_TOO_DEEP',
    );
    expect(codeOf(() => prepare(text, undefined, { ...limits, introspectionDepth: 5 }))).toBe('OPERATION_TOO_DEEP');
    // Under one key with introspection, and deeper than what may be asked.
    const mixed = '{ x: me { boss { boss { id } } } x: __schema { types { name } } }';
    expect(codeOf(() => prepare(mixed, undefined, limits))).toBe('OPERATION_TOO_DEEP');
    expect(codeOf(() => prepare(text, undefined, limits))).toBe('accepted');
  });
  it('when it would cost too much, by literals', () => {
    expect(codeOf(() => prepare('{ users(first: 1000) { friends(first: 1000) { id } } }').coerce({}))).toBe(
      'OPERATION_TOO_COSTLY',
    );
    expect(
      codeOf(() => prepare('{ users { friends { friends { friends { friends { friends { id } } } } } } }').coerce({})),
    ).toBe('OPERATION_TOO_COSTLY');
    expect(codeOf(() => prepare('{ page(limit: 1000000) { items { id } total } }').coerce({}))).toBe(
      'OPERATION_TOO_COSTLY',
    );
    expect(codeOf(() => prepare('{ users(first: 1000) { id friends(first: 5) { id name } } }').coerce({}))).toBe(
      'accepted',
    );
  });
  it('when it would cost too much, by variables', () => {
    const operation = prepare(
      'query($n: Int = 10) { users(first: $n) { friends(last: $n, first: $n) { id } } }'.replace('last: $n, ', ''),
    );
    expect(codeOf(() => operation.coerce({}))).toBe('accepted');
    expect(codeOf(() => operation.coerce({ n: 2_000_000_000 }))).toBe('OPERATION_TOO_COSTLY');
    expect(codeOf(() => operation.coerce({ n: -5 }))).toBe('accepted');
    expect(codeOf(() => operation.coerce({ n: null }))).toBe('accepted');
  });
  const ids = (n: number) => Array.from({ length: n }, (_, i) => `p${i}`);
  it.each<[string, string, (ids: readonly string[]) => unknown]>([
    ['$v: [ID!]!', 'byIds(ids: $v)', (ids) => ids],
    ['$v: [ID!]!', 'byIds(first: 1, ids: $v)', (ids) => ids],
    ['$v: [ID!]', 'people(ids: $v)', (ids) => ids],
    ['$v: [ID!]', 'people(where: { any: [{ ids: $v }] })', (ids) => ids],
    ['$v: Where', 'people(where: $v)', (ids) => ({ any: ids.map((id) => ({ ids: [id] })) })],
  ])('when the elements of its list arguments cost too much: query (%s) { %s }', (variable, call, toValue) => {
    const below = call.startsWith('people') ? 'items { friends { id } }' : 'friends { id }';
    const operation = prepare(`query (${variable}) { ${call} { ${below} } }`, undefined, { cost: 20_000 });
    expect(codeOf(() => operation.coerce({ v: toValue(ids(500)) }))).toBe('accepted');
    expect(codeOf(() => operation.coerce({ v: toValue(ids(1_999)) }))).toBe('OPERATION_TOO_COSTLY');
  });
  it('when literal lists cost too much, and when a list is repeated under aliases of a single value', () => {
    const list = ids(1_000).join('" "');
    const text = `{ byIds(first: 1, ids: ["${list}"]) { friends { id } } }`;
    expect(codeOf(() => prepare(text, undefined, { cost: 5_000 }).coerce({}))).toBe('OPERATION_TOO_COSTLY');
    const aliases = prepare(`query ($v: JSON) { ${many(49, (i) => `a${i}: any(json: $v)`)} }`);
    expect(codeOf(() => aliases.coerce({ v: { ids: ids(1_000) } }))).toBe('accepted');
    expect(codeOf(() => aliases.coerce({ v: [ids(2_000), ids(2_000), ids(2_000)] }))).toBe('OPERATION_TOO_COSTLY');
  });
  it.each<[string, (ids: readonly string[]) => unknown]>([
    ['query ($v: [ID!]!) { byIds(ids: $v) { id } }', (ids) => ids],
    ['query ($v: Where) { people(where: $v) { total } }', (ids) => ({ any: [{ any: [{ ids }] }] })],
    ['query ($v: JSON) { any(json: $v) }', (ids) => ({ deep: [{ ids }] })],
  ])('when a list in its variables is too long: %s', (text, toValue) => {
    const operation = prepare(text);
    expect(codeOf(() => operation.coerce({ v: toValue(ids(2_000)) }))).toBe('accepted');
    expect(codeOf(() => operation.coerce({ v: toValue(ids(2_001)) }))).toBe('OPERATION_TOO_LARGE');
  });
  it('when a literal list, or the default of a variable, is too long', () => {
    const short = { listItems: 3 };
    for (const text of [
      '{ byIds(ids: [1 2 3 4]) { id } }',
      '{ people(where: { any: [{ ids: [1 2 3 4] }] }) { total } }',
      'query ($v: [ID!] = [1 2 3 4]) { people(ids: $v) { total } }',
    ])
      expect(codeOf(() => prepare(text, undefined, short))).toBe('OPERATION_TOO_LARGE');
    expect(codeOf(() => prepare('{ byIds(ids: [1 2 3]) { id } }', undefined, short))).toBe('accepted');
  });
  it('with every validation error up to the limit, and where', () => {
    try {
      prepare(`{ ${many(45, (i) => `nope${i}`)} }`);
    } catch (error) {
      const { errors } = (error as HubError).details as { errors: { message: string; locations: object[] }[] };
      expect(errors).toHaveLength(DEFAULT_LIMITS.errors + 1);
      expect(errors[0]).toEqual({
        message: 'Cannot query field "nope0" on type "Query".',
        locations: [{ line: 1, column: 3 }],
      });
    }
    expect.assertions(2);
  });
  it('without a word of similar names, where suggestions are off', () => {
    const said = (suggestions: boolean) => {
      try {
        prepare('{ me { secretWor } usr(ide: 1) { id } }', undefined, { suggestions });
      } catch (error) {
        return JSON.stringify((error as HubError).details) + (error as HubError).message;
      }
      return '';
    };
    expect(said(true)).toContain('secretWord');
    expect(said(false)).not.toContain('secretWord');
    expect(said(false)).toContain('secretWor');
  });
});

describe('variables are refused', () => {
  const operation = prepare(
    'query($id: ID!, $f: Filter, $n: Int, $l: [Int!], $j: JSON) { user(id: $id, filter: $f) { id } users(first: $n) { id } any(json: $j) }'.replace(
      '$l: [Int!], ',
      '',
    ),
  );
  const given: Record<string, Record<string, unknown> | undefined> = {
    'when a required one is missing': undefined,
    'when a required one is null': { id: null },
    'when a number is text': { id: '1', n: 'one' },
    'when a number is too large': { id: '1', n: 2 ** 40 },
    'when a number is not whole': { id: '1', n: 1.5 },
    'when an object is a list of texts': { id: '1', f: ['x'] },
    'when an input field is unknown': { id: '1', f: { nope: 1 } },
    'when an input field is __proto__': { id: '1', f: JSON.parse('{ "__proto__": { "name": "x" } }') },
    'when an input field is constructor': { id: '1', f: { constructor: 1 } },
    'when a nested one is wrong': { id: '1', f: { and: [{ name: 'a' }, { name: 1 }] } },
    'when JSON nests absurdly deep': { id: '1', j: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) },
    'when an input object nests absurdly deep': {
      id: '1',
      f: JSON.parse('{"and":['.repeat(5_000) + '{}' + ']}'.repeat(5_000)),
    },
  };
  for (const [when, values] of Object.entries(given)) {
    it(when, () => expect(codeOf(() => operation.coerce(values))).toBe('BAD_USER_INPUT'));
  }
  it('and only then', () => {
    expect([...operation.coerce({ id: 7, f: { name: 'x' }, extra: 1, j: { a: [null] } })]).toEqual(
      [
        ['id', '7'],
        ['f', { name: 'x' }],
        ['j', { a: [null] }],
      ].map(([k, v]) => [k, k === 'f' ? expect.objectContaining(v as object) : v]),
    );
  });
  it('never from the prototype of what was given', () => {
    const inherits = prepare(
      'query($toString: String, $constructor: JSON) { me { name(of: $toString) } any(json: $constructor) }',
    );
    expect([...inherits.coerce({})]).toEqual([]);
    expect([...inherits.coerce({ toString: 's' })]).toEqual([['toString', 's']]);
  });
  it('though one is named __proto__', () => {
    const operation = prepare(
      'query($__proto__: JSON, $constructor: String = "c") { any(json: $__proto__) me { name(of: $constructor) } }',
    );
    const values = operation.coerce(JSON.parse('{ "__proto__": { "polluted": true } }'));
    expect([...values]).toEqual([
      ['__proto__', { polluted: true }],
      ['constructor', 'c'],
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(prune(operation, new Uint32Array(1), 0, new Map())).toBe(
      'query($v___proto__: JSON, $v_constructor: String = "c"){a_any: any(json: $v___proto__) me{a_name: name(of: $v_constructor)}}',
    );
  });
});

describe('pruning', () => {
  const text = (query: string, deny: string[] = [], bits = 0) => {
    const operation = prepare(query);
    const denials = new Uint32Array(Math.ceil(operation.sites.length / 32));
    for (const { index, coordinate } of operation.sites)
      if (deny.includes(coordinate)) denials[index >> 5]! |= 1 << (index & 31);
    return prune(operation, denials, bits, new Map([['User', 'id']]));
  };
  it('isolates aliases, arguments and names that every object inherits', () => {
    expect(text('{ x: me { id: secretWord n: name(of: "x") } constructor t: toString { id } }')).toBe(
      'query{a_x: me{a_id: secretWord a_n: name(of: "x") id} a_constructor: constructor a_t: toString{id id}}',
    );
  });
  it('leaves nothing of what is denied or skipped', () => {
    expect(
      text('query($v: Boolean!) { me { secretWord boss @skip(if: $v) { secretWord } } }', ['User.secretWord'], 1),
    ).toBe('query{me{id}}');
    expect(text('{ me { id } page { total } }', ['Query.me', 'Page.total'])).toBe('query{a_page: page{__typename}}');
    expect(text('{ me { id } __typename }', ['Query.me'])).toBeUndefined();
    expect(text('{ __schema { queryType { name } } }')).toBeUndefined();
  });
  it('keeps only the variables that are left in use', () => {
    expect(
      text(
        'query($a: ID!, $b: String = "é\\n", $v: Boolean!) { user(id: $a, filter: { and: [{ name: $b }] }) { id } me { name(of: $b) @skip(if: $v) } }',
        ['Query.user'],
      ),
    ).toBe('query($v_b: String = "é\\n"){me{a_name: name(of: $v_b) id}}');
  });
});
