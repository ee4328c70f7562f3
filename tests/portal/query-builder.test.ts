import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { onType, readQuery, tick, ticksAt, writeQuery, type Ticks } from '../../portal/parts/query/built-query.js';
import type { DescribedField, DescribedType } from '../../portal/parts/query/described-types.js';
import { hasIdentityNumber } from '../../portal/parts/query/identity-numbers.js';
import { rootOfResource, startQuery, typesOfRoot } from '../../portal/parts/query/start-query.js';
import { SAMPLE_LANGUAGES, writeSample } from '../../portal/pages/try/code-samples.js';

const typed = (name: string, type: string, more: Partial<DescribedField> = {}): DescribedField => {
  const named = type.replaceAll(/\W/g, '');
  const kind = /^[A-Z]\w*Info$|^(People|Person|Home)$/.test(named) ? 'OBJECT' : 'SCALAR';
  return { name, title: name, type, named, kind, list: type.startsWith('['), args: [], ...more };
};
const argument = (name: string, type: string) => ({ ...typed(name, type), required: type.endsWith('!') });
const object = (name: string, fields: readonly DescribedField[]): [string, DescribedType] => [
  name,
  { name, kind: 'OBJECT', title: name, fields },
];

const person = typed('person', 'Person', {
  args: [argument('id', 'ID!')],
  resource: { code: '1', name: 'Persons' },
});
const people = typed('people', 'People', {
  args: [{ ...argument('first', 'Int!'), required: false }, argument('division', 'String')],
  nodes: 'Person',
  resource: { code: '1', name: 'Persons' },
});
const refused = { code: 'GRANT_REQUIRED', message: 'no' };
const types = new Map([
  object('People', [typed('nodes', '[Person!]!'), typed('pageInfo', 'PageInfo!', { kind: 'OBJECT' })]),
  object('Person', [
    typed('id', 'ID!', { basic: true, shareType: 'UNCONDITIONAL' }),
    typed('name', 'String!', { basic: true }),
    typed('phone', 'String', { basic: true, refused }),
    typed('remark', 'String'),
    typed('home', 'Home'),
  ]),
]);

describe('the text of a query', () => {
  const ticks: Ticks = { nodes: { name: {}, home: { address: {}, [onType('Farm')]: { size: {} } } }, totalCount: {} };

  it('holds no value, for each argument is a variable', () => {
    expect(writeQuery({ args: ['division', 'unknown'], ticks }, people)).toBe(`query People($division: String) {
  people(division: $division) {
    nodes {
      name
      home {
        address
        ... on Farm {
          size
        }
      }
    }
    totalCount
  }
}
`);
  });

  it('is valid before anything is ticked', () => {
    expect(writeQuery({ args: [], ticks: { [onType('Farm')]: {} } }, people)).toBe(
      'query People {\n  people {\n    __typename\n  }\n}\n',
    );
    expect(writeQuery({ args: [], ticks: {} }, typed('count', 'Int'))).toBe('query Count {\n  count\n}\n');
  });

  it('reads back as it was written', () => {
    const built = { root: 'people', args: ['first', 'division'], ticks };
    expect(readQuery(writeQuery(built, people))).toEqual(built);
    expect(readQuery(writeQuery({ args: [], ticks: {} }, people))).toEqual({ root: 'people', args: [], ticks: {} });
  });

  it.each([
    ['an alias', '{ people { name: phone } }'],
    ['a value', '{ people(division: "3301") { name } }'],
    ['a default value', 'query ($first: Int = 3) { people(first: $first) { name } }'],
    ['a variable of another name', 'query ($a: ID!) { person(id: $a) { name } }'],
    ['two roots', '{ people { name } person { name } }'],
    ['a directive', '{ people { name @skip(if: true) } }'],
    ['an argument below the root', '{ people { home(of: 1) { size } } }'],
    ['a named fragment', '{ people { ...Known } } fragment Known on People { name }'],
    ['a mutation', 'mutation { people { name } }'],
    ['the same field twice', '{ people { name name } }'],
  ])('is left to its writer with %s', (_, text) => {
    expect(readQuery(text)).toBeUndefined();
  });

  it('that is no GraphQL says where', () => {
    expect(() => readQuery('{ people {')).toThrow(/Syntax Error/);
  });
});

