import { describe, expect, it } from '@jest/globals';
import { isNonNullType, isObjectType, parse } from 'graphql';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import type { Consent } from '../../shared/share/releases/release.js';
import { catalogue, sdl, typesOf, unlinked } from './support/catalogue.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const CONDITIONAL = '@share(type: CONDITIONAL)';
const SECRET = '@share(type: NOT_SHARED, basis: ["Law 1"])';
const QUERY = `type Query ${OPEN} { person: Person }`;

/** What the reader says of one subgraph that need not compose. */
const problemsOf = (text: string) =>
  readSubgraphShares('a', parse(text)).problems.map(({ code, coordinate }) => `${code} ${coordinate ?? ''}`.trim());
const linked = (link: string, text = '') => unlinked(`extend schema ${link}\n${text}`);
const V1 = 'url: "https://sharehub.dev/share/v1.0"';

describe('Rule 1: every field has exactly one share type', () => {
  it('refuses a field without one, and restricts it (QZ-5.2c, HZ-5.3b)', () => {
    shows('QZ-5.2c');
    showsPartOf('HZ-5.3b');
    const read = catalogue({ a: `${QUERY} type Person { name: String age: Int ${OPEN} }` });
    expect(read.errors).toEqual(['SHARE_TYPE_MISSING Person.name']);
    expect(typesOf(read, 'Person.name', 'Person.age')).toEqual({
      'Person.name': 'NOT_SHARED',
      'Person.age': 'UNCONDITIONAL',
    });
    expect(read.problems[0]!.message).toBe(
      'Person.name has no share type. Put @share(type: …) on the field or on Person.',
    );
  });

  it('refuses a root field without one', () => {
    expect(catalogue({ a: 'type Query { now: String }' }).errors).toEqual(['SHARE_TYPE_MISSING Query.now']);
  });

  it('refuses a field without one even when what it requires, its enum or its arguments have one', () => {
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! income: Int }`,
      b: `type Person @key(fields: "id") { id: ID! income: Int @external tax: Int @requires(fields: "income")
            status: Status sorted(by: Status ${CONDITIONAL}): String }
          enum Status { GOOD BAD ${OPEN} }`,
    });
    expect(read.errors).toEqual([
      'SHARE_TYPE_MISSING Person.tax',
      'SHARE_TYPE_MISSING Person.status',
      'SHARE_TYPE_MISSING Person.sorted',
    ]);
    expect(typesOf(read, 'Person.tax', 'Person.status', 'Person.sorted')).toEqual({
      'Person.tax': 'NOT_SHARED',
      'Person.status': 'NOT_SHARED',
      'Person.sorted': 'NOT_SHARED',
    });
  });

  it('counts as an item of its own what a provider adds to the page position of a list or restricts in it; the rest is nobody’s', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { page: PageInfo }
          type PageInfo ${OPEN} { hasNextPage: Boolean! names: [String!] endCursor: String ${CONDITIONAL} }`,
    });
    expect(read.item('PageInfo.hasNextPage')).toMatchObject({ entry: false, provider: '' });
    expect(read.item('PageInfo.hasNextPage').owner).toBeUndefined();
    expect(read.item('PageInfo.names')).toMatchObject({ entry: true, provider: 'a' });
    expect(read.item('PageInfo.endCursor')).toMatchObject({ entry: true, provider: 'a', shareType: 'CONDITIONAL' });
  });

  it('restricts a field of a type that no root reaches without refusing the graph', () => {
    const read = catalogue({ a: `type Query ${OPEN} { now: String } type Lost { secret: String }` });
    expect(read.errors).toEqual([]);
    expect(read.item('Lost.secret').shareType).toBe('NOT_SHARED');
  });

  it('takes the field own share type before its type share type, also a weaker one', () => {
    const read = catalogue({
      a: `${QUERY} type Person ${SECRET} { name: String ${OPEN} phone: String ${CONDITIONAL} income: Int }`,
    });
    expect(read.errors).toEqual([]);
    expect(typesOf(read, 'Person.name', 'Person.phone', 'Person.income')).toEqual({
      'Person.name': 'UNCONDITIONAL',
      'Person.phone': 'CONDITIONAL',
      'Person.income': 'NOT_SHARED',
    });
    expect(read.item('Person.income').basis).toEqual(['Law 1']);
  });

  it('holds a type share type for fields of its extensions, the strictest where several say one', () => {
    const read = catalogue({
      a: `${QUERY} type Person ${OPEN} { name: String } extend type Person ${CONDITIONAL} { phone: String }
          extend type Person { age: Int }`,
    });
    expect(typesOf(read, 'Person.name', 'Person.phone', 'Person.age')).toEqual({
      'Person.name': 'CONDITIONAL',
      'Person.phone': 'CONDITIONAL',
      'Person.age': 'CONDITIONAL',
    });
  });

  it('reads root types under whatever name the subgraph gave them', () => {
    const read = catalogue({
      a: `schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"]) @link(${V1}, import: ["@share"])
            { query: Root mutation: Change }
          type Root { now: String ${CONDITIONAL} } type Change ${OPEN} { touch: String }`,
    });
    expect(read.errors).toEqual([]);
    expect(typesOf(read, 'Query.now', 'Mutation.touch')).toEqual({
      'Query.now': 'CONDITIONAL',
      'Mutation.touch': 'UNCONDITIONAL',
    });
  });

  it('only counts an uncatalogued field as open where that was asked for', () => {
    const read = catalogue({ a: `${QUERY} type Person { name: String }` }, { uncatalogued: 'unconditional' });
    expect(read.errors).toEqual([]);
    expect(read.item('Person.name').shareType).toBe('UNCONDITIONAL');
  });
});

