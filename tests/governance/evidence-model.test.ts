import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccessRecord, Outcome } from '../../shared/evidence/access-record.js';
import type { Role } from '../../shared/kernel/index.js';
import { rounds } from '../support/rounds.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { storeEvidence } from './support/store-evidence.js';

const PROVIDERS: Readonly<Record<string, string>> = { 'A.x': 'pa', 'A.y': 'pa', 'B.x': 'pb', 'B.y': 'pb', 'C.x': 'pc' };
const ITEMS = Object.keys(PROVIDERS);
const DEPARTMENTS = ['pa', 'pb', 'd1', 'd2'];
const OUTCOMES: readonly Outcome[] = ['answered', 'partial', 'refused', 'failed'];
const FIRST = Date.UTC(2025, 10, 20);
const DAY = 86_400_000;

interface Question {
  readonly from?: string;
  readonly until?: string;
  readonly department?: string;
  readonly provider?: string;
  readonly item?: string;
  readonly scenario?: string;
  readonly person?: string;
  readonly system?: string;
  readonly outcome?: string;
  readonly mode?: string;
}
interface Reader {
  readonly department: string;
  readonly roles: readonly Role[];
}

/** What a reader sees, said as plainly as can be. */
function seen(records: readonly AccessRecord[], question: Question, { department, roles }: Reader): string[] {
  const sees = (record: AccessRecord) => {
    const touched = [...record.released, ...record.denied.map(({ coordinate }) => coordinate), ...record.internal];
    const named = (item: string) =>
      (question.item === undefined || question.item === item) &&
      (question.provider === undefined || question.provider === PROVIDERS[item]);
    const wants = question.item !== undefined || question.provider !== undefined;
    const whole = roles.includes('auditor') || (roles.includes('consumer') && record.department === department);
    const own = roles.includes('provider') && touched.some((item) => PROVIDERS[item] === department && named(item));
    return (whole && (!wants || touched.some(named))) || own;
  };
  return records
    .map((record, position) => ({ record, position, at: Date.parse(record.time) }))
    .filter(
      ({ record, at }) =>
        (question.from === undefined || at >= Date.parse(question.from)) &&
        (question.until === undefined || at < Date.parse(question.until)) &&
        (question.department === undefined || record.department === question.department) &&
        (question.scenario === undefined || record.scenario === question.scenario) &&
        (question.person === undefined || record.person === question.person) &&
        (question.system === undefined || record.system === question.system) &&
        (question.outcome === undefined || record.outcome === question.outcome.toLowerCase()) &&
        (question.mode === undefined || record.mode === question.mode) &&
        sees(record),
    )
    .sort((a, b) => b.at - a.at || b.position - a.position)
    .map(({ record }) => record.requestId);
}

const subset = fc.subarray(ITEMS, { maxLength: 3 });
const drawn = fc.record({
  // Crowded days and empty months, also at the same instant and out of order.
  at: fc.oneof(
    fc.integer({ min: 0, max: 400 * DAY }),
    fc.integer({ min: 200 * DAY, max: 202 * DAY }),
    fc.constant(7 * DAY),
  ),
  department: fc.option(fc.constantFrom(...DEPARTMENTS), { nil: undefined, freq: 10 }),
  scenario: fc.option(fc.constantFrom('s1', 's2'), { nil: undefined }),
  person: fc.option(fc.constantFrom('p1', 'p2'), { nil: undefined }),
  outcome: fc.constantFrom(...OUTCOMES),
  mode: fc.constantFrom('QUERY', 'QUERY', 'QUERY', 'BULK'),
  released: subset,
  denied: subset,
  internal: subset,
  repeated: fc.option(fc.integer({ min: 2, max: 60 }), { nil: undefined, freq: 10 }),
});
const instant = fc.integer({ min: 0, max: 400 }).map((day) => new Date(FIRST + day * DAY).toISOString());
const answers = {
  from: instant,
  until: instant,
  department: fc.constantFrom(...DEPARTMENTS, 'nobody'),
  provider: fc.constantFrom('pa', 'pb', 'pc'),
  item: fc.constantFrom(...ITEMS),
  scenario: fc.constantFrom('s1', 's2'),
  person: fc.constantFrom('p1', 'p2'),
  system: fc.constantFrom('d1-app', 'pa-app'),
  outcome: fc.constantFrom('ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED'),
  mode: fc.constantFrom('QUERY', 'BULK'),
};
/** Of up to three things at once. */
const question = fc
  .tuple(fc.record(answers), fc.subarray(Object.keys(answers) as (keyof typeof answers)[], { maxLength: 3 }))
  .map(([all, asked]): Question => Object.fromEntries(asked.map((key) => [key, all[key]])));
const reader: fc.Arbitrary<Reader> = fc.constantFrom<Reader>(
  { department: 'audit', roles: ['auditor'] },
  { department: 'pa', roles: ['provider'] },
  { department: 'pa', roles: ['provider', 'consumer'] },
  { department: 'pb', roles: ['provider', 'consumer'] },
  { department: 'd1', roles: ['consumer'] },
  { department: 'd1', roles: ['provider'] },
);

let governance: GovernanceUnderTest;
let records: readonly AccessRecord[];
beforeAll(async () => {
  governance = await startGovernance();
  records = fc.sample(drawn, { numRuns: 700, seed: 7 }).map(({ at, denied, ...more }, i): AccessRecord => {
    const time = new Date(FIRST + at).toISOString();
    return {
      kind: 'access',
      time,
      requestId: `r${i}`,
      graphVersion: 'g',
      approvals: [],
      subjects: [],
      subjectCount: 0,
      rows: {},
      medium: 'ONLINE',
      milliseconds: 1,
      system: more.department && `${more.department}-app`,
      denied: denied.map((coordinate) => ({ coordinate, code: 'NOT_SHARED' })),
      ...(more as Pick<AccessRecord, 'outcome' | 'mode' | 'released' | 'internal'>),
    };
  });
  const items = ITEMS.map((coordinate) => ({
    provider: PROVIDERS[coordinate]!,
    shareType: 'CONDITIONAL' as const,
    coordinates: [coordinate],
  }));
  await storeEvidence(governance.pool, [{ kind: 'graph', time: new Date(FIRST).toISOString(), version: 'g', items }]);
  for (let i = 0; i < records.length; i += 100) await storeEvidence(governance.pool, records.slice(i, i + 100));
}, 60_000);
afterAll(() => governance.stop());

it('a reader finds exactly the uses that it may see, each once, in order, whatever it asks for and however long a page is', async () => {
  await fc.assert(
    fc.asyncProperty(question, reader, fc.integer({ min: 20, max: 120 }), async (filter, standing, first) => {
      const ask = governance.as(standing);
      const found: string[] = [];
      let after: string | null = null;
      do {
        const { data, errors } = await ask(
          'query ($filter: UseFilter, $first: Int!, $after: String) { uses(filter: $filter, first: $first, after: $after) { nodes { requestId } pageInfo { hasNextPage endCursor } } }',
          { variables: { filter, first, after } },
        );
        expect(errors).toEqual([]);
        found.push(...(data.uses.nodes as { requestId: string }[]).map(({ requestId }) => requestId));
        const { hasNextPage, endCursor } = data.uses.pageInfo as { hasNextPage: boolean; endCursor: string };
        after = hasNextPage ? endCursor : null;
      } while (after !== null && found.length < 800);
      expect(found).toEqual(seen(records, filter, standing));
    }),
    { numRuns: rounds(25, 200), seed: 11 },
  );
}, 120_000);
