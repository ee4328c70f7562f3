import { composeServices } from '@theguild/federation-composition';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { makeGraph } from '../../gateway/supergraph/make-graph.js';
import type { CompositionProblem } from '../../gateway/supergraph/repairs/repair.js';
import { HubError } from '../../shared/kernel/index.js';

type Sdls = Readonly<Record<string, string>>;

const link = (version = 'v2.9', also = '') =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/${version}", import: ["@key", "@requires", "@external", "@provides", "@shareable", "@interfaceObject", "@override"${also}])\n`;
const named = (sdls: Sdls, head: string) =>
  Object.entries(sdls).map(([name, sdl]) => ({ name, url: `http://${name}.test/`, sdl: head + sdl }));

const compose = (sdls: Sdls, head = link()) => composeGraph(named(sdls, head));
const problemsOf = (sdls: Sdls, head = link()): readonly CompositionProblem[] => {
  try {
    compose(sdls, head);
  } catch (error) {
    if (error instanceof HubError) return error.details.errors as CompositionProblem[];
    throw error;
  }
  return [];
};
/** What the composer says by itself: text of the supergraph, or its errors. */
const composeAlone = (sdls: Sdls, head = link()): string => {
  const { supergraphSdl, errors } = composeServices(
    named(sdls, head).map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  return supergraphSdl ?? (errors ?? []).map(({ message }) => message).join('\n');
};
/** A canary: when it dies, the composer no longer has the gap, and the repair and its test can be deleted. */
const canary = (repair: string, work: () => void) => it(`is still needed: ${repair}`, work);

describe('Federation v2.10 to v2.12', () => {
  it('is refused where an import is not carried out, by its name and subgraph', () => {
    expect(problemsOf({ a: 'type Query { a: Int }' }, link('v2.12', ', "@cacheTag"'))).toEqual([
      {
        code: 'DIRECTIVE_NOT_CARRIED_OUT',
        message:
          'Subgraph a imports @cacheTag of federation v2.12, and this hub does not carry that out. Leave it out.',
        subgraph: 'a',
      },
    ]);
  });
  it('is refused beyond the newest that is known', () => {
    expect(problemsOf({ a: 'type Query { a: Int }' }, link('v2.13'))).toEqual([
      expect.objectContaining({ code: 'UNKNOWN_FEDERATION_LINK_VERSION', message: expect.stringContaining('v2.12') }),
    ]);
  });
  it.each(['v2.10', 'v2.11', 'v2.12'])('composes as %s, renamed imports too', (version) => {
    const head = link(version).replace('"@key"', '{ name: "@key", as: "@identity" }');
    const sdl = 'type Query { a: A } type A @identity(fields: "id") { id: ID! }';
    expect(compose({ a: sdl }, head).supergraphSdl).toContain('key: "id"');
  });
  canary('federation-version', () => {
    expect(composeAlone({ a: 'type Query { a: Int }' }, link('v2.10'))).toContain('Invalid version v2.10');
  });
});

describe('A fragment on an interface inside @requires', () => {
  const sdls = {
    owner: `type Query { p: P } type P @key(fields: "id") { id: ID! m: M }
            interface M { x: Int } interface N implements M { x: Int y: Int }
            type A implements M & N { x: Int y: Int } type B implements M { x: Int }`,
    user: `type P @key(fields: "id") { id: ID! m: M @external s: Int @requires(fields: "m { ... on N { y } ... on B { x } }") }
           interface M { x: Int } interface N implements M { x: Int y: Int }
           type A implements M & N { x: Int @external y: Int @external } type B implements M { x: Int @external }`,
  };
  it('is written for the object types of the interface', () => {
    expect(compose(sdls).supergraphSdl).toContain('requires: "m{...on A{y}...on B{x}}"');
  });
  canary('interface-fragments', () => {
    expect(composeAlone(sdls)).toContain('cannot satisfy @require conditions on field "P.s"');
  });
});

describe('A field that is external on an interface object', () => {
  const sdls = {
    definer: `type Query { u: Unit } interface Unit @key(fields: "id") { id: ID! title: String }
              type School implements Unit @key(fields: "id") { id: ID! title: String }`,
    signer: `type Unit @key(fields: "id") @interfaceObject { id: ID! title: String @external sign: String @requires(fields: "title") }`,
  };
  it('is external in the supergraph, and given by the defining subgraph', () => {
    expect(compose(sdls).supergraphSdl).toContain(
      'title: String @join__field(graph: DEFINER) @join__field(graph: SIGNER, external: true)',
    );
  });
  canary('interface-object-inputs', () => {
    expect(composeAlone(sdls)).not.toContain('external: true');
  });
});

describe('A field that is an object type here and a wider type there', () => {
  const union = {
    narrow: 'type Query { media: Book @shareable } type Book @key(fields: "id") { id: ID! }',
    wide: 'type Query { media: Media @shareable } union Media = Book | Film type Book @key(fields: "id") { id: ID! } type Film { length: Int }',
  };
  it('has the union for consumers, and each subgraph its own', () => {
    const { supergraphSdl, publicSdl } = compose(union);
    expect(supergraphSdl).toContain('media: Media @join__field(graph: NARROW, type: "Book") @join__field(graph: WIDE)');
    expect(publicSdl).toContain('media: Media');
  });
  it('has the interface for consumers, nullable where one of them is', () => {
    const { publicSdl } = compose({
      narrow: 'type Query { media: [Book]! @shareable } type Book { title: String @shareable }',
      wide: `type Query { media: [Media!]! @shareable } interface Media { title: String }
             type Book implements Media { title: String @shareable } type Film implements Media { title: String }`,
    });
    expect(publicSdl).toContain('media: [Media]!');
  });
  canary('widened-fields', () => {
    expect(composeAlone(union)).toMatch(/media: Book/);
  });
});

describe('The root type below a payload', () => {
  const sdls = {
    writer: 'type Query { x: Int } type Mutation { save: Saved } type Saved { ok: Boolean query: Query }',
    reader: 'type Query { stats: Int }',
  };
  it('composes', () => {
    expect(problemsOf(sdls)).toEqual([]);
  });
  canary('the satisfiability rule that is switched off', () => {
    expect(composeAlone(sdls)).toContain('cannot be satisfied by the subgraphs');
  });
});

describe('__typename in @provides', () => {
  const sdls = {
    a: 'type Query { p: P @provides(fields: "__typename") q: P @provides(fields: "... on P { __typename name }") } type P @key(fields: "id") { id: ID! name: String @external }',
    b: 'type P @key(fields: "id") { id: ID! name: String @shareable }',
  };
  it('is left out, and with it what provides nothing else', () => {
    const { supergraphSdl } = compose(sdls);
    expect(supergraphSdl).toMatch(/p: P @join__field\(graph: A\)/);
    expect(supergraphSdl).toMatch(/provides: "\.\.\.\s?on P\s?\{\s?name\s?\}"/);
  });
});

describe('An interface object of which a path provides a field', () => {
  const sdls = {
    home: `interface Unit @key(fields: "id") { id: ID! title: String }
           type School implements Unit @key(fields: "id") { id: ID! title: String }`,
    map: `type Query { spot: Spot } type Spot { unit: Unit @provides(fields: "title") }
          type Unit @key(fields: "id") @interfaceObject { id: ID! title: String @external }`,
  };
  it('is provided on that path, and external elsewhere', () => {
    const { supergraphSdl } = compose(sdls);
    expect(supergraphSdl).toContain('unit: Unit @join__field(graph: MAP, provides: "title")');
    expect(supergraphSdl).toContain('title: String @join__field(graph: HOME) @join__field(graph: MAP, external: true)');
  });
  canary('interface-objects-first', () => {
    expect(() => composeAlone(sdls)).toThrow('Expected Unit to be an interface type');
  });
});

describe("An interface's field of which a path provides the value", () => {
  const media = (mark: string, provided = 'name') => ({
    list: `type Query { media: [Media] @provides(fields: "${provided}") } interface Media { id: ID! name: String }
           type Book implements Media @key(fields: "id") { id: ID! name: String ${mark} }
           type Film implements Media @key(fields: "id") { id: ID! name: String ${mark} }`,
    home: `type Book @key(fields: "id") { id: ID! name: String ${mark && '@shareable'} }
           type Film @key(fields: "id") { id: ID! name: String ${mark && '@shareable'} }`,
  });
  it.each(['name', '... on Media { name }', '... on Book { name } ... on Film { name }'])(
    'is provided of the types that have it from elsewhere, written as %s',
    (provided) => {
      const { supergraphSdl } = compose(media('@external', provided));
      expect(supergraphSdl.replaceAll(/\s/g, '')).toMatch(
        /provides:"(\.\.\.onMedia\{)?\.\.\.onBook\{name\}\.\.\.onFilm\{name\}\}?"/,
      );
    },
  );
  it('is refused where no type has it from elsewhere', () => {
    expect(problemsOf(media('@shareable'))).toEqual([
      expect.objectContaining({
        code: 'PROVIDES_FIELDS_MISSING_EXTERNAL',
        message: expect.stringContaining('Leave the field out of @provides, or mark it @external'),
      }),
    ]);
  });
  canary('provided-interface-fields', () => {
    expect(composeAlone(media('@external'))).toContain('it is already provided by this subgraph');
  });
});

describe('An external field of which every use has moved', () => {
  const sdls = {
    a: 'type Query { t: T } type T @key(fields: "id") { id: ID! input: String }',
    moved: 'type T @key(fields: "id") { id: ID! input: String @override(from: "a") }',
    b: 'type T @key(fields: "id") { id: ID! input: String @external made: String @requires(fields: "input") }',
    c: `type T @key(fields: "id") { id: ID! input: String @external made: String @requires(fields: "input") @override(from: "b") }`,
  };
  const inputOf = (supergraph: string) => /input: .*/.exec(supergraph)?.[0];
  it('is external still where the field has moved itself', () => {
    const { supergraphSdl } = compose(sdls);
    expect(inputOf(supergraphSdl)).toBe(
      'input: String @join__field(graph: B, external: true) @join__field(graph: C, external: true) @join__field(graph: MOVED, override: "a")',
    );
  });
  it('is external still where a path provides it', () => {
    const given = {
      ...sdls,
      moved: 'type Query { other: Int }',
      b: `type Query { provided: T @provides(fields: "input") } ${sdls.b}`,
    };
    expect(inputOf(compose(given).supergraphSdl)).toContain('@join__field(graph: B, external: true)');
  });
  canary('overridden-inputs', () => {
    expect(inputOf(composeAlone(sdls))).toContain('@join__field(graph: B) ');
  });
});

describe('What cannot be reached', () => {
  it('is refused with its coordinate, the entry it was reached by, and what to change', () => {
    const problems = problemsOf({
      list: 'type Query { people: [Person] } type Person @key(fields: "id") { id: ID! }',
      tax: 'type Query { due: Person } type Person @key(fields: "number") { number: String! income: Int }',
    });
    const byCoordinate = new Map(problems.map((each) => [each.coordinate, each]));
    expect([...byCoordinate.keys()].sort()).toEqual(['Person.id', 'Person.income', 'Person.number']);
    expect(byCoordinate.get('Person.id')).toEqual({
      code: 'SATISFIABILITY_ERROR',
      coordinate: 'Person.id',
      message:
        'Person.id cannot be answered for the objects of Query.due: subgraph list has it and resolves Person by "id", which tax cannot give: add the fields of that key there, not @external.',
    });
    expect(byCoordinate.get('Person.income')!.message).toContain('Query.people');
  });
  it.each([
    [
      'a value type that only one of two subgraphs completes',
      {
        a: 'type Query { x: V y: Int } type V { a: Int @shareable b: Int }',
        b: 'type Query { z: V } type V { a: Int @shareable }',
      },
      'V.b',
      'by no key',
    ],
    [
      'an input that nobody gives',
      {
        a: 'type Query { p: P } type P @key(fields: "id") { id: ID! }',
        b: 'type P @key(fields: "id") { id: ID! n: Int @external m: Int @requires(fields: "n") }',
        c: 'type P @key(fields: "other") { other: ID! n: Int }',
      },
      'P.m',
      'inputs "n"',
    ],
    [
      'a stub that does not say its key',
      {
        a: 'type Query { p: P } type P @key(fields: "id", resolvable: false) { id: ID! }',
        b: 'type P @key(fields: "code") { code: ID! n: Int }',
      },
      'P.n',
      'resolves P by "code"',
    ],
  ] as const)('is found for %s', (_, sdls, coordinate, reason) => {
    const found = problemsOf(sdls as Sdls).find((each) => each.coordinate === coordinate);
    expect(found?.message).toContain(reason);
  });
  it.each([
    [
      'over a third subgraph that has both keys',
      {
        a: 'type Query { p: P } type P @key(fields: "id") { id: ID! }',
        b: 'type P @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }',
        c: 'type P @key(fields: "code") { code: ID! n: Int }',
      },
    ],
    [
      'only where a path provides it',
      {
        a: 'type Query { p: P @provides(fields: "n") } type P @key(fields: "id") { id: ID! n: Int @external }',
        b: 'type P @key(fields: "id") { id: ID! n: Int @shareable }',
      },
    ],
    [
      'of a type that nobody can ask for',
      {
        a: 'type Query { p: P } type P @key(fields: "id") { id: ID! }',
        b: 'type P @key(fields: "code") { code: ID! @inaccessible n: Int @inaccessible }',
      },
    ],
  ])('is not said of a field that is reached %s', (_, sdls) => {
    expect(problemsOf(sdls, link('v2.9', ', "@inaccessible"'))).toEqual([]);
  });
});

describe('A supergraph that another composer made', () => {
  it('is not served when a field of it cannot be answered', () => {
    const services = named(
      {
        list: 'type Query { people: [Person] } type Person @key(fields: "id") { id: ID! }',
        tax: 'type Person @key(fields: "number") { number: ID! @inaccessible income: Int }',
      },
      link('v2.9', ', "@inaccessible"'),
    ).map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));
    const { supergraphSdl } = composeServices(services, { disableValidationRules: ['SatisfiabilityRule'] });
    expect(() => makeGraph({ supergraphSdl: supergraphSdl! })).toThrow(
      expect.objectContaining({
        code: 'COMPOSITION_FAILED',
        details: {
          errors: [expect.objectContaining({ code: 'SATISFIABILITY_ERROR', coordinate: 'Person.income' })],
        },
      }),
    );
  });
});