describe('Rule 2: directives are recognised by the address of their specification', () => {
  it('refuses a share directive that is used without the link, under its name and under its namespace', () => {
    for (const use of [
      '@share(type: NOT_SHARED)',
      '@basic',
      '@share__share(type: NOT_SHARED)',
      '@filters(field: "A.b")',
    ])
      expect(
        problemsOf(unlinked(`type Query { now(at: Int ${use}): String ${use.replace('filters', 'mask')} }`)),
      ).toContain('SHARE_DIRECTIVE_UNLINKED');
  });

  it('refuses a version it does not know, and then reads nothing as open', () => {
    const text = (version: string) =>
      linked(
        `@link(url: "https://sharehub.dev/share${version}", import: ["@share"])`,
        'type Query { now: String @share(type: UNCONDITIONAL) }',
      );
    for (const version of ['', '/', '/v2.0', '/v0.9', '/v1.0.0', '/v1x', '/1.0', '/v1.0/extra'])
      expect(problemsOf(text(version))).toContain('SHARE_SPEC_UNKNOWN');
    for (const version of ['/v1', '/v1.0', '/v1.3', '/v1.0/']) expect(problemsOf(text(version))).toEqual([]);
  });

  it('does not take another specification for its own', () => {
    for (const url of [
      'https://sharehub.dev/shared/v1.0',
      'https://example.org/share/v1.0',
      'http://sharehub.dev/share/v1.0',
    ])
      expect(
        problemsOf(
          linked(`@link(url: "${url}", import: ["@share"])`, 'type Query { now: String @share(type: UNCONDITIONAL) }'),
        ),
      ).toEqual(['SHARE_DIRECTIVE_UNLINKED']);
  });

  it('refuses an import that the specification does not have or that cannot be read', () => {
    for (const entry of [
      '"@shared"',
      '"share"',
      '"Share"',
      '{ name: "@secret", as: "@share" }',
      'null',
      '1',
      '{ as: "@x" }',
      '{ name: "@share", as: 1 }',
    ])
      expect(problemsOf(linked(`@link(${V1}, import: [${entry}])`, 'type Query { now: String }'))).toEqual([
        'SHARE_IMPORT_UNKNOWN',
      ]);
  });

  it.each([
    ['imported', `@link(${V1}, import: ["@share", "@basic"])`, '@share', '@basic'],
    [
      'imported under another name',
      `@link(${V1}, import: [{ name: "@share", as: "@access" }, { name: "@basic", as: "@core" }])`,
      '@access',
      '@core',
    ],
    ['under its namespace', `@link(${V1})`, '@share__share', '@share__basic'],
    ['the namespace alone', `@link(${V1})`, '@share', '@share__basic'],
    ['under another namespace', `@link(${V1}, as: "gov")`, '@gov__share', '@gov__basic'],
    ['another namespace alone', `@link(${V1}, as: "gov")`, '@gov', '@gov__basic'],
    [
      'imported singly, which GraphQL takes for a list of one',
      `@link(${V1}, import: { name: "@share", as: "@access" })`,
      '@access',
      '@share__basic',
    ],
    [
      'linked in two extensions',
      `@link(${V1}, import: ["@share"])\nextend schema @link(${V1}, import: ["@basic"])`,
      '@share',
      '@basic',
    ],
  ])('reads directives that are %s', (_, link, share, basic) => {
    const read = catalogue({
      a: linked(
        link,
        `type Query { a: String ${share}(type: CONDITIONAL) b: String ${share}(type: UNCONDITIONAL) ${basic} }`,
      ),
    });
    expect(read.errors).toEqual([]);
    expect(read.item('Query.a').shareType).toBe('CONDITIONAL');
    expect(read.item('Query.b').basic).toBe(true);
  });

  it('does not read a name that was given to something else', () => {
    const text = linked(
      `@link(${V1}, import: [{ name: "@share", as: "@access" }])`,
      'type Query { now: String @access(type: NOT_SHARED, basis: ["Law 1"]) @mine(type: UNCONDITIONAL) } directive @mine(type: String) on FIELD_DEFINITION',
    );
    expect(problemsOf(text)).toEqual([]);
  });

  it('refuses what stands where it says nothing, is unknown to the specification, or is said twice', () => {
    const uses: Record<string, string> = {
      [`enum E ${SECRET} { A }`]: 'STATEMENT_MISPLACED',
      [`union U ${SECRET} = Query`]: 'STATEMENT_MISPLACED',
      [`input I ${SECRET} { a: Int }`]: 'STATEMENT_MISPLACED',
      [`scalar S ${SECRET}`]: 'STATEMENT_MISPLACED',
      ['type T @basic { a: Int }']: 'STATEMENT_MISPLACED',
      ['type T { a(b: Int @mask(as: NAME)): Int }']: 'STATEMENT_MISPLACED',
      ['type T { a: Int @filters(field: "T.a") }']: 'STATEMENT_MISPLACED',
      ['input I { a: Int @basic }']: 'STATEMENT_MISPLACED',
      ['interface I @resource(code: "1", name: "n") { a: Int }']: 'STATEMENT_MISPLACED',
      ['type T { a: Int @share(type: CONDITIONAL, bases: ["x"]) }']: 'STATEMENT_UNREADABLE',
      [`type T { a: Int ${OPEN} ${SECRET} }`]: 'STATEMENT_UNREADABLE',
      ['type T { a: Int @mask }']: 'STATEMENT_UNREADABLE T.a',
      ['type T { a: Int @mask(as: "NAME") @mask(as: NOSE) }']: 'STATEMENT_UNREADABLE',
      ['type T { a: Int @subject(kind: DOG) }']: 'STATEMENT_UNREADABLE T.a',
      ['type T { a: Int @scope(by: "mood") }']: 'STATEMENT_UNREADABLE T.a',
      ['type T { a: Int @copyOf }']: 'STATEMENT_INCOMPLETE T.a',
      ['type T @resource(code: "1") { a: Int }']: 'RESOURCE_INCOMPLETE T',
      ['type T { a(b: Int @filters(field: "nothing")): Int }']: 'FILTERS_MALFORMED T.a(b:)',
      ['input I { a: Int @filters }']: 'FILTERS_MALFORMED I.a',
      ['type T { a(b: Int @fromContext(field: "$c { a }")): Int }']: 'DIRECTIVE_NOT_CARRIED_OUT T.a(b:)',
      ['type T { a(b: Int @federation__fromContext(field: "$c { a }")): Int }']: 'DIRECTIVE_NOT_CARRIED_OUT T.a(b:)',
    };
    for (const [text, code] of Object.entries(uses)) {
      expect({ text, problems: problemsOf(sdl(text)) }).toEqual({ text, problems: expect.arrayContaining([code]) });
    }
    expect(problemsOf(sdl('input I { a: Int @filters(field: "A.b") @filters(field: "A.c") }'))).toEqual([]);
  });

  it.each([
    '@share',
    '@share(type: OPEN)',
    '@share(type: "OPEN")',
    '@share(type: null)',
    '@share(type: 1)',
    '@share(type: [UNCONDITIONAL])',
    '@share(typ: UNCONDITIONAL)',
  ])('restricts fully what it cannot read: %s', (statement) => {
    const read = catalogue({ a: `${QUERY} type Person ${OPEN} { name: String ${statement} }` });
    expect(read.item('Person.name').shareType).toBe('NOT_SHARED');
    expect(read.errors).toContain('STATEMENT_UNREADABLE Person.name');
  });

  it('restricts fully a type, an argument and an enum value whose statement it cannot read', () => {
    const read = catalogue({
      a: `${QUERY} type Person @share(type: OPEN) { name(as: Form @share): String } enum Form { SHORT @share LONG }`,
    });
    expect(typesOf(read, 'Person.name', 'Person.name(as:)', 'Form.SHORT')).toEqual({
      'Person.name': 'NOT_SHARED',
      'Person.name(as:)': 'NOT_SHARED',
      'Form.SHORT': 'NOT_SHARED',
    });
    expect(read.errors.filter((code) => code.startsWith('STATEMENT_UNREADABLE'))).toHaveLength(3);
  });

  it('reads a share type written as text, as older printers write it', () => {
    expect(
      catalogue({ a: `${QUERY} type Person { name: String @share(type: "CONDITIONAL") }` }).item('Person.name')
        .shareType,
    ).toBe('CONDITIONAL');
  });
});

