import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { Consent } from '../../shared/share/releases/release.js';
import { showsPartOf } from '../conformance/shows.js';
import { liveGrant, startPlainHub, type PlainHub, type PlainProvider } from './support/plain-hub.js';

/** The tax bureau computes a band from the income of the police, health a premium from the band; the tax bureau also keys
 *  its files by the income. */
const OPEN = '@share(type: UNCONDITIONAL)';
let gate: (() => Promise<void>) | undefined;
const PROVIDERS: Record<string, PlainProvider> = {
  police: {
    sdl: `type Query { person: Person ${OPEN} file: File ${OPEN} }
      type Person @key(fields: "id") @resource(code: "P", name: "People") {
        id: ID! @subject(kind: PERSON) ${OPEN} name: String ${OPEN}
        income: Int @share(type: NOT_SHARED, basis: ["Law 1"]) @derivable(into: ["Person.band"])
        phone: String @share(type: CONDITIONAL, basis: ["Law 1"]) rank: String ${OPEN} }
      type File @key(fields: "number secret") @resource(code: "F", name: "Files") {
        number: ID! @subject(kind: ORGANISATION) ${OPEN} secret: String @share(type: NOT_SHARED, basis: ["Law 1"]) }`,
    resolvers: {
      Query: {
        person: () => ({ id: '1', name: 'Wang', income: 4711, rank: 'second' }),
        file: () => ({ number: '7', secret: 'secret of police' }),
      },
      Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Wang', income: 4711, rank: 'second' }) },
    },
    gate: () => gate?.(),
  },
  tax: {
    sdl: `type Person @key(fields: "id") { id: ID! income: Int @external
        band: String! @requires(fields: "income") ${OPEN} office: String ${OPEN}
        phone: String @override(from: "police") @share(type: CONDITIONAL, basis: ["Law 1"]) }
      type File @key(fields: "number secret") { number: ID! secret: String @external due: Int! ${OPEN} year: Int! @shareable ${OPEN} }`,
    resolvers: {
      Person: {
        __resolveReference: (given: object) => given,
        band: ({ income }: { income: number }) => `band of ${income}`,
        office: () => 'north',
        phone: () => '110',
      },
      File: { __resolveReference: (given: object) => given, due: () => 5, year: () => 2026 },
    },
  },
  // A copy of an item of the tax bureau, which the planner may fetch from either of its subgraphs.
  'tax-2': {
    sdl: `type File @key(fields: "number secret") { number: ID! secret: String @external
        year: Int! @shareable @copyOf(source: "tax") ${OPEN} }`,
    resolvers: { File: { __resolveReference: (given: object) => given, year: () => 2026 } },
  },
  health: {
    sdl: `type Person @key(fields: "id") { id: ID! band: String! @external premium: Int! @requires(fields: "band") ${OPEN}
        rank: String @external @share(type: CONDITIONAL, basis: ["Law 2"]) ward: String @requires(fields: "rank") ${OPEN} }`,
    resolvers: { Person: { __resolveReference: (given: object) => given, premium: () => 3 } },
  },
};

const consentTo = (more: Partial<Consent>): Consent => ({
  id: 'C-1',
  item: 'Person.income',
  owner: 'police',
  receiver: 'tax',
  receiverSubgraph: 'tax',
  use: 'REQUIRES',
  coordinate: 'Person.band',
  purpose: 'the band',
  until: Date.now() + 3_600_000,
  decidedBy: ['a', 'b'],
  ...more,
});
const BAND = consentTo({});
const KEY = consentTo({ id: 'C-2', item: 'File.secret', use: 'KEY', coordinate: 'File' });
const QUERY = '{ person { name band premium office } file { number due } }';
/** Every item in force, where the catalogue is reviewed. */
const PUBLISHED: GovernanceSnapshot['published'] = new Map(
  ['Query.person', 'Query.file', 'Person.id', 'Person.name', 'File.number']
    .map((at) => [at, 'police'])
    .concat([
      ['Person.band', 'tax'],
      ['Person.office', 'tax'],
      ['File.due', 'tax'],
      ['Person.premium', 'health'],
    ])
    .map(([at, provider]) => [at!, { provider: provider!, shareType: 'UNCONDITIONAL' as const }]),
);