describe('a tick', () => {
  it('brings what is above it, and goes with the last field below it', () => {
    const on = tick(tick({}, ['nodes', 'home', 'address'], true), ['nodes', 'name'], true);
    expect(on).toEqual({ nodes: { home: { address: {} }, name: {} } });
    expect(tick(on, ['nodes', 'home', 'address'], false)).toEqual({ nodes: { name: {} } });
    expect(tick({ a: { b: {} } }, ['a', 'b'], false)).toEqual({});
    expect(ticksAt(on, ['nodes', 'home'])).toEqual({ address: {} });
    expect(ticksAt(on, ['nodes', 'nothing', 'more'])).toBeUndefined();
  });

  it('that is set twice stays as it was, with what is below it', () => {
    const on = { home: { address: {} } };
    expect(tick(on, ['home'], true)).toBe(on);
  });
});

describe('a first query', () => {
  it('asks for basic items that the person’s department may have, and for the end of the page', () => {
    expect(startQuery(people, types)).toEqual({
      root: 'people',
      args: ['first'],
      ticks: { nodes: { id: {}, name: {} }, pageInfo: { endCursor: {}, hasNextPage: {} } },
    });
    expect(startQuery(person, types)).toEqual({ root: 'person', args: ['id'], ticks: { id: {}, name: {} } });
    expect(typesOfRoot(people)).toEqual(['People', 'Person']);
  });

  it('of a statistic asks for its cells', () => {
    const count = typed('statistics', 'Counts', { kind: 'OBJECT' });
    const known = new Map([
      object('Counts', [typed('cells', '[Cell!]!', { kind: 'OBJECT' }), typed('method', 'String')]),
    ]);
    expect(startQuery(count, known).ticks).toEqual({ cells: { count: {} }, suppressedCells: {}, countError95: {} });
  });

  it('of a resource begins with a list that needs no key', () => {
    expect(rootOfResource([person, people], '1')).toBe(people);
    expect(rootOfResource([person], '1')).toBe(person);
    expect(rootOfResource([person], '2')).toBeUndefined();
  });
});

it('a number that looks like a citizen’s is seen in a text', () => {
  const seen = [
    '{ person(id: "11010519491231002X") { name } }',
    '# 330102196702128466',
    '{ a(id: 330102196702128466) }',
  ];
  expect(seen.map(hasIdentityNumber)).toEqual([true, true, true]);
  const others = ['330102', '91330100MA27XYZ12X', '330102196713128466', '3301021967021284661', '2330102196702128466'];
  expect(others.map(hasIdentityNumber)).toEqual([false, false, false, false, false]);
});

describe('a sample', () => {
  const request = {
    url: 'https://hub.example/graphql',
    text: 'query ($id: ID!) {\n  person(id: $id, note: "a \\" `${b}` \\\\ \'c\'") { name }\n}\n',
    variables: { id: '11010519491231002X', first: 20, where: { names: ['王敏'] }, live: true },
    scenario: "核验'1",
  };

  it.each(SAMPLE_LANGUAGES)(
    'in %s has the token from the environment, the purpose, and nothing that was typed',
    (name) => {
      const sample = writeSample(name, request);
      expect(sample).toContain('SHAREHUB_TOKEN');
      expect(sample).toContain('%E6%A0%B8%E9%AA%8C%271');
      expect(sample).not.toMatch(/11010519491231002X|王敏/);
      expect(sample).toMatch(/<id>/);
      expect(writeSample(name, { ...request, scenario: undefined })).not.toContain('share-scenario');
    },
  );

  it('in TypeScript sends the query as it is', () => {
    const [literal] = writeSample('typescript', request).split(';\n\nconst response');
    expect(runInNewContext(`${literal!.replace('const query =', '')}`)).toBe(request.text);
  });

  it('for a shell sends the query as it is', () => {
    const sample = writeSample('curl', request)
      .replace('curl --fail-with-body', 'printf "%s\\n"')
      .replace("--data-binary @- <<'JSON'", "&& cat <<'JSON'");
    const printed = execFileSync('sh', ['-c', sample], { env: { SHAREHUB_TOKEN: 'secret' }, encoding: 'utf8' });
    expect(printed).toContain('authorization: Bearer secret\n');
    expect(JSON.parse(printed.slice(printed.indexOf('\n{')))).toMatchObject({
      query: request.text,
      variables: { first: 20 },
    });
  });
});
