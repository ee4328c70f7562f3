import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Grant } from '../../shared/kernel/index.js';
import { liveGrant, startPlainHub, type PlainHub, type Told } from './support/plain-hub.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const CLOSED = '@share(type: CONDITIONAL)';
const person = (id: string) =>
  id === 'absent' ? null : { id, phone: id === 'none' ? null : `phone ${id}`, broken: null, tags: ['a', 'b'] };
const people = ({ ids }: { ids: string[] }) => ids.flatMap((id) => person(id) ?? []);
/** Called when the provider is asked. */
let onFetch: (() => void) | undefined;
const page = (ids: string[]) => ({ nodes: people({ ids }), total: ids.length });

const police = {
  gate: async () => onFetch?.(),
  sdl: `
    type Query { person(id: ID!): Person ${OPEN} people(ids: [ID!]!): [Person!] ${OPEN} found(phones: [String!] @filters(field: "Person.phone")): [Person!] ${OPEN}
      listed(ids: [ID!]!): Page ${CLOSED} record(id: ID!): Person ${CLOSED} }
    type Mutation { move(id: ID!): Person ${OPEN} }
    type Page ${OPEN} { nodes: [Person] total: Int }
    type Person @key(fields: "id") @resource(code: "P", name: "People") {
      id: ID! @subject(kind: PERSON) ${OPEN} phone: String ${CLOSED} tags: [String] ${CLOSED} broken: String ${CLOSED} }`,
  resolvers: {
    Query: {
      person: (_: unknown, { id }: { id: string }) => person(id),
      record: (_: unknown, { id }: { id: string }) => person(id),
      people: (_: unknown, args: { ids: string[] }) => people(args),
      found: () => [],
      listed: (_: unknown, { ids }: { ids: string[] }) => page(ids),
    },
    Mutation: { move: (_: unknown, { id }: { id: string }) => person(id) },
    Person: {
      broken: () => {
        throw new Error('the disk is gone');
      },
    },
  },
};