describe('Rule 3: interfaces and implementations', () => {
  const MEDIA = (a: string, b: string, i = '') => ({
    a: `type Query ${OPEN} { media: Media any: Any } union Any = Book | Film
        interface Media { title: String ${i} } type Book implements Media { title: String ${a} }
        type Film implements Media { title: String ${b} }`,
  });

  it('restricts an interface field as its strictest implementation, and asks for the right to every one', () => {
    const read = catalogue(MEDIA(OPEN, SECRET, OPEN));
    expect(typesOf(read, 'Media.title', 'Book.title', 'Film.title')).toEqual({
      'Media.title': 'NOT_SHARED',
      'Book.title': 'UNCONDITIONAL',
      'Film.title': 'NOT_SHARED',
    });
    expect([...read.item('Media.title').needs].sort()).toEqual(['Book.title', 'Film.title']);
    expect(read.errors).toEqual([]);
  });

  it('restricts an implementation at least as the interface', () => {
    const read = catalogue(MEDIA(OPEN, OPEN, CONDITIONAL));
    expect(typesOf(read, 'Media.title', 'Book.title', 'Film.title')).toEqual({
      'Media.title': 'CONDITIONAL',
      'Book.title': 'CONDITIONAL',
      'Film.title': 'CONDITIONAL',
    });
  });

  it('restricts an implementation for the reasons that its interface names', () => {
    const read = catalogue(MEDIA(OPEN, CONDITIONAL, SECRET));
    expect(read.errors).toEqual([]);
    expect(read.item('Film.title')).toMatchObject({ shareType: 'NOT_SHARED', basis: ['Law 1'] });
  });

  it('takes the interface field share type from its implementations when it has none', () => {
    const read = catalogue(MEDIA(OPEN, CONDITIONAL));
    expect(read.errors).toEqual([]);
    expect(read.item('Media.title').shareType).toBe('CONDITIONAL');
  });

  it('refuses an implementation without share type, whatever the interface says', () => {
    const read = catalogue(MEDIA(OPEN, '', OPEN));
    expect(read.errors).toEqual(['SHARE_TYPE_MISSING Film.title']);
    expect(read.item('Media.title').shareType).toBe('NOT_SHARED');
  });

  it('holds through interfaces that implement interfaces', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { named: Named } interface Named { name: String ${CONDITIONAL} }
          interface Party implements Named ${OPEN} { name: String }
          type Person implements Party & Named ${OPEN} { name: String }`,
    });
    expect(typesOf(read, 'Named.name', 'Party.name', 'Person.name')).toEqual({
      'Named.name': 'CONDITIONAL',
      'Party.name': 'CONDITIONAL',
      'Person.name': 'CONDITIONAL',
    });
  });

  it('holds across subgraphs that each know other implementations', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { media: Media } interface Media ${OPEN} { title: String }
          type Book implements Media ${OPEN} { title: String }`,
      b: `type Query ${OPEN} { film: Film } interface Media ${OPEN} { title: String }
          type Film implements Media ${SECRET} { title: String }`,
    });
    expect(read.errors).toEqual([]);
    expect(typesOf(read, 'Media.title', 'Book.title')).toEqual({
      'Media.title': 'NOT_SHARED',
      'Book.title': 'UNCONDITIONAL',
    });
  });

  it('restricts every implementation by the @interfaceObject field that stands for it', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { media: Media } interface Media @key(fields: "id") ${OPEN} { id: ID! }
          type Book implements Media @key(fields: "id") ${OPEN} { id: ID! }
          type Film implements Media @key(fields: "id") ${OPEN} { id: ID! }`,
      b: `type Media @interfaceObject @key(fields: "id") ${CONDITIONAL} { id: ID! rating: Int }`,
    });
    expect(read.errors).toEqual([]);
    expect(typesOf(read, 'Media.rating', 'Book.rating', 'Film.rating', 'Media.id', 'Book.id')).toEqual({
      'Media.rating': 'CONDITIONAL',
      'Book.rating': 'CONDITIONAL',
      'Film.rating': 'CONDITIONAL',
      'Media.id': 'UNCONDITIONAL',
      'Book.id': 'UNCONDITIONAL',
    });
    expect(read.item('Book.rating').needs).toEqual(['Media.rating']);
    expect(read.item('Media.rating').needs).toEqual([]);
  });

  it('refuses an @interfaceObject field without share type on every implementation', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { media: Media } interface Media @key(fields: "id") ${OPEN} { id: ID! }
          type Book implements Media @key(fields: "id") ${OPEN} { id: ID! }`,
      b: 'type Media @interfaceObject @key(fields: "id") { id: ID! rating: Int }',
    });
    expect(read.errors).toEqual(['SHARE_TYPE_MISSING Media.rating']);
    expect(read.item('Book.rating').shareType).toBe('NOT_SHARED');
  });
});

