import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { liveGrant, startPlainHub, type PlainHub } from '../hostile/support/plain-hub.js';
import { propertyCases, propertySeed } from './config.js';

/** A daily quota, written once more from share-rules.md section 2 alone: each value of an item in an answer is a use, and so is
 *  each record that an item holds and each value that a filter tests. A place is given whole or not at all, in the order of
 *  the operation. It is refused before anything is asked for when not even one use of each place would fit. */
interface Place {
  /** Path in the answer, as an error names it: the first of a list. */
  readonly name: string;
  readonly field: Field;
  /** Uses before anything is fetched that it makes at least. */
  readonly least: number;
  /** Uses when it is given. */
  readonly uses: number;
}
const FIELDS = ['phone', 'tags', 'plan'] as const;
type Field = (typeof FIELDS)[number] | 'listed' | 'found';

const OPEN = '@share(type: UNCONDITIONAL)';
const CLOSED = '@share(type: CONDITIONAL)';
/** People whose number is odd have no plan; that is a value too. Those of `x…` do not exist. */
const person = (id: string) =>
  id.startsWith('x') ? null : { id, phone: `phone ${id}`, tags: ['a', 'b'], plan: Number(id) % 2 === 1 ? null : 'p' };
const people = (ids: readonly string[]) => ids.flatMap((id) => person(id) ?? []);
const police = {
  sdl: `
    type Query { person(id: ID!): Person ${OPEN} people(ids: [ID!]!): [Person!] ${OPEN} listed(ids: [ID!]!): Page ${CLOSED}
      found(phones: [String!]! @filters(field: "Person.phone")): [Person!] ${OPEN} }
    type Page ${OPEN} { nodes: [Person] total: Int }
    type Person @key(fields: "id") @resource(code: "P", name: "People") {
      id: ID! @subject(kind: PERSON) ${OPEN} phone: String ${CLOSED} tags: [String] ${CLOSED} plan: String ${CLOSED} }`,
  resolvers: {
    Query: {
      person: (_: unknown, { id }: { id: string }) => person(id),
      people: (_: unknown, { ids }: { ids: string[] }) => people(ids),
      listed: (_: unknown, { ids }: { ids: string[] }) => ({ nodes: people(ids), total: ids.length }),
      found: () => [],
    },
  },
};

let hub: PlainHub;
beforeAll(async () => {
  hub = await startPlainHub({ police }, []);
}, 60_000);
afterAll(() => hub.stop());

const ids = fc.array(fc.constantFrom('1', '2', '3', '4', 'x1', 'x2'), { maxLength: 5 });
const fields = fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1, maxLength: 3 });
const root = fc.oneof(
  fc.record({
    kind: fc.constant('person' as const),
    ids: ids.filter(({ length }) => length === 1),
    fields,
    twice: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('people' as const), ids, fields, twice: fc.boolean() }),
  fc.record({ kind: fc.constant('listed' as const), ids, fields: fc.constant([]), twice: fc.constant(false) }),
  fc.record({ kind: fc.constant('found' as const), ids, fields: fc.constant([]), twice: fc.constant(false) }),
);
type Root = typeof root extends fc.Arbitrary<infer T> ? T : never;

/** The text of a root field; `twice` asks for its first item again under another name. */
function print({ kind, ids, fields, twice }: Root, at: number): string {
  const list = ids.map((id) => JSON.stringify(id)).join(' ');
  if (kind === 'listed') return `r${at}: listed(ids: [${list}]) { nodes { id } }`;
  if (kind === 'found') return `r${at}: found(phones: [${list}]) { id }`;
  const items = [...fields, ...(twice ? [`again: ${fields[0]}`] : [])].join(' ');
  return kind === 'person'
    ? `r${at}: person(id: ${list}) { id ${items} }`
    : `r${at}: people(ids: [${list}]) { id ${items} }`;
}

/** The places of a root field in the order of the operation. */
function placesOf({ kind, ids, fields, twice }: Root, at: number): Place[] {
  const there = ids.filter((id) => !id.startsWith('x')).length;
  if (kind === 'listed') return [{ name: `r${at}`, field: 'listed', least: 0, uses: Math.max(1, there) }];
  if (kind === 'found') {
    const tested = Math.max(1, ids.length);
    return [{ name: `r${at}`, field: 'found', least: tested, uses: tested }];
  }
  const place = (name: string, field: Field): Place => ({ name: `r${at}.${name}`, field, least: 0, uses: there });
  return [...fields.map((field) => place(field, field)), ...(twice ? [place('again', fields[0]!)] : [])];
}

/** What must be refused, and how many uses the rest takes. */
function settle(
  places: readonly Place[],
  left: number,
): { readonly refused: readonly Place[]; readonly taken: number } {
  const refused: Place[] = [];
  let planned = 0;
  const asked = places.filter((place) => {
    const fits = planned + Math.max(1, place.least) <= left;
    if (fits) planned += Math.max(1, place.least);
    else refused.push(place);
    return fits;
  });
  let taken = 0;
  for (const place of asked) {
    if (taken + place.uses <= left) taken += place.uses;
    else refused.push(place);
  }
  return { refused, taken };
}

it('Over random operations, an answer takes the uses that the model counts, and refuses what it refuses', async () => {
  const cases = fc.asyncProperty(
    fc.array(root, { minLength: 1, maxLength: 5 }),
    fc.nat({ max: 12 }),
    fc.nat({ max: 24 }),
    async (roots, used, limit) => {
      const grant = liveGrant(['Person.phone', 'Person.tags', 'Person.plan', 'Query.listed'], { quotaPerDay: limit });
      hub.feed.commit([grant]);
      hub.quota.uses.set(grant.id, used);
      hub.received.length = 0;
      const places = roots.flatMap(placesOf);
      const { refused, taken } = settle(places, Math.max(0, limit - used));
      const { errors } = await hub.ask(`{ ${roots.map(print).join(' ')} }`);
      const named = errors.map(
        ({ path = [], extensions }) => `${path.filter((key) => typeof key === 'string').join('.')} ${extensions.code}`,
      );
      // A place that is not there has no error.
      const seen = refused.filter(({ uses }) => uses > 0).map(({ name }) => `${name} QUOTA_EXCEEDED`);
      expect([...new Set(named)].toSorted()).toEqual(expect.arrayContaining(seen.toSorted()));
      expect(named.every((each) => refused.some(({ name }) => each === `${name} QUOTA_EXCEEDED`))).toBe(true);
      expect((hub.quota.uses.get(grant.id) ?? 0) - used).toBe(taken);
      const record = (await hub.records()).at(-1)!;
      expect(record.approvals.reduce((sum, { uses = 0 }) => sum + uses, 0)).toBe(taken);
    },
  );
  await fc.assert(cases, { numRuns: Math.min(propertyCases(300), 2_000), seed: propertySeed() });
});