let hub: PlainHub;
let given: Grant;
beforeAll(async () => {
  hub = await startPlainHub({ police }, []);
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => {
  Object.assign(hub.quota, { away: false, onTake: undefined, onGiveBack: undefined });
  onFetch = undefined;
  allow(100);
});

/** Gives the items under a quota of so many uses a day, of which none is used. */
function allow(quotaPerDay: number, ...items: string[]): void {
  given = liveGrant(items.length > 0 ? items : ['Person.phone', 'Person.broken', 'Person.tags'], { quotaPerDay });
  hub.feed.commit([given]);
  hub.received.length = 0;
}
const used = () => hub.quota.uses.get(given.id) ?? 0;
/** Phones that left the hub. */
const phones = ({ text }: Told) => text.match(/"phone [^"]*"/g)?.length ?? 0;
const codes = ({ errors }: Told) => errors.map(({ path, extensions }) => `${extensions.code}@${path?.join('.')}`);
const ids = (n: number) => Array.from({ length: n }, (_, i) => `p${i}`);
const PEOPLE = 'query ($ids: [ID!]!) { people(ids: $ids) { phone } }';
const aliases = (n: number) =>
  `{ ${ids(n)
    .map((id) => `${id}: person(id: "${id}") { phone }`)
    .join(' ')} }`;

describe('A quota of 100 uses a day', () => {
  it('gives 100 values however many aliases a request has, and asks the provider for none beyond it', async () => {
    let values = 0;
    for (let i = 0; i < 4; i++) values += phones(await hub.ask(aliases(40)));
    expect([values, used()]).toEqual([100, 100]);
    hub.received.length = 0;
    const after = await hub.ask(aliases(40));
    expect([phones(after), codes(after)[0]]).toEqual([0, 'QUOTA_EXCEEDED@p0.phone']);
    expect(hub.received.filter(({ query }) => query.includes('phone'))).toEqual([]);
  });

  it('counts each row of a list argument, and gives a place whole or not at all', async () => {
    const tooMany = await hub.ask(PEOPLE, { ids: ids(101) });
    expect([phones(tooMany), codes(tooMany), used()]).toEqual([0, ['QUOTA_EXCEEDED@people.0.phone'], 0]);
    expect(tooMany.text).not.toContain('101');
    expect(phones(await hub.ask(PEOPLE, { ids: ids(100) }))).toBe(100);
    expect(codes(await hub.ask(PEOPLE, { ids: ids(1) }))).toEqual(['QUOTA_EXCEEDED@people.0.phone']);
  });

  it('refuses in the order of the operation what does not fit, and gives what fits behind it', async () => {
    const query = `query ($a: [ID!]!, $b: [ID!]!, $c: [ID!]!) {
      a: people(ids: $a) { phone } b: people(ids: $b) { id phone } c: people(ids: $c) { phone } }`;
    const told = await hub.ask(query, { a: ids(60), b: ids(60), c: ids(40) });
    expect([phones(told), codes(told), used()]).toEqual([100, ['QUOTA_EXCEEDED@b.0.phone'], 100]);
    expect(told.data.b[0]).toEqual({ id: 'p0', phone: null });
    const [record] = (await hub.records()).slice(-1);
    expect(record).toMatchObject({
      denied: [{ coordinate: 'Person.phone', code: 'QUOTA_EXCEEDED' }],
      approvals: [{ grant: given.id, uses: 100 }],
    });
  });

  it('counts a value once however often fragments repeat it, a list of values once, and a null that was given', async () => {
    await hub.ask('{ person(id: "p1") { ...A ...A phone } } fragment A on Person { phone ... { phone } }');
    expect(used()).toBe(1);
    await hub.ask('{ person(id: "p1") { tags } }');
    expect(used()).toBe(2);
    expect((await hub.ask('{ person(id: "none") { phone } }')).data).toEqual({ person: { phone: null } });
    expect(used()).toBe(3);
  });

  it('counts nothing that is absent, failed or skipped', async () => {
    await hub.ask(`{ person(id: "absent") { phone } other: person(id: "p1") { broken phone @include(if: false) } }`);
    expect(used()).toBe(0);
  });

  it('counts the records that an item holds, through a connection too, and a connection without any as one', async () => {
    allow(100, 'Query.listed', 'Query.record');
    await hub.ask('{ listed(ids: ["1" "2" "3"]) { nodes { id } more: nodes { id } } }');
    expect(used()).toBe(6);
    await hub.ask('{ listed(ids: ["1" "2" "3"]) { total } record(id: "1") { id } none: record(id: "absent") { id } }');
    expect(used()).toBe(8);
  });

  it('counts every value that a filter tests, whether it finds anybody or not', async () => {
    const FOUND = 'query ($phones: [String!]) { found(phones: $phones) { id } }';
    expect((await hub.ask(FOUND, { phones: ids(60) })).data).toEqual({ found: [] });
    expect(used()).toBe(60);
    expect(codes(await hub.ask(FOUND, { phones: ids(60) }))).toEqual(['QUOTA_EXCEEDED@found']);
    expect(used()).toBe(60);
  });

  it('is never over-used by requests in flight at once', async () => {
    const told = await Promise.all(Array.from({ length: 12 }, () => hub.ask(PEOPLE, { ids: ids(9) })));
    expect(told.map(phones).sort()).toEqual([0, ...Array<number>(11).fill(9)]);
    expect(used()).toBe(99);
    expect(phones(await hub.ask(PEOPLE, { ids: ids(1) }))).toBe(1);
  });

  it('lets no value out that could not be counted, before the fetch or after it', async () => {
    hub.quota.away = true;
    expect(codes(await hub.ask(aliases(1)))).toEqual(['QUOTA_UNAVAILABLE@p0.phone']);
    expect(hub.received.filter(({ query }) => query.includes('phone'))).toEqual([]);
    hub.quota.away = false;
    hub.quota.onTake = () => {
      throw new Error('the connection broke');
    };
    const told = await hub.ask(aliases(1));
    expect([phones(told), codes(told), used()]).toEqual([0, ['QUOTA_UNAVAILABLE@p0.phone'], 0]);
  });

  it('is looked at again when somebody else takes of it between decision and answer', async () => {
    let others = 0;
    hub.quota.onTake = () => {
      if (others++ === 0) hub.quota.uses.set(given.id, 99);
    };
    const told = await hub.ask('{ a: person(id: "1") { phone } b: person(id: "2") { phone } }');
    expect([phones(told), codes(told), used()]).toEqual([1, ['QUOTA_EXCEEDED@b.phone'], 100]);
  });

  it('is given back by an answer that does not leave', async () => {
    hub.quota.onTake = () => hub.feed.expire();
    const givenBack = new Promise<void>((done) => (hub.quota.onGiveBack = done));
    const told = await hub.ask(PEOPLE, { ids: ids(70) });
    hub.feed.renew();
    expect([phones(told), codes(told)]).toEqual([0, ['GRANTS_STALE@undefined']]);
    hub.quota.onTake = undefined;
    await givenBack;
    expect(phones(await hub.ask(PEOPLE, { ids: ids(100) }))).toBe(100);
  });

  it('counts under a quota that came in force while the operation ran', async () => {
    hub.feed.commit([liveGrant(['Person.phone'])]);
    const MOVES = 'mutation { a: move(id: "1") { phone } b: move(id: "2") { phone } }';
    onFetch = () => allow(2);
    const enough = await hub.ask(MOVES);
    expect([phones(enough), codes(enough), used()]).toEqual([2, [], 2]);
    hub.feed.commit([liveGrant(['Person.phone'])]);
    onFetch = () => allow(1);
    const tooFew = await hub.ask(MOVES);
    expect([phones(tooFew), codes(tooFew), used()]).toEqual([1, ['QUOTA_EXCEEDED@b.phone'], 1]);
  });

  it('refuses a value of a mutation that is made, and takes it once', async () => {
    allow(1);
    const MOVE = 'mutation { move(id: "p1") { id phone } }';
    expect((await hub.ask(MOVE)).data).toEqual({ move: { id: 'p1', phone: 'phone p1' } });
    const told = await hub.ask(MOVE);
    expect([told.data, codes(told), used()]).toEqual([
      { move: { id: 'p1', phone: null } },
      ['QUOTA_EXCEEDED@move.phone'],
      1,
    ]);
  });
});
