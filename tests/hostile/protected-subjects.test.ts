import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Protection } from '../../shared/read-model/read-model.js';
import { startPlainHub, type PlainHub } from './support/plain-hub.js';

/** Valid identity numbers. */
const [WITNESS, BROTHER, STRANGER] = ['11010519491231002X', '330106197001010078', '330106197001010094'] as const;
const PEOPLE = [
  { __typename: 'Person', id: BROTHER, name: 'brother', income: 20, sibling: WITNESS },
  { __typename: 'Person', id: WITNESS, name: 'witness', income: 10, sibling: BROTHER },
  { __typename: 'Person', id: STRANGER, name: 'stranger', income: 30 },
];
/** True while the owner has no record of the witness. */
let isAbsent = false;
const people = () => PEOPLE.filter(({ id }) => !isAbsent || id !== WITNESS);
const personOf = (id: string) => people().find((person) => person.id === id);

/** The owner's subgraph has no kit: it gives whatever it has. */
const POLICE = `
  type Query {
    person(id: ID! @filters(field: "Person.id")): Person @share(type: UNCONDITIONAL)
    people: [Person!]! @share(type: UNCONDITIONAL)
    page: Page @share(type: UNCONDITIONAL)
    parties: [Party] @share(type: UNCONDITIONAL)
    anything: [Anything!] @share(type: UNCONDITIONAL)
    personBatch(id: [ID!]! @filters(field: "Person.id")): [Person] @share(type: UNCONDITIONAL)
    homes: [Home!] @share(type: UNCONDITIONAL)
  }
  interface Party @share(type: UNCONDITIONAL) { name: String }
  union Anything = Person | Home
  type Page @share(type: UNCONDITIONAL) { edges: [Edge!]! nodes: [[Person!]!] }
  type Edge @share(type: UNCONDITIONAL) { cursor: String! node: Person! }
  type Home implements Party @key(fields: "name") @resource(code: "H", name: "Homes") @share(type: UNCONDITIONAL) { name: String owner: Person }
  type Person implements Party @key(fields: "id") @resource(code: "P", name: "People") @share(type: UNCONDITIONAL) {
    id: ID! @subject(kind: PERSON) name: String income: Int sibling: Person
  }`;
/** Refers to persons by their number, which it has of its own. */
const TAX = `
  type Query { payers: [Payer!] @share(type: UNCONDITIONAL) }
  type Payer @key(fields: "number") @resource(code: "T", name: "Payers") @share(type: UNCONDITIONAL) { number: ID! person: Person }
  type Person @key(fields: "id") { id: ID! income: Int @external rich: Boolean @requires(fields: "income") @share(type: UNCONDITIONAL) }`;

