import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { VerificationDetail } from '../../shared/kernel/index.js';
import { samplePerson } from '../../shared/sample/person.js';
import { liveGrant, startPlainHub, type PlainHub } from './support/plain-hub.js';

const ID = samplePerson(0).idNumber;
const OPEN = '@share(type: UNCONDITIONAL)';
/** A provider that always answers all it can, whatever the context says. */
const TALKATIVE = {
  outcome: 'NO_RECORD',
  outcomes: [
    { item: 'Person.phone', outcome: 'NO_RECORD' },
    { item: 'Person.income', outcome: 'MATCH' },
  ],
};
let gate: (() => void) | undefined;
const police = {
  gate: async () => gate?.(),
  sdl: `
    type Query { verify(id: ID! @compares(field: "Person.id"), claims: Claims!): Verification ${OPEN}
      verifyBatch(rows: [Row!]!): [Verification!] ${OPEN}
      verifyPlainly(phone: String @compares(field: "Person.phone")): Outcome ${OPEN} person(id: ID!): Person ${OPEN} }
    type Person @key(fields: "id") @resource(code: "P", name: "People") ${OPEN} { id: ID! @subject(kind: PERSON)
      phone: String @share(type: CONDITIONAL) @verifiable income: Int @share(type: CONDITIONAL) @verifiable }
    input Claims { phone: String @compares(field: "Person.phone") income: Int @compares(field: "Person.income") }
    input Row { id: ID! @compares(field: "Person.id") claims: Claims! }
    type Verification ${OPEN} { outcome: Outcome! outcomes: [Item!] }
    type Item ${OPEN} { item: ID! outcome: Outcome! } enum Outcome { MATCH NOT_CONFIRMED NO_RECORD }`,
  resolvers: {
    Query: {
      verify: () => TALKATIVE,
      verifyBatch: (_: unknown, { rows }: { rows: unknown[] }) => rows.map(() => TALKATIVE),
      verifyPlainly: () => 'NO_RECORD',
    },
  },
};

let hub: PlainHub;
beforeAll(async () => {
  hub = await startPlainHub({ police }, []);
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => {
  gate = undefined;
  hub.received.length = 0;
});

const allow = (phone: readonly VerificationDetail[], income: readonly VerificationDetail[]) =>
  hub.feed.commit(
    (
      [
        ['phone', phone],
        ['income', income],
      ] as const
    ).map(([item, verificationDetails]) =>
      liveGrant([`Person.${item}`], {
        mode: 'VERIFY',
        ...(verificationDetails.length > 0 && { verificationDetails }),
      }),
    ),
  );
const BOTH = 'claims: { phone: "x", income: 1 }';
const ROWS = [
  { id: ID, claims: { phone: 'x' } },
  { id: samplePerson(1).idNumber, claims: { income: 1 } },
];

describe('A provider that answers more than the grants say', () => {
  it.each<[string, string, object?]>([
    ['plainly', `{ verify(id: "${ID}", ${BOTH}) { outcome outcomes { item outcome } } }`],
    [
      'under aliases',
      `{ a: verify(id: "${ID}", ${BOTH}) { o: outcome p: outcome x: outcomes { outcome: item item: outcome } } }`,
    ],
    [
      'by @include, in fragments',
      `query ($b: Boolean = true) { verify(id: "${ID}", ${BOTH}) { ...F ... @include(if: $b) { outcomes { item outcome } } } }
       fragment F on Verification { outcome }`,
    ],
    [
      'in a batch',
      'query ($rows: [Row!]!) { verifyBatch(rows: $rows) { outcome outcomes { outcome } } }',
      { rows: ROWS },
    ],
    ['as an enum by itself', '{ verifyPlainly(phone: "x") }'],
  ])('is cut to one outcome without them, asked %s', async (_, ...[query, variables]) => {
    for (const [phone, income] of [
      [[], []],
      [[], ['PER_ITEM', 'NO_RECORD']],
    ] as const) {
      allow(phone, income);
      const { text, errors } = await hub.ask(query, variables);
      expect(text).toContain('NOT_CONFIRMED');
      expect(text.replace(/"message":"[^"]*"/g, '')).not.toMatch(/NO_RECORD|MATCH/);
      for (const { extensions } of errors) expect(extensions.code).toBe('GRANT_DETAIL_REQUIRED');
    }
    expect(hub.received).not.toHaveLength(0);
    for (const { query } of hub.received) expect(query).not.toContain('outcomes');
  });

  it('is let through where all of them say so, at that place alone', async () => {
    allow(['NO_RECORD'], []);
    const { data } = await hub.ask(
      `{ a: verify(id: "${ID}", claims: { phone: "x" }) { outcome } b: verify(id: "${ID}", ${BOTH}) { outcome } c: verifyPlainly(phone: "x") }`,
    );
    expect(data).toEqual({ a: { outcome: 'NO_RECORD' }, b: { outcome: 'NOT_CONFIRMED' }, c: 'NO_RECORD' });
  });

  it('is cut to what the grants of items say, of each item too', async () => {
    allow(['PER_ITEM'], ['PER_ITEM']);
    const { data } = await hub.ask(`{ verify(id: "${ID}", ${BOTH}) { outcome outcomes { item outcome } } }`);
    expect(data.verify).toEqual({
      outcome: 'NOT_CONFIRMED',
      outcomes: [
        { item: 'Person.phone', outcome: 'NOT_CONFIRMED' },
        { item: 'Person.income', outcome: 'MATCH' },
      ],
    });
  });

  it('says of no record that it is not confirmed where that term is withdrawn while it answers', async () => {
    allow(['NO_RECORD'], []);
    gate = () => allow([], []);
    const { text } = await hub.ask('{ verify(id: "' + ID + '", claims: { phone: "x" }) { outcome } }');
    expect(text).not.toMatch(/NO_RECORD|MATCH/);
  });

  it('is cut to one outcome where the term is withdrawn while it answers', async () => {
    allow(['PER_ITEM', 'NO_RECORD'], ['PER_ITEM', 'NO_RECORD']);
    gate = () => allow([], []);
    const { data, errors } = await hub.ask(`{ verify(id: "${ID}", ${BOTH}) { outcome outcomes { item outcome } } }`);
    expect(JSON.stringify(data)).not.toMatch(/NO_RECORD|MATCH/);
    expect(errors.map(({ extensions }) => extensions.code)).toContain('GRANT_DETAIL_REQUIRED');
  });
});
