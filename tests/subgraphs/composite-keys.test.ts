import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseServer } from '../../shared/database/index.js';
import { startTestSubgraph, type AskSubgraph, type TestSubgraph } from '../../shared/subgraph/testing/index.js';
import { openTestServer } from '../support/test-database.js';
import { clinic, FIRST_RECEIPT, phoneOf, VISITS } from './support/clinic.js';

let server: DatabaseServer;
let subgraph: TestSubgraph;
let ask: AskSubgraph;
beforeAll(async () => {
  server = await openTestServer();
  subgraph = await startTestSubgraph(clinic, { server, residents: 0 });
  ask = subgraph.ask;
}, 60_000);
beforeEach(() => subgraph.forget());
afterAll(async () => {
  await subgraph.stop();
  await server.stop();
});

interface Shown {
  readonly patient: string;
  readonly number: string;
  readonly phone?: string | null;
}
const ALL = VISITS.map(([patient, seq]) => `${patient}/${seq}`);
const named = ({ patient, number }: Shown) => `${patient}/${number}`;
const entities = (representations: readonly object[], context = {}, fields = 'patient number phone') =>
  ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on Visit { ${fields} } } }`, {
    variables: { r: representations.map((one) => ({ __typename: 'Visit', ...one })) },
    context,
  });

describe('rows with a primary key of two columns', () => {
  it('show a scoped item in their own district alone, each its own', async () => {
    const context = { scopes: { 'Visit.phone': ['330102'] } } as const;
    const { data, errors } = await ask('{ visits(first: 20) { nodes { patient number phone } } }', { context });
    expect(data.visits.nodes).toEqual(
      VISITS.map(([patient, seq, division]) => ({
        patient,
        number: String(seq),
        phone: division === '330102' ? phoneOf(patient, seq) : null,
      })),
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(Array(4).fill('OUT_OF_SCOPE'));
  });

  it('are cut whole to a district', async () => {
    const context = { rows: { Visit: ['330106'] } } as const;
    const { data } = await ask('{ visits(first: 20) { nodes { patient number } } }', { context });
    expect(data.visits.nodes.map(named)).toEqual(['P0/1', 'P0/2', 'P1/0']);
  });

  it.each(['', ', by: "phone"', ', by: "patient"', ', by: "seq"', ', by: "divisionCode"'])(
    'are listed once each, page by page (%s)',
    async (by) => {
      const seen: string[] = [];
      for (let after = '', more = true; more;) {
        const { data } = await ask(
          `{ visits(first: 2${by}${after}) { nodes { patient number } pageInfo { hasNextPage endCursor } } }`,
        );
        seen.push(...data.visits.nodes.map(named));
        more = data.visits.pageInfo.hasNextPage;
        after = `, after: "${data.visits.pageInfo.endCursor}"`;
      }
      expect(seen.toSorted()).toEqual(ALL.filter((one) => !by.includes('division') || one !== 'P1/10').toSorted());
      if (by === '') expect(seen).toEqual(ALL);
    },
  );

  it('are found by references that name both, in order', async () => {
    const wanted = [
      { patient: 'P0', number: '2' },
      { patient: 'P1', number: '0' },
      { patient: 'P2', number: '1' },
      { patient: 'P0', number: '0' },
      { patient: 'P1', number: 10 },
    ];
    const { data, errors } = await entities(wanted);
    const shown = (patient: string, seq: number) => ({ patient, number: String(seq), phone: phoneOf(patient, seq) });
    expect(data._entities).toEqual([shown('P0', 2), shown('P1', 0), null, shown('P0', 0), shown('P1', 10)]);
    expect([errors, subgraph.statements.length]).toEqual([[], 1]);
  });

  it('are cut for references as for lists', async () => {
    const context = { scopes: { 'Visit.phone': ['330106'] } } as const;
    const { data } = await entities(
      [
        { patient: 'P0', number: '0' },
        { patient: 'P0', number: '2' },
      ],
      context,
    );
    expect(data._entities.map(({ phone }: Shown) => phone)).toEqual([null, phoneOf('P0', 2)]);
  });
});

describe('a key field of another name and type than its column', () => {
  it('finds the record, and no neighbour that a JavaScript number takes for it', async () => {
    const receipt = String(FIRST_RECEIPT + 2n);
    const { data } = await entities([{ receipt }, { receipt: '5' }], {}, 'patient number receipt');
    expect(data._entities).toEqual([{ patient: 'P0', number: '2', receipt }, null]);
  });

  it('is used where a reference carries only a part of the other key', async () => {
    const { data } = await entities([{ patient: 'P1', receipt: String(FIRST_RECEIPT) }]);
    expect(named(data._entities[0])).toBe('P0/0');
  });

  it.each(['abc', '1.0', '01', '9223372036854775808', ''])(
    'refuses %p, which no record can have, without failing the others',
    async (receipt) => {
      const { data, errors } = await entities([{ receipt }, { receipt: String(FIRST_RECEIPT) }]);
      expect([data._entities[0], named(data._entities[1])]).toEqual([null, 'P0/0']);
      expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
        [['_entities', 0], 'BAD_USER_INPUT'],
      ]);
    },
  );
});

describe('the records of a parent', () => {
  const ofPatients = (fields: string, context = {}) =>
    ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on Patient { ${fields} } } }`, {
      variables: { r: ['P0', 'P1', 'P2', 'P9'].map((name) => ({ __typename: 'Patient', name })) },
      context,
    });

  it('are refused where there are more than the list is given with, and never cut without a word', async () => {
    const { data, errors } = await ofPatients('lastVisits(limit: 2) { number }');
    expect(data._entities).toEqual([
      { lastVisits: null },
      { lastVisits: null },
      { lastVisits: [{ number: '0' }] },
      { lastVisits: [] },
    ]);
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      [0, 1].map((i) => [['_entities', i, 'lastVisits'], 'LIST_TOO_LONG']),
    );
  });

  it('are whole at the limit, in the order of the whole primary key, by one statement', async () => {
    const { data, errors } = await ofPatients('lastVisits(limit: 3) { patient number }');
    expect(data._entities.flatMap(({ lastVisits }: { lastVisits: Shown[] }) => lastVisits.map(named))).toEqual(ALL);
    expect([errors, subgraph.statements.length]).toEqual([[], 1]);
    expect(subgraph.statements[0]).toMatch(/limit/);
  });

  it('are counted after they were cut to a district', async () => {
    const context = { rows: { Visit: ['330106'] } } as const;
    const { data, errors } = await ofPatients('lastVisits(limit: 2) { patient number }', context);
    expect(errors).toEqual([]);
    expect(data._entities.map(({ lastVisits }: { lastVisits: Shown[] }) => lastVisits.map(named))).toEqual([
      ['P0/1', 'P0/2'],
      ['P1/0'],
      [],
      [],
    ]);
  });

  it('come in pages: the first pages together, the next of each parent by its own cursor', async () => {
    const page = 'nodes { patient number } pageInfo { hasNextPage endCursor }';
    const first = await ofPatients(`pagedVisits(first: 2) { ${page} }`);
    expect(subgraph.statements).toHaveLength(1);
    const pages = first.data._entities.map(({ pagedVisits }: { pagedVisits: unknown }) => pagedVisits);
    expect(pages.map((one: { nodes: Shown[] }) => one.nodes.map(named))).toEqual([
      ['P0/0', 'P0/1'],
      ['P1/0', 'P1/1'],
      ['P2/0'],
      [],
    ]);
    const counts = async (context = {}) => {
      const asked = subgraph.statements.length;
      const { data } = await ofPatients('pagedVisits(first: 1) { totalCount }', context);
      expect(subgraph.statements).toHaveLength(asked + 2);
      return data._entities.map((one: { pagedVisits: { totalCount: number } }) => one.pagedVisits.totalCount);
    };
    expect([await counts(), await counts({ rows: { Visit: ['330106'] } })]).toEqual([
      [3, 3, 1, 0],
      [2, 1, 0, 0],
    ]);
    expect(pages.map(({ pageInfo }: { pageInfo: { hasNextPage: boolean } }) => pageInfo.hasNextPage)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const next = await ofPatients(`pagedVisits(first: 2, after: "${pages[0].pageInfo.endCursor}") { ${page} }`);
    expect(next.data._entities[0].pagedVisits).toMatchObject({
      nodes: [{ patient: 'P0', number: '2' }],
      pageInfo: { hasNextPage: false },
    });
    // It is good for its own parent's list alone, and for nobody else.
    expect(next.errors.map(({ path, extensions }) => [path?.[1], extensions.code])).toEqual(
      [1, 2, 3].map((other) => [other, 'BAD_USER_INPUT']),
    );
  });
});