let hub: PlainHub;
beforeAll(async () => {
  // None of the consents is live: the hub starts all the same.
  const lapsed = [BAND, KEY].map((consent) => ({ ...consent, until: Date.now() - 1 }));
  hub = await startPlainHub(PROVIDERS, [], {}, { consents: lapsed });
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => {
  gate = undefined;
  hub.received.length = 0;
});

/** Puts consents in force, and waits for the graph that is checked again with them. */
const inForce = async (consents: readonly Consent[], more: Partial<GovernanceSnapshot> = {}) => {
  hub.feed.commit([], { consents, ...more });
  await hub.reload();
};
const receivedBy = (subgraph: string) =>
  JSON.stringify(hub.received.filter((each) => each.subgraph === subgraph).map(({ variables }) => variables));
const refusals = (errors: readonly { path?: unknown; extensions: { code: string } }[]) =>
  errors.map(({ path, extensions }) => `${(path as string[]).join('.')} ${extensions.code}`).toSorted();
const ALL_STOPPED = [
  'file.due RELEASE_NOT_CONSENTED',
  'person.band RELEASE_NOT_CONSENTED',
  'person.premium RELEASE_NOT_CONSENTED',
];

describe('A department that requires an item of another', () => {
  it('receives nothing while its consent has ended, though the hub started on that graph; the rest is served', async () => {
    const { data, errors } = await hub.ask(QUERY);
    expect(data).toEqual({
      person: { name: 'Wang', band: null, premium: null, office: 'north' },
      file: { number: '7', due: null },
    });
    expect(refusals(errors)).toEqual(ALL_STOPPED);
    expect(errors.find(({ path }) => path?.[1] === 'band')).toMatchObject({
      message: expect.stringContaining('Person.band requires Person.income, which is sent to subgraph tax (tax)'),
      extensions: {
        item: 'Person.band',
        consent: {
          item: 'Person.income',
          owner: 'police',
          receiver: 'tax',
          receiverSubgraph: 'tax',
          coordinate: 'Person.band',
        },
      },
    });
    expect(receivedBy('tax')).toBe('[{"representations":[{"__typename":"Person","id":"1"}]}]');
    expect(receivedBy('health')).toBe('[]');
    expect(JSON.stringify(hub.received.map(({ query }) => query))).not.toContain('income');
  });

  it('is told the same by explain, and nobody is asked for it', async () => {
    const { items } = await hub.explain(QUERY);
    expect(items.filter(({ code }) => code === 'RELEASE_NOT_CONSENTED').map(({ path }) => path)).toEqual([
      'person.band',
      'person.premium',
      'file.due',
    ]);
    expect(hub.received).toEqual([]);
  });

  it('receives it with the consents in force, under both ways to review the catalogue, and the record names them (QZ-8.2e)', async () => {
    showsPartOf('QZ-8.2e');
    for (const more of [{}, { published: PUBLISHED }]) {
      await inForce([BAND, KEY], more);
      const { data, errors } = await hub.ask(QUERY);
      expect([data.person.band, data.person.premium, data.file.due, errors]).toEqual(['band of 4711', 3, 5, []]);
      expect((await hub.records()).at(-1)).toMatchObject({
        consents: [
          { consent: 'C-1', owner: 'police', item: 'Person.income', decidedBy: ['a', 'b'] },
          { consent: 'C-2', owner: 'police', item: 'File.secret', decidedBy: ['a', 'b'] },
        ],
      });
    }
  });

  it.each<[string, Partial<Consent>]>([
    ['revoked', { revokedAt: Date.now() - 1 }],
    ['at its end', { until: Date.now() - 1 }],
    ['for another coordinate', { coordinate: 'Person.office' }],
    ['for a second subgraph of the department', { receiverSubgraph: 'tax-2' }],
    ['for another department', { receiver: 'health' }],
    ['of another owner', { owner: 'health' }],
    ['for another use', { use: 'KEY' }],
    ['to another item that had its name', { identity: 'of another item' }],
  ])('receives nothing under a consent %s, under both ways to review the catalogue', async (_, change) => {
    for (const more of [{}, { published: PUBLISHED }]) {
      hub.received.length = 0;
      await inForce(
        [
          { ...BAND, ...change },
          { ...KEY, revokedAt: 1 },
        ],
        more,
      );
      const { errors } = await hub.ask(QUERY);
      expect(refusals(errors)).toEqual(ALL_STOPPED);
      expect(receivedBy('tax') + receivedBy('health')).not.toMatch(/4711|secret/);
    }
  });

  it('receives no key without a consent, whichever of its subgraphs the plan goes to', async () => {
    await inForce([]);
    const { data, errors } = await hub.ask('{ file { number year } }');
    expect(data.file).toEqual({ number: '7', year: null });
    expect(errors).toMatchObject([
      {
        path: ['file', 'year'],
        extensions: { code: 'RELEASE_NOT_CONSENTED', consent: { item: 'File.secret', use: 'KEY' } },
      },
    ]);
    expect(hub.received.map(({ subgraph }) => subgraph)).toEqual(['police']);
  });

  it('leaves what rests on a consent nullable, so that a refusal takes no record along, and the rest as it was stated', async () => {
    await inForce([BAND, KEY]);
    const { data } = await hub.ask(
      '{ person: __type(name: "Person") { ...fields } file: __type(name: "File") { ...fields } } fragment fields on __Type { fields { name type { kind } } }',
    );
    const certain = (type: { fields: { name: string; type: { kind: string } }[] }) =>
      type.fields.filter(({ type: { kind } }) => kind === 'NON_NULL').map(({ name }) => name);
    expect([certain(data.person), certain(data.file)]).toEqual([['id'], ['number']]);
    hub.feed.commit([], { consents: [] });
    expect((await hub.ask(QUERY)).data).toEqual({
      person: { name: 'Wang', band: null, premium: null, office: 'north' },
      file: { number: '7', due: null },
    });
  });

  it('receives nothing by a consent to a department for which it publishes no more', async () => {
    const consents = [BAND, { ...KEY, receiver: 'health' }];
    const publishers = (...departments: string[]) => new Map([...hub.feed.fresh()!.publishers, ['tax', departments]]);
    await inForce(consents, { publishers: publishers('tax', 'health') });
    expect((await hub.ask('{ file { due } }')).data.file).toEqual({ due: 5 });
    hub.received.length = 0;
    // The graph is still the one that was checked before.
    hub.feed.commit([], { consents, publishers: publishers('tax') });
    const { data, errors } = await hub.ask('{ file { due } }');
    expect([data.file, refusals(errors)]).toEqual([{ due: null }, ['file.due RELEASE_NOT_CONSENTED']]);
    expect(receivedBy('tax')).toBe('[]');
  });

  it('is refused without a lost record what it could be sent as its own when the graph was made', async () => {
    const permits = ['tax', 'tax-2'].map((name): [string, string[]] => [name, ['tax', 'police']]);
    await inForce([], { publishers: new Map([...hub.feed.fresh()!.publishers, ...permits]) });
    expect((await hub.ask('{ file { number year } }')).data.file).toEqual({ number: '7', year: 2026 });
    hub.feed.commitUnheard([]);
    const { data, errors } = await hub.ask('{ file { number year } }');
    expect([data.file, refusals(errors)]).toEqual([{ number: '7', year: null }, ['file.year RELEASE_NOT_CONSENTED']]);
  });

  it('receives nothing any more when its permit to publish is withdrawn, not even identifiers', async () => {
    const publishers = new Map(hub.feed.fresh()!.publishers);
    publishers.delete('tax');
    await inForce([BAND, KEY], { publishers });
    const { errors } = await hub.ask(QUERY);
    expect(refusals(errors)).toContain('person.office NOT_PUBLISHED');
    expect(hub.received.map(({ subgraph }) => subgraph)).toEqual(['police']);
  });
});

describe('An item whose share type is stated by another subgraph than the one that gives it', () => {
  const PHONE = consentTo({ id: 'C-3', item: 'Person.phone', use: 'OVERRIDE', coordinate: 'Person.phone' });

  it('is refused to everybody while its owner has not consented that another department takes it over', async () => {
    for (const consents of [[], [{ ...PHONE, revokedAt: 1 }]]) {
      await inForce(consents);
      const { errors } = await hub.ask('{ person { phone } }');
      expect(refusals(errors)).toEqual(['person.phone RELEASE_NOT_CONSENTED']);
    }
  });

  it('is given by the department that took it over with consent, to whoever has a grant, under both ways to review the catalogue', async () => {
    const published = new Map([
      ...PUBLISHED,
      ['Person.phone', { provider: 'tax', shareType: 'CONDITIONAL' as const }] as const,
    ]);
    const granted = [liveGrant(['Person.phone'], { department: 'health' })];
    for (const more of [{}, { published }]) {
      await inForce([PHONE], more);
      const { errors } = await hub.ask('{ person { phone } }', {}, 'health');
      expect(refusals(errors)).toEqual(['person.phone GRANT_REQUIRED']);
      hub.feed.commit(granted, { consents: [PHONE], ...more });
      const given = await hub.ask('{ person { phone } }', {}, 'health');
      expect([given.data.person, given.errors]).toEqual([{ phone: '110' }, []]);
    }
  });

  it('is restricted by a subgraph that only mentions it, and still given by its own', async () => {
    await inForce([]);
    expect(refusals((await hub.ask('{ person { rank } }')).errors)).toEqual(['person.rank GRANT_REQUIRED']);
    hub.feed.commit([liveGrant(['Person.rank'])], { consents: [] });
    expect(await hub.ask('{ person { rank } }')).toMatchObject({ data: { person: { rank: 'second' } }, errors: [] });
  });
});

describe('While a request is in flight', () => {
  /** Asks, and holds the answer of the police until something has happened. */
  const during = async (happens: () => void) => {
    let open = (): void => undefined;
    const asked = new Promise<void>((arrived) => {
      gate = () => {
        arrived();
        return new Promise((go) => (open = go));
      };
    });
    const answer = hub.ask('{ person { name band office } }');
    await asked;
    happens();
    open();
    return answer;
  };

  it('a consent that is revoked reaches it before the next fetch, heard of or not', async () => {
    for (const commit of ['commit', 'commitUnheard'] as const) {
      await inForce([BAND, KEY]);
      hub.received.length = 0;
      const { data, text, errors } = await during(() =>
        hub.feed[commit]([], { consents: [{ ...BAND, revokedAt: 1 }, KEY] }),
      );
      // Whoever hears of it gives up what is under way as well.
      expect(data.person).toEqual(commit === 'commit' ? null : { name: 'Wang', band: null, office: null });
      expect(refusals(errors)).toContain('person.band RELEASE_NOT_CONSENTED');
      expect(text).not.toContain('4711');
      expect(receivedBy('tax')).not.toContain('4711');
    }
  });

  it('a consent that ends gives up the wait for a provider', async () => {
    await inForce([{ ...BAND, until: Date.now() + 700 }, KEY]);
    // The provider never answers; the end of the consent ends the wait.
    gate = () => new Promise(() => undefined);
    const { errors } = await hub.ask('{ person { name band } }');
    expect(refusals(errors)).toContain('person.band RELEASE_NOT_CONSENTED');
  });

  it('a consent that ends reaches it before the next fetch', async () => {
    const now = Date.now;
    await inForce([BAND, KEY]);
    hub.received.length = 0;
    const { errors } = await during(() => jest.spyOn(Date, 'now').mockImplementation(() => now() + 7_200_000));
    jest.restoreAllMocks();
    expect(refusals(errors)).toContain('person.band RELEASE_NOT_CONSENTED');
    expect(receivedBy('tax')).not.toContain('4711');
  });
});

describe('A gateway with a graph in force', () => {
  it('takes a graph that releases no more than that one, and stops what is not consented to', async () => {
    hub.feed.commit([], { consents: [{ ...BAND, revokedAt: 1 }] });
    expect((await hub.reload()).kind).not.toBe('refused');
    const { errors } = await hub.ask(QUERY);
    expect(refusals(errors)).toEqual(ALL_STOPPED);
  });
});
