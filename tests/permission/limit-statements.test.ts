import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { sdl } from './support/catalogue.js';

/** Problems of a subgraph in any language, by its SDL alone. */
const problemsOf = (fields: string, more = '') =>
  readSubgraphShares(
    'clinic',
    parse(sdl(`type Visit @share(type: UNCONDITIONAL) { number: ID! ${fields} } ${more}`)),
  ).problems.map(({ code, severity, coordinate }) => `${severity} ${code} ${coordinate}`);

const DIVISION = 'type Division @key(fields: "code") { code: ID! name: String }';

describe('a key is refused', () => {
  const keyed = (key: string) =>
    problemsOf('', `type V @key(fields: "${key}") { id: ID! f: Float! b: Boolean home: H! } type H { a: ID f: Float }`);

  it.each([
    ['that names a record without its fields', 'id home', 'KEY_WITHOUT_SELECTION'],
    ['of fractions and yes or no alone', 'f b home { f }', 'KEY_NOT_IDENTIFYING'],
  ])('%s', (_what, key, code) => {
    expect(keyed(key)).toEqual([`error ${code} V`]);
  });

  it.each(['id', 'f id', 'home { a }', 'f home { a f }'])('not by %s', (key) => {
    expect(keyed(key)).toEqual([]);
  });
});

describe('SDL of any subgraph is refused for', () => {
  it.each([
    ['a scope of numbers', 'zip: Int @scope(by: "division")', 'SCOPE_NOT_A_DIVISION Visit.zip'],
    ['a scope that is a list', 'codes: [String!]! @scope(by: "division")', 'SCOPE_NOT_A_DIVISION Visit.codes'],
    ['a scope of words', 'kind: Kind @scope(by: "division")', 'SCOPE_NOT_A_DIVISION Visit.kind'],
    ['a scope by a record without a key', 'home: Home @scope(by: "division")', 'SCOPE_NOT_A_DIVISION Visit.home'],
    ['two scopes', 'a: ID @scope(by: "division") b: ID @scope(by: "division")', 'SCOPE_AMBIGUOUS Visit'],
    ['a mask on a number', 'age: Int @mask(as: NAME)', 'MASK_NOT_TEXT Visit.age'],
    ['a mask on a list', 'phones: [String] @mask(as: PHONE)', 'MASK_NOT_TEXT Visit.phones'],
    ['a mask on a record', 'home: Home @mask(as: ADDRESS)', 'MASK_NOT_TEXT Visit.home'],
    ['a mask on a word', 'kind: Kind @mask(as: NAME)', 'MASK_NOT_TEXT Visit.kind'],
    ['hiding what cannot be null', 'note: String! @mask(as: HIDDEN)', 'MASK_NOT_NULLABLE Visit.note'],
  ])('%s', (_what, field, problem) => {
    expect(problemsOf(field, 'type Home { street: String } enum Kind { A B }')).toEqual([`error ${problem}`]);
  });

  it('a directive under another name, in an extension, on an interface', () => {
    const renamed = `extend schema @link(url: "https://sharehub.dev/share/v1.0", import: [{ name: "@mask", as: "@masked" }])
      interface Event { at: Int @masked(as: NAME) } type Visit { id: ID! } extend type Visit { at: Int @masked(as: NAME) }`;
    expect(readSubgraphShares('clinic', parse(renamed)).problems.map(({ coordinate }) => coordinate)).toEqual([
      'Event.at',
      'Visit.at',
    ]);
  });

  it('nothing where a scope, a record’s key or a scalar of its own holds text', () => {
    expect(
      problemsOf(
        'where: Division @scope(by: "division") phone: Phone @mask(as: PHONE) age: Int @mask(as: HIDDEN) name: String! @mask(as: NAME)',
        `${DIVISION} scalar Phone`,
      ),
    ).toEqual([]);
    expect(problemsOf('code: Code! @scope(by: "division")', 'scalar Code')).toEqual([]);
  });

  it('what it says: the place and what to change', () => {
    const { problems } = readSubgraphShares('clinic', parse(sdl('type Visit { zip: Int @scope(by: "division") }')));
    expect(problems[0]?.message).toBe(
      'Visit.zip is marked @scope and is a Int. Mark the item that holds the division code, a String or ID, or a type whose key is one.',
    );
  });
});