describe('Rule 4: subgraphs that differ', () => {
  const TWO = (a: string, b: string) => ({
    a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! name: String @shareable ${a} }`,
    b: `type Person @key(fields: "id") ${OPEN} { id: ID! name: String @shareable @copyOf(source: "a") ${b} }`,
  });

  it('counts the strictest, in whatever order they come, and says so', () => {
    for (const read of [catalogue(TWO(OPEN, SECRET)), catalogue(TWO(SECRET, OPEN))]) {
      expect(read.item('Person.name').shareType).toBe('NOT_SHARED');
      expect(read.item('Person.name').basis).toEqual(['Law 1']);
      expect(read.warnings).toEqual(['SHARE_TYPES_DIFFER Person.name']);
      expect(read.errors).toEqual([]);
    }
    expect(catalogue(TWO(OPEN, SECRET)).problems[0]!.message).toContain('a (UNCONDITIONAL) and b (NOT_SHARED)');
  });

  it('says nothing when they agree', () => {
    expect(catalogue(TWO(CONDITIONAL, CONDITIONAL)).warnings).toEqual([]);
  });

  it('counts a restriction on a field that the subgraph only mentions', () => {
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! income: Int }`,
      b: `type Person @key(fields: "id") { id: ID! income: Int @external ${SECRET} tax: Int ${OPEN} @requires(fields: "income") }`,
    });
    expect(read.item('Person.income').shareType).toBe('NOT_SHARED');
    expect(read.item('Person.tax').shareType).toBe('NOT_SHARED');
  });

  it('counts only what the other fields of an @external declaration are', () => {
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! name: String @shareable age: Int }`,
      b: `type Person @key(fields: "id") @external { age: Int }
          extend type Person ${SECRET} { id: ID! name: String @shareable @copyOf(source: "a") limit: Int @requires(fields: "age") }`,
    });
    expect(typesOf(read, 'Person.name', 'Person.age', 'Person.limit')).toEqual({
      'Person.name': 'NOT_SHARED',
      'Person.age': 'UNCONDITIONAL',
      'Person.limit': 'NOT_SHARED',
    });
  });

  it('never lets a reference open a key that its own catalogue entry restricts', () => {
    for (const resource of ['@resource(code: "1", name: "Persons", provider: "police")', '']) {
      const read = catalogue({
        a: `${QUERY} type Person @key(fields: "id") ${resource} ${SECRET} { id: ID! }`,
        b: `type Person @key(fields: "id") { id: ID! ${OPEN} benefit: Int ${OPEN} }`,
      });
      expect(read.item('Person.id').shareType).toBe('NOT_SHARED');
    }
  });

  it('never lets a reference give a key the share type that its own catalogue entry lacks', () => {
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") @resource(code: "1", name: "Persons") { id: ID! }`,
      b: `type Person @key(fields: "id") ${OPEN} { id: ID! benefit: Int }`,
    });
    expect(read.errors).toEqual(['SHARE_TYPE_MISSING Person.id']);
    expect(read.item('Person.id').shareType).toBe('NOT_SHARED');
  });

  it('does not restrict a catalogued key by the share type of a type that only refers to it', () => {
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") @resource(code: "1", name: "Persons", provider: "police") ${OPEN} { id: ID! @basic }`,
      b: `type Person @key(fields: "id") ${CONDITIONAL} { id: ID! benefit: Int }`,
      c: `type Person @key(fields: "id", resolvable: false) { id: ID! } type Query ${OPEN} { mayor: Person }`,
    });
    expect(read.errors).toEqual([]);
    expect(read.warnings).toEqual([]);
    expect(read.item('Person.id')).toMatchObject({ shareType: 'UNCONDITIONAL', provider: 'police', owner: 'police' });
    expect(read.item('Person.benefit').shareType).toBe('CONDITIONAL');
  });

  it('counts the strictest for arguments, input fields and enum values too', () => {
    const one = (order: string, by: string, high: string, mine = '') => `
      type Query { persons(by: Order, in: Int ${order}): String ${OPEN} @shareable ${mine} }
      input Order { income: Level ${by} } enum Level { LOW HIGH ${high} }`;
    for (const subgraphs of [
      { a: one(SECRET, CONDITIONAL, OPEN), b: one(OPEN, OPEN, SECRET) },
      { a: one(OPEN, OPEN, SECRET), b: one(SECRET, CONDITIONAL, OPEN) },
    ]) {
      const read = catalogue(subgraphs);
      expect(typesOf(read, 'Query.persons(in:)', 'Order.income', 'Level.HIGH')).toEqual({
        'Query.persons(in:)': 'NOT_SHARED',
        'Order.income': 'CONDITIONAL',
        'Level.HIGH': 'NOT_SHARED',
      });
      expect(read.index.inputs.get('Level.HIGH')).toEqual([{ item: 'Level.HIGH', by: 'share' }]);
      expect(read.item('Query.persons').argumentUses['in']).toEqual([{ item: 'Query.persons(in:)', by: 'share' }]);
    }
  });
});