describe('a batch look-up', () => {
  const batch = (keys: readonly object[], context = {}) =>
    ask('query ($keys: [VisitPatientNumberKey!]!) { visitBatch(patientNumber: $keys) { patient number phone } }', {
      variables: { keys },
      context,
    });
  const nameOf = (visit: Shown | null) => visit && named(visit);

  it('is refused beyond 1,000 keys, and answers up to them with one statement', async () => {
    const keys = (count: number) => Array.from({ length: count }, (_, i) => ({ patient: 'P0', number: String(i) }));
    const refused = await batch(keys(1_001));
    expect(refused.data).toEqual({ visitBatch: null });
    expect(refused.errors.map(({ message, extensions }) => [extensions.code, message])).toEqual([
      ['LIST_TOO_LONG', expect.stringMatching(/`patientNumber` has 1001 elements, and at most 1000 /)],
    ]);
    expect(subgraph.statements).toEqual([]);
    const { data } = await batch(keys(1_000));
    expect(data.visitBatch).toHaveLength(1_000);
    expect(subgraph.statements).toHaveLength(1);
    expect((await batch([])).data).toEqual({ visitBatch: [] });
  });

  it('takes one key at a time', async () => {
    const receipt = FIRST_RECEIPT.toString();
    expect((await ask(`{ visitBatch(receipt: ["${receipt}", "1"]) { receipt } }`)).data.visitBatch).toEqual([
      { receipt },
      null,
    ]);
    for (const args of [`receipt: null`, `receipt: ["1"], patientNumber: []`]) {
      const { data, errors } = await ask(`{ visitBatch(${args}) { receipt } }`);
      expect(data.visitBatch).toBeNull();
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors[0]?.message).toMatch(/Give one of `.*receipt/);
    }
  });

  it('blames the one key that cannot be looked up, in its place', async () => {
    const [[patient, seq]] = VISITS;
    const right = { patient, number: String(seq) };
    const { data, errors } = await batch([right, { patient, number: 'none' }, right]);
    expect(data.visitBatch.map(nameOf)).toEqual([`${patient}/${seq}`, null, `${patient}/${seq}`]);
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['visitBatch', 1], 'BAD_USER_INPUT'],
    ]);
  });

  it('gives each record in the place of its key, within the rows and scopes of the grant', async () => {
    const keys = VISITS.toReversed().map(([patient, seq]) => ({ patient, number: String(seq) }));
    const all = await batch([...keys, { patient: 'nobody', number: '1' }]);
    expect(all.data.visitBatch.map(nameOf)).toEqual([...ALL.toReversed(), null]);
    const cut = await batch(keys, { rows: { Visit: ['330106'] } });
    expect(cut.data.visitBatch.map(nameOf)).toEqual(
      VISITS.toReversed().map(([patient, seq, division]) => (division === '330106' ? `${patient}/${seq}` : null)),
    );
    const scoped = await batch(keys, { scopes: { 'Visit.phone': ['330102'] } });
    expect(scoped.data.visitBatch.map(({ phone }: Shown) => phone)).toEqual(
      VISITS.toReversed().map(([patient, seq, division]) => (division === '330102' ? phoneOf(patient, seq) : null)),
    );
  });
});