let hub: PlainHub;
/** Answers of the owner's subgraph by hand, and what it waits for. */
let byHand: ((query: string) => object | undefined) | undefined;
let gate: (() => Promise<void>) | undefined;
beforeAll(async () => {
  hub = await startPlainHub(
    {
      police: {
        sdl: POLICE,
        resolvers: {
          Query: {
            person: (_: unknown, { id }: { id: string }) => personOf(id),
            people,
            page: () => ({
              edges: people().map((node) => ({ cursor: node.name, node })),
              nodes: [people(), people().filter(({ id }) => id === WITNESS)],
            }),
            parties: () => [...people(), { __typename: 'Home', name: 'home' }],
            anything: people,
            personBatch: (_: unknown, { id }: { id: string[] }) => id.map(personOf),
            homes: () => [{ name: 'home', owner: personOf(WITNESS) }],
          },
          Person: {
            __resolveReference: ({ id }: { id: string }) => personOf(id),
            sibling: ({ sibling }: { sibling?: string }) => sibling && personOf(sibling),
          },
        },
        answer: (query) => byHand?.(query),
        gate: () => gate?.(),
      },
      tax: {
        sdl: TAX,
        resolvers: {
          Query: { payers: () => PEOPLE.map(({ id }, i) => ({ number: i, person: { id } })) },
          Person: {
            __resolveReference: (reference: object) => reference,
            rich: ({ income }: { income?: number | null }) => (income == null ? null : income > 15),
          },
        },
      },
    },
    [],
    { SUBGRAPH_TIMEOUT_MS: '60000' },
  );
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => protect());
afterEach(() => {
  byHand = gate = undefined;
  isAbsent = false;
});

const protection = (more: Partial<Protection> = {}): Protection => ({
  ...{ id: 'PT-1', owner: 'police', kind: 'PERSON', sealed: '', identifier: WITNESS, purposes: [] },
  until: Date.now() + 3_600_000,
  ...more,
});
const commit = (...protections: Protection[]) => hub.feed.commit([], { protections });
const protect = (more: Partial<Protection> = {}) => commit(protection(more));

describe('A provider that ignores who is protected', () => {
  it.each([
    ['by the number', `{ person(id: "${WITNESS}") { name } }`],
    ['in a list', '{ people { name } }'],
    ['under an alias, in a fragment', '{ p: people { ...F } } fragment F on Person { n: name }'],
    ['in a page, whose edge goes with it', '{ page { edges { cursor node { name } } nodes { name } } }'],
    ['through a relation', '{ people { sibling { name } } homes { name owner { name } } }'],
    ['as an interface, in a list with nulls', '{ parties { name } }'],
    ['in a union', '{ anything { __typename ... on Person { name } } }'],
    ['in a batch, whose places stay', `{ personBatch(id: ["${STRANGER}", "${WITNESS}", "${BROTHER}"]) { name } }`],
    ['as another department’s relation', '{ payers { number person { id name sibling { name } } } }'],
    ['as an input of what another department computes', '{ payers { person { rich } } people { rich } }'],
  ])('has their record absent %s', async (_where, query) => {
    const withheld = await hub.ask(query);
    commit();
    isAbsent = true;
    expect(withheld.text).toBe((await hub.ask(query)).text);
    expect(withheld.text).not.toContain('witness');
    isAbsent = false;
    expect((await hub.ask(query)).text).not.toBe(withheld.text);
  });

  it('leaves no trace in the record either', async () => {
    await hub.ask('{ people { name } }');
    const { subjectCount, rows, absent, denied, unavailable } = (await hub.records()).at(-1)!;
    expect([subjectCount, rows, absent, denied, unavailable]).toEqual([
      2,
      { Query: 1, Person: 2 },
      undefined,
      [],
      undefined,
    ]);
  });

  it('has a record of which nobody can tell the subject withheld', async () => {
    byHand = () => ({ data: { people: PEOPLE.map(({ name }) => ({ name })) } });
    expect((await hub.ask('{ people { name } }')).data).toEqual({ people: [] });
    byHand = () => ({ data: { parties: PEOPLE.map(({ name }) => ({ name })) } });
    expect((await hub.ask('{ parties { name } }')).data).toEqual({ parties: [] });
  });

  it('has the number recognised in the form in which it keeps it', async () => {
    byHand = () => ({
      data: {
        people: [
          { id: '110105491231002', name: 'witness' },
          { id: '11010519491231002x', name: 'witness' },
        ],
      },
    });
    expect((await hub.ask('{ people { name } }')).data).toEqual({ people: [] });
  });

  it('has nothing withheld from a named purpose, by another owner, or after the end', async () => {
    const all = { people: PEOPLE.map(({ name }) => ({ name })) };
    for (const more of [
      { purposes: [{ department: 'tax', scenario: 'audit' }] },
      { owner: 'tax' },
      { until: Date.now() - 1 },
    ]) {
      protect(more);
      expect((await hub.ask('{ people { name } }')).data).toEqual(all);
    }
    protect({ purposes: [{ department: 'housing', scenario: 'audit' }] });
    expect((await hub.ask('{ people { name } }')).data).not.toEqual(all);
  });
});

describe('A subgraph that asks for the list', () => {
  const REQUIRED = { errors: [{ message: '', extensions: { code: 'PROTECTIONS_REQUIRED' } }] };

  it('gets its own department’s, once, and no other', async () => {
    commit(protection(), protection({ id: 'PT-2', owner: 'tax', identifier: STRANGER }));
    let times = 0;
    byHand = () => (times++ === 0 ? REQUIRED : undefined);
    expect((await hub.ask('{ people { name } }')).data.people).toHaveLength(2);
    expect(
      hub.received
        .filter(({ subgraph }) => subgraph === 'police')
        .slice(-2)
        .map(({ extensions }) => extensions),
    ).toEqual([undefined, { protections: JSON.stringify([['police', 'PERSON', WITNESS]]) }]);
  });

  it('and asks again is one that cannot be asked', async () => {
    byHand = () => REQUIRED;
    hub.received.length = 0;
    const { data, errors } = await hub.ask('{ people { name } }');
    expect([data, errors[0]?.extensions.code]).toEqual([null, 'SUBGRAPH_ERROR']);
    expect(hub.received).toHaveLength(2);
  });
});

describe('A change while a request is in flight', () => {
  it('has the query asked anew, so that nothing of the first answer leaves', async () => {
    commit();
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    let times = 0;
    gate = () => {
      times++;
      arrived();
      return times === 1 ? new Promise(() => undefined) : Promise.resolve();
    };
    const answer = hub.ask('{ people { name } page { edges { cursor } } }');
    await arrival;
    protect();
    const { data, errors } = await answer;
    expect(data.people).toEqual([{ name: 'brother' }, { name: 'stranger' }]);
    expect(errors).toEqual([]);
    expect(times).toBe(2);
  });

  it('that goes on and on ends the request', async () => {
    commit();
    let times = 0;
    gate = async () => protect({ id: `PT-${++times}` });
    const { errors } = await hub.ask('{ people { name } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['GRANTS_STALE']);
    expect(times).toBe(3);
  });
});

describe('A gateway that does not know who is protected', () => {
  it('answers nothing once its lease has run out', async () => {
    hub.feed.expire();
    try {
      const { data, errors } = await hub.ask('{ people { name } }');
      expect([data, errors[0]?.extensions.code]).toEqual([undefined, 'GRANTS_STALE']);
    } finally {
      hub.feed.renew();
    }
  });

  it('asks an owner nothing of whose subjects it cannot read one, and others as before', async () => {
    const { identifier: _, ...sealed } = protection();
    commit(sealed, protection({ id: 'PT-2' }));
    hub.received.length = 0;
    const { data, errors } = await hub.ask(`{ person(id: "${STRANGER}") { name } payers { number } }`);
    expect(data).toEqual({ person: null, payers: PEOPLE.map((_person, i) => ({ number: String(i) })) });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(hub.received.map(({ subgraph }) => subgraph)).toEqual(['tax']);
  });
});