describe('Rule 5: what is computed from other items', () => {
  const PERSON = (income: string, more = '') =>
    `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! income: Int ${income} ${more} }`;
  const TAX = (tax: string, more = '') =>
    `type Person @key(fields: "id") { id: ID! income: Int @external tax: Int ${tax} @requires(fields: "income") ${more} }`;

  it('is at least as restricted as what it requires', () => {
    const read = catalogue({ a: PERSON(SECRET), b: TAX(OPEN) });
    expect(read.item('Person.tax')).toMatchObject({
      shareType: 'NOT_SHARED',
      ownType: 'UNCONDITIONAL',
      needs: ['Person.income'],
      computedFrom: ['Person.income'],
    });
  });

  it('is so through chains', () => {
    const read = catalogue({
      a: PERSON(SECRET),
      b: TAX(OPEN),
      c: `type Person @key(fields: "id") { id: ID! tax: Int @external bonus: Int ${OPEN} @requires(fields: "tax") }`,
    });
    expect(read.item('Person.bonus').shareType).toBe('NOT_SHARED');
    expect([...read.item('Person.bonus').needs].sort()).toEqual(['Person.income', 'Person.tax']);
  });

  it('has its own share type where the owner of every required item consents', () => {
    const read = catalogue({ a: PERSON(`${SECRET} @derivable(into: ["Person.tax"])`), b: TAX(CONDITIONAL) });
    expect(read.item('Person.tax')).toMatchObject({ shareType: 'CONDITIONAL', needs: [], computedFrom: [] });
  });

  it('is restricted where the consent names another field, or stands elsewhere than on the required item', () => {
    for (const subgraphs of [
      { a: PERSON(`${SECRET} @derivable(into: ["Person.other"])`), b: TAX(OPEN) },
      { a: PERSON(SECRET, `name: String @derivable(into: ["Person.tax"])`), b: TAX(OPEN) },
      { a: PERSON(SECRET), b: TAX(`${OPEN} @derivable(into: ["Person.tax"])`) },
    ])
      expect(catalogue(subgraphs).item('Person.tax').shareType).toBe('NOT_SHARED');
  });

  it('cannot consent for itself: not by mentioning the item, nor by holding a copy of it', () => {
    const mention = {
      a: PERSON(SECRET),
      b: `type Person @key(fields: "id") { id: ID! income: Int @external @derivable(into: ["Person.tax"])
            tax: Int ${OPEN} @requires(fields: "income") }`,
    };
    const copy = {
      a: PERSON(`@shareable ${SECRET}`),
      b: `type Person @key(fields: "id") { id: ID! income: Int @shareable @copyOf(source: "a") @derivable(into: ["Person.tax"]) ${SECRET} }`,
      c: TAX(OPEN),
    };
    const rival = {
      a: PERSON(`@shareable ${SECRET}`),
      b: `type Person @key(fields: "id") { id: ID! income: Int @shareable @derivable(into: ["Person.tax"]) ${SECRET} }`,
      c: TAX(OPEN),
    };
    for (const subgraphs of [mention, copy, rival])
      expect(catalogue(subgraphs).item('Person.tax').shareType).toBe('NOT_SHARED');
  });

  it('stays restricted by what lies behind a consented item, whose owner consented only for itself', () => {
    const chain = (income: string, tax: string) => ({
      a: PERSON(`${SECRET} ${income}`),
      b: TAX(`${OPEN} ${tax}`),
      c: `type Person @key(fields: "id") { id: ID! tax: Int @external bonus: Int ${OPEN} @requires(fields: "tax") }`,
    });
    const type = (income: string, tax: string) => catalogue(chain(income, tax)).item('Person.bonus').shareType;
    const [toTax, toBonus, toBoth] = [
      '@derivable(into: ["Person.tax"])',
      '@derivable(into: ["Person.bonus"])',
      '@derivable(into: ["Person.tax", "Person.bonus"])',
    ] as const;
    expect(type('', toBonus)).toBe('NOT_SHARED');
    expect(type(toBonus, '')).toBe('NOT_SHARED');
    expect(type(toTax, '')).toBe('UNCONDITIONAL');
    expect(type(toBonus, toBonus)).toBe('UNCONDITIONAL');
    expect(type(toBoth, toBonus)).toBe('UNCONDITIONAL');
  });

  it('is restricted by required items that consumers cannot see, and by everything below them', () => {
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! file: File @inaccessible wage: Int @inaccessible ${CONDITIONAL} }
          type File @inaccessible ${OPEN} { number: Int sentence: Int ${SECRET} }`,
      b: `type Person @key(fields: "id") { id: ID! file: File @external wage: Int @external
            clean: Boolean ${OPEN} @requires(fields: "file { sentence }") level: Int ${OPEN} @requires(fields: "wage")
            filed: Boolean ${OPEN} @requires(fields: "file { number }") }
          type File { number: Int @external sentence: Int @external }`,
    });
    expect(read.errors).toEqual([]);
    expect(typesOf(read, 'Person.clean', 'Person.level', 'Person.filed')).toEqual({
      'Person.clean': 'NOT_SHARED',
      'Person.level': 'CONDITIONAL',
      'Person.filed': 'UNCONDITIONAL',
    });
  });

  it('is restricted by every implementation of a required interface field, also of one that consumers cannot see', () => {
    for (const hidden of ['', '@inaccessible']) {
      const read = catalogue({
        a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! account: Account ${hidden} }
            interface Account ${OPEN} ${hidden} { balance: Int }
            type Bank implements Account ${OPEN} ${hidden} { balance: Int } type Cash implements Account ${SECRET} ${hidden} { balance: Int }`,
        b: `type Person @key(fields: "id") { id: ID! account: Account @external rich: Boolean ${OPEN} @requires(fields: "account { balance }") }
            interface Account { balance: Int } type Bank implements Account @external { balance: Int }
            type Cash implements Account @external { balance: Int }`,
      });
      expect({ hidden, type: read.item('Person.rich').shareType }).toEqual({ hidden, type: 'NOT_SHARED' });
    }
  });
});