describe('An error of composition', () => {
  it('names subgraph or coordinate, and what to change', () => {
    const problems = problemsOf({ a: 'type Query { n: Int }', b: 'type Query { n: Int }' });
    expect(problems).toEqual([
      {
        code: 'INVALID_FIELD_SHARING',
        coordinate: 'Query.n',
        message: expect.stringMatching(/"a" and "b".*Mark the field @shareable/s),
      },
    ]);
  });
  const entity = 'type Query { n: N } type N @key(fields: "id") { id: ID! size: Int }';
  it.each<[string, Sdls, string, string, string]>([
    [
      'a key of what is not there',
      { a: 'type Query { n: N } type N @key(fields: "nope") { id: ID! }' },
      'KEY_INVALID_FIELDS',
      'N',
      'Name fields of the type',
    ],
    [
      'an input that is not declared',
      { a: entity, b: 'type N @key(fields: "id") { id: ID! more: Int @requires(fields: "size") }' },
      'REQUIRES_INVALID_FIELDS',
      'N.more',
      'marked @external',
    ],
    [
      'an input that is its own',
      { a: 'type Query { n: N } type N @key(fields: "id") { id: ID! size: Int more: Int @requires(fields: "size") }' },
      'REQUIRES_FIELDS_MISSING_EXTERNAL',
      'N.more',
      'Leave the field out of @requires',
    ],
    [
      'an external field without use',
      { a: entity, b: 'type N @key(fields: "id") { id: ID! size: Int @external more: Int }' },
      'EXTERNAL_UNUSED',
      'N.size',
      'or leave it out',
    ],
    [
      'a type of two kinds',
      { a: entity, b: 'type Query { m: Int } input N { id: ID }' },
      'TYPE_KIND_MISMATCH',
      'N',
      'Agree on one kind',
    ],
    [
      'a field of two types',
      { a: 'type Query { n: Int @shareable }', b: 'type Query { n: String @shareable }' },
      'FIELD_TYPE_MISMATCH',
      'Query.n',
      'Agree on one type',
    ],
  ])('says for %s where it is and what to change', (_, sdls, code, coordinate, advice) => {
    const found = problemsOf(sdls).find((each) => each.code === code);
    expect(found).toMatchObject({ coordinate, message: expect.stringContaining(advice) });
  });
});