describe('Rule 6: legal bases and basic items', () => {
  it('refuses what is not shared without a basis', () => {
    const read = catalogue({
      a: `${QUERY} type Person ${OPEN} { income: Int @share(type: NOT_SHARED) phone(kind: Kind @share(type: NOT_SHARED)): Int ${CONDITIONAL} }
          enum Kind { HOME WORK @share(type: NOT_SHARED) }`,
    });
    expect(read.errors).toEqual([
      'BASIS_MISSING Person.income',
      'BASIS_MISSING Kind.WORK',
      'BASIS_MISSING Person.phone(kind:)',
    ]);
  });

  it('asks a basis for what is conditional only where the profile does', () => {
    const text = { a: `${QUERY} type Person ${OPEN} { phone: String ${CONDITIONAL} }` };
    const strict = { basicItemsUnconditional: true, notSharedNeedsBasis: true, conditionalNeedsBasis: true };
    expect(catalogue(text).errors).toEqual([]);
    expect(catalogue(text, { rules: strict }).errors).toEqual(['BASIS_MISSING Person.phone']);
  });

  it('refuses a basic item that is restricted, by itself, by its type, by what it requires or by another subgraph', () => {
    const basic = {
      itself: { a: `${QUERY} type Person ${OPEN} { name: String @basic ${CONDITIONAL} }` },
      'its type': { a: `${QUERY} type Person ${CONDITIONAL} { name: String @basic }` },
      'what it requires': {
        a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! income: Int ${CONDITIONAL} }`,
        b: `type Person @key(fields: "id") { id: ID! income: Int @external name: String @basic ${OPEN} @requires(fields: "income") }`,
      },
      'another subgraph': {
        a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! name: String @basic @shareable }`,
        b: `type Person @key(fields: "id") { id: ID! name: String @shareable @copyOf(source: "a") ${CONDITIONAL} }`,
      },
    };
    for (const [by, subgraphs] of Object.entries(basic)) {
      // A basic item that only the less strict statement marks is basic all the same.
      expect({ by, errors: catalogue(subgraphs).errors }).toEqual({
        by,
        errors: ['BASIC_ITEM_RESTRICTED Person.name'],
      });
    }
  });
});

describe('Rule 7: one number, one source', () => {
  const TWO = (a: string, b: string) => ({
    a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! name: String @shareable ${a} }`,
    b: `type Person @key(fields: "id") ${OPEN} { id: ID! name: String @shareable ${b} }`,
  });

  it('refuses two providers that both claim an item of one subject', () => {
    expect(catalogue(TWO('', '')).errors).toEqual(['SOURCE_NOT_UNIQUE Person.name']);
    expect(catalogue(TWO('', '@copyOf(source: "a")')).errors).toEqual([]);
  });

  it('refuses a copy whose source is nobody, itself, or a copy again', () => {
    expect(catalogue(TWO('', '@copyOf(source: "c")')).errors).toEqual(['SOURCE_UNKNOWN Person.name']);
    expect(catalogue(TWO('', '@copyOf(source: "b")')).errors).toEqual(['SOURCE_UNKNOWN Person.name']);
    expect(catalogue(TWO('@copyOf(source: "b")', '@copyOf(source: "a")')).errors).toEqual([
      'SOURCE_UNKNOWN Person.name',
      'SOURCE_UNKNOWN Person.name',
    ]);
  });

  it('lets a subgraph take an item over, and an interface or a value without identity stand in several', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { media: Media } interface Media @key(fields: "id") ${OPEN} { id: ID! title: String }
          type Book implements Media @key(fields: "id") ${OPEN} { id: ID! title: String isbn: String place: Place }
          type Place ${OPEN} @shareable { city: String }`,
      b: `interface Media @key(fields: "id") ${OPEN} { id: ID! title: String }
          type Book implements Media @key(fields: "id") ${OPEN} { id: ID! title: String @external isbn: String @override(from: "a") }
          type Film implements Media @key(fields: "id") ${OPEN} { id: ID! title: String place: Place }
          type Place ${OPEN} @shareable { city: String }`,
    });
    expect(read.errors).toEqual([]);
  });

  it("is a department's own only where no other department resolves it as well", () => {
    const resource = (code: string, provider: string) =>
      `@resource(code: "${code}", name: "n", provider: "${provider}")`;
    const read = catalogue({
      a: `${QUERY} type Person @key(fields: "id") ${resource('1', 'police')} ${OPEN}
            { id: ID! name: String @shareable ${CONDITIONAL} job: String ${CONDITIONAL} home: Place }
          type Place ${CONDITIONAL} @shareable { city: String }`,
      b: `type Person @key(fields: "id") { id: ID! name: String @shareable @copyOf(source: "a") ${SECRET}
            job: String @override(from: "a") ${CONDITIONAL} shop: Place ${OPEN} }
          type Place ${CONDITIONAL} @shareable { city: String } type Firm ${resource('2', 'market')} { code: String }`,
    });
    expect(read.item('Person.name')).toMatchObject({ owner: 'police', provider: 'police', shareType: 'NOT_SHARED' });
    expect(read.item('Person.job')).toMatchObject({ owner: 'market', provider: 'market' });
    expect(read.item('Place.city').owner).toBeUndefined();
  });

  it('can be narrowed to rows only where every subgraph that resolves it can', () => {
    const two = (scope: string) => ({
      a: `${QUERY} type Person @key(fields: "id") ${OPEN} { id: ID! division: String @scope(by: "division") name: String @shareable phone: String }`,
      b: `type Person @key(fields: "id") ${OPEN} { id: ID! area: String ${scope} name: String @shareable @copyOf(source: "a") }`,
    });
    expect(catalogue(two('')).item('Person.name').scopeBy).toBeUndefined();
    expect(catalogue(two('')).item('Person.phone').scopeBy).toBe('division');
    expect(catalogue(two('@scope(by: "division")')).item('Person.name').scopeBy).toBe('division');
  });
});

describe('Rule 8: what may be refused is nullable for consumers', () => {
  it('also where only an argument of the field may be refused', () => {
    const { schema } = catalogue({
      a: `type Query ${OPEN} {
            plain(first: Int): Int! filtered(income: Int @filters(field: "Person.income")): Int! shared(secret: Int ${CONDITIONAL}): Int!
            ordered(by: [Order!]): Int! nested(where: Where): Int! open(name: Int @filters(field: "Person.name")): Int! secret: Int! ${CONDITIONAL}
            person: Person! media: Media! }
          type Person ${OPEN} { name: String! income: Int ${SECRET} }
          interface Media ${OPEN} { title(by: Order): Int! } type Book implements Media ${OPEN} { title(by: Order): Int! }
          enum Order { NAME INCOME ${SECRET} } input Where { and: [Where!] person: Inner } input Inner { income: Int @filters(field: "Person.income") }`,
    });
    const nonNull = (type: string) => {
      const object = schema.getType(type);
      if (!isObjectType(object)) throw new Error(type);
      return Object.values(object.getFields()).flatMap(({ name, type: of }) => (isNonNullType(of) ? [name] : []));
    };
    expect(nonNull('Query')).toEqual(['plain', 'open', 'person', 'media']);
    expect(nonNull('Book')).toEqual([]);
  });
});

describe('Arguments, input fields and enum values', () => {
  it('refuses a filter by an item that does not exist', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { persons(name: Int @filters(field: "Person.nmae"), by: By): Int } input By { age: Int @filters(field: "Person.age") }`,
    });
    expect(read.errors).toEqual(['FILTERS_UNKNOWN Query.persons(name:)', 'FILTERS_UNKNOWN By.age']);
  });

  it('refuses a default value that filters by, or mentions, what not everybody may read', () => {
    const read = catalogue({
      a: `type Query ${OPEN} {
            a(income: Int = 1 @filters(field: "Person.income")): Int b(by: By = INCOME): Int c(where: Where = { age: 1 }): Int
            d(where: [Where!] = [{ deep: { by: [INCOME] } }]): Int e(kind: Int = 1 ${CONDITIONAL}): Int
            f(name: Int = 1 @filters(field: "Person.name"), income: Int = null @filters(field: "Person.income"), by: By = NAME): Int }
          type Person ${OPEN} { name: String income: Int ${SECRET} }
          enum By { NAME INCOME ${SECRET} } input Where { age: Int @filters(field: "Person.income") deep: Deep }
          input Deep { by: [By!] = [NAME, INCOME] }`,
    });
    expect(read.errors).toEqual([
      'DEFAULT_RESTRICTED Query.a(income:)',
      'DEFAULT_RESTRICTED Query.b(by:)',
      'DEFAULT_RESTRICTED Query.c(where:)',
      'DEFAULT_RESTRICTED Query.d(where:)',
      'DEFAULT_RESTRICTED Query.e(kind:)',
      'DEFAULT_RESTRICTED Deep.by',
    ]);
  });

  it('keeps what an argument filters by on the interface field and on every implementation', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { media: Media } interface Media ${OPEN} { price(over: Int @filters(field: "Book.cost"), in: Int): Int }
          type Book implements Media ${OPEN} { price(over: Int, in: Int @filters(field: "Book.secret")): Int cost: Int ${CONDITIONAL} secret: Int ${SECRET} }`,
    });
    for (const at of ['Media.price', 'Book.price'])
      expect({ ...read.item(at).argumentUses }).toEqual({
        over: [{ item: 'Book.cost', by: 'filters' }],
        in: [{ item: 'Book.secret', by: 'filters' }],
      });
  });

  it('keeps what an @interfaceObject argument filters by on every implementation', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { media: Media } interface Media @key(fields: "id") ${OPEN} { id: ID! }
          type Book implements Media @key(fields: "id") ${OPEN} { id: ID! cost: Int ${SECRET} }`,
      b: `type Media @interfaceObject @key(fields: "id") ${OPEN} { id: ID! rating(over: Int @filters(field: "Book.cost")): Int }`,
    });
    expect({ ...read.item('Book.rating').argumentUses }).toEqual({ over: [{ item: 'Book.cost', by: 'filters' }] });
  });

  it('restricts a field whose enum has a restricted value, which its answer would show', () => {
    const read = catalogue({
      a: `${QUERY} type Person ${OPEN} { status: [Status!]! role: Role } enum Status { GOOD CONVICTED ${SECRET} } enum Role { HEAD }`,
    });
    expect(read.item('Person.status')).toMatchObject({
      shareType: 'NOT_SHARED',
      needs: ['Status.CONVICTED'],
      computedFrom: [],
    });
    expect(read.item('Person.role').shareType).toBe('UNCONDITIONAL');
  });
});

describe('The catalogue entry', () => {
  it('carries what the refusal and the access record will say', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { person: Person }
          type Person @key(fields: "id") @resource(code: "101001/000001", name: "Persons", provider: "police", library: "POPULATION", updateCycle: "DAILY", category: "base") ${OPEN} {
            id: ID! @subject(kind: PERSON) @basic
            """
            Phone
            As given to the police.
            """
            phone: String @share(type: CONDITIONAL, basis: ["Law 2", "Law 3"], condition: "for duties", provider: "telecom") @mask(as: PHONE) @verifiable
            division: String @scope(by: "division") }`,
    });
    expect(read.errors).toEqual([]);
    expect(read.item('Person.phone')).toMatchObject({
      title: 'Phone',
      provider: 'telecom',
      owner: 'telecom',
      subgraph: 'a',
      basis: ['Law 2', 'Law 3'],
      condition: 'for duties',
      mask: 'PHONE',
      verifiable: true,
      scopeBy: 'division',
      resource: {
        code: '101001/000001',
        name: 'Persons',
        provider: 'police',
        library: 'POPULATION',
        updateCycle: 'DAILY',
        category: 'base',
      },
    });
    expect(read.item('Person.id')).toMatchObject({ subject: 'PERSON', basic: true, title: 'id' });
    expect(read.item('Query.person').provider).toBe('police');
  });

  it('has another version as soon as any statement changes, and the same for the same statements', () => {
    const version = (text: string) => catalogue({ a: text }).index.version;
    const text = `${QUERY} type Person ${OPEN} { name: String ${CONDITIONAL} find(income: Int): Int }`;
    expect(version(text)).toBe(version(text));
    for (const other of [
      text.replace('CONDITIONAL)', 'NOT_SHARED)'),
      text.replace('type: CONDITIONAL', 'type: CONDITIONAL, condition: "x"'),
      text.replace('income: Int', 'income: Int @filters(field: "Person.name")'),
    ])
      expect(version(other)).not.toBe(version(text));
  });

  it('numbers the items without a gap', () => {
    const { index } = catalogue({
      a: `${QUERY} type Person ${OPEN} { kind: Kind a(b: Int ${SECRET}): Int } enum Kind { X ${SECRET} }`,
    });
    expect(index.items.map((item) => item.index)).toEqual(index.items.map((_, i) => i));
    expect(index.items.map((item) => item.coordinate)).toEqual([...index.byCoordinate.keys()]);
  });
});

describe('A field that another subgraph has taken over', () => {
  const person = `type Person @key(fields: "id") ${OPEN} { id: ID! @subject(kind: PERSON)`;
  const indexWith = (more: Record<string, string>, consents: readonly Consent[] = []) => {
    const subgraphs = {
      a: `${QUERY} ${person} income: Int ${SECRET} @derivable(into: ["Person.band"]) }`,
      b: `${person} income: Int @external band: String @requires(fields: "income") }`,
      ...more,
    };
    const publishers = new Map(Object.keys(subgraphs).map((name) => [name, [name]]));
    return catalogue(subgraphs, { trust: { publishers, consents, now: 0 } }).index;
  };
  const sentTo = (subgraph: string, more: Record<string, string>) =>
    (indexWith(more).releases?.get(subgraph) ?? []).filter(({ use }) => use === 'REQUIRES').map(({ item }) => item);

  it('sends the one before nothing that it was computed from, so nobody has to consent to that', () => {
    expect(sentTo('b', {})).toEqual(['Person.income']);
    expect(sentTo('b', { c: `${person} band: String @override(from: "b") }` })).toEqual([]);
  });

  it('is given by consent to the one that computes it now, and by no consent to the one before', () => {
    const c = `${person} income: Int @external band: String @requires(fields: "income") @override(from: "b") }`;
    const consentTo = (receiver: string): Consent => ({
      ...{ id: 'C-1', item: 'Person.income', owner: 'a', receiver, receiverSubgraph: receiver, use: 'REQUIRES' },
      ...{ coordinate: 'Person.band', purpose: 'the band', until: 1, decidedBy: ['x', 'y'] },
    });
    const consentedFrom = (receiver: string) => [
      ...(indexWith({ c }, [consentTo(receiver)]).byCoordinate.get('Person.band')?.consentedFrom ?? []),
    ];
    expect(consentedFrom('b')).toEqual([]);
    expect(consentedFrom('c')).not.toEqual([]);
  });
});
