import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { QualityRefusal, type QualityDoor } from '../../shared/read-model/quality-check.js';
import type { CountsRequest, RuleCounts } from '../../shared/share/quality/quality-request.js';
import { encryptSecret, envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { scoreRun } from '../../subgraphs/governance/quality/run/score.rule.js';
import { carryOutQuality, qualityDeadlines } from '../../subgraphs/governance/quality/index.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { shows, showsPartOf } from '../conformance/shows.js';
import { TEST_SECRET } from '../support/subgraph-client.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const keys = envelopeKeys(TEST_SECRET, 'quality-samples');
let now = Date.parse('2026-08-10T02:00:00Z');
let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(undefined, { qualityKeys: keys, now: () => now });
  const item = (
    subgraph: string,
    provider: string,
    type: string,
    name: string,
    kind: string,
    facts: object,
    share = 'UNCONDITIONAL',
  ) =>
    governance.rows(
      `insert into quality_item values ($1, $2, $3, $4, $5, '101001/000001', '常住人口', '项', $6, $7, $8)`,
      [...[`${type}.${name}`, subgraph, provider, type, name, kind, share, JSON.stringify(facts)]],
    );
  const plain = { required: false, key: false, division: false };
  await item('population', 'public-security', 'Resident', 'idNumber', 'String', {
    ...plain,
    required: true,
    key: true,
    subject: 'PERSON',
  });
  await item('population', 'public-security', 'Resident', 'sex', 'Sex', { ...plain, codes: ['MALE', 'FEMALE'] });
  await item('population', 'public-security', 'Resident', 'income', 'Int', plain, 'NOT_SHARED');
  await item(
    'population',
    'public-security',
    'Resident',
    'phone',
    'String',
    { ...plain, mask: 'PHONE' },
    'CONDITIONAL',
  );
  await item('population', 'public-security', 'Resident', 'changedAt', 'DateTime', plain);
  await item('tax-office', 'tax', 'Taxpayer', 'idNumber', 'String', { ...plain, subject: 'PERSON' });
}, 60_000);
afterAll(() => governance.stop(), 60_000);
beforeEach(async () => {
  now = Date.parse('2026-08-10T02:00:00Z');
  await governance.rows('truncate quality_ticket, quality_result, quality_run, quality_rule, resource_quality');
});

const PEOPLE = {
  authority: { department: 'data-bureau', person: 'wang.min', roles: ['authority', 'provider', 'auditor', 'operator'] },
  clerk: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  contact: { department: 'public-security', person: 'nobody.here', roles: ['provider', 'consumer'] },
  system: { department: 'public-security', roles: ['provider', 'consumer'] },
  taxClerk: { department: 'tax', person: 'zhang.tao', roles: ['provider', 'consumer'] },
  stranger: { department: 'human-resources', person: 'guo.wei', roles: ['provider', 'consumer'] },
} as const;
type Who = keyof typeof PEOPLE;
const answer = async (who: Who, text: string, variables: object = {}): Promise<Loose> => {
  const reply = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, { variables });
  return reply.errors[0]?.extensions.code ?? Object.values(reply.data as object)[0];
};
const RULES = 'rules { id kind item state dimension proposedFrom } refusal { code message }';
const propose = (input: object, who: Who = 'clerk') =>
  answer(who, `mutation ($input: QualityRuleInput!) { proposeQualityRule(input: $input) { ${RULES} } }`, {
    input: { place: 'population.Resident', ...input },
  });
const act = (text: string, who: Who) => answer(who, `mutation { ${text} }`);
const confirm = (ids: string[], who: Who = 'head') =>
  act(`confirmQualityRules(ids: ${JSON.stringify(ids)}) { ${RULES} }`, who);
const inForce = async (input: object): Promise<string> => {
  const { rules } = await propose(input);
  await confirm([rules[0].id]);
  return rules[0].id as string;
};
const required = { item: 'phone', kind: 'REQUIRED' };
const unique = { item: 'idNumber', kind: 'UNIQUE' };

type Found = readonly [checked: number, failed: number] | RuleCounts | undefined;
/** Judges by what a source says of each kind of rule. */
async function judge(of: (kind: string) => Found, rows = 1_000, more: Partial<QualityDoor> = {}) {
  const asked: CountsRequest[] = [];
  const door: QualityDoor = {
    counts: async (_subgraph, request) => {
      asked.push(request);
      const results = request.rules.flatMap(({ id, kind }): RuleCounts[] => {
        const found = of(kind);
        if (found === undefined) return [];
        return [
          'checked' in found || 'reason' in found ? { ...found, id } : { id, checked: found[0], failed: found[1] },
        ];
      });
      return { rows, results };
    },
    digests: () => Promise.reject(new QualityRefusal('UNSUPPORTED')),
    ...more,
  };
  const runs = await carryOutQuality({
    ...{ pool: governance.pool, store: new RecordStore('Asia/Shanghai'), door, sampleKey: keys.public },
    ...{ calendar: readCalendar(), timeZone: 'Asia/Shanghai', now: () => now },
  });
  return { runs, asked };
}
const DAY = 86_400_000;
const nextDay = () => void (now += DAY);
const score = async (who: Who = 'clerk'): Promise<Loose> =>
  (
    await answer(
      who,
      `{ resourceQualities(first: 5) { nodes { id score rows countedRules stoppedRules endedRules openTickets dimensions { dimension rate } } } }`,
    )
  ).nodes[0];
const results = async (who: Who = 'clerk'): Promise<Loose> =>
  (
    await answer(
      who,
      `{ qualityRuns(first: 5) { nodes { state mode results { rule state reason checked failed samples } } } }`,
    )
  ).nodes;
const tickets = async (who: Who = 'clerk'): Promise<Loose[]> =>
  (await answer(who, `{ qualityTickets(first: 9) { nodes { id state outcome failing dueDate item } } }`)).nodes;

describe('a rule is not proposed', () => {
  it.each<[string, object, string]>([
    ['about a resource that nobody has', { ...required, place: 'population.Ghost' }, 'RESOURCE_UNKNOWN'],
    ['about an item that the type has not', { item: 'ghost', kind: 'REQUIRED' }, 'ITEM_UNKNOWN'],
    ['without its format', { item: 'phone', kind: 'FORMAT' }, 'RULE_MALFORMED'],
    ['of a format, about a number', { item: 'income', kind: 'FORMAT', format: 'PHONE' }, 'RULE_MALFORMED'],
    ['with a code that the list has not', { item: 'sex', kind: 'VALUES', values: ['MALE', 'X'] }, 'RULE_MALFORMED'],
    ['with bounds that are turned', { item: 'income', kind: 'RANGE', least: '9', most: '1' }, 'RULE_MALFORMED'],
    ['with a bound that is none', { item: 'income', kind: 'RANGE', least: '1; drop' }, 'RULE_MALFORMED'],
    ['of time, about a text', { item: 'phone', kind: 'RECENT', days: 3 }, 'RULE_MALFORMED'],
    ['of two items, with one', { item: 'sex', kind: 'CONSISTENT', other: 'sex', relation: 'EQUAL' }, 'RULE_MALFORMED'],
    [
      'that names an item of its own department',
      { item: 'phone', kind: 'REFERENCE', target: 'Resident.idNumber' },
      'RULE_MALFORMED',
    ],
  ])('%s', async (_what, input, code) => {
    expect(await propose(input)).toMatchObject({ rules: null, refusal: { code } });
    expect(await governance.rows('select id from quality_rule')).toEqual([]);
  });

  it('by others than the provider’s administrators and the authority, or by a system', async () => {
    expect(await propose(required, 'system')).toBe('OPERATION_DENIED');
    expect(await propose(required, 'contact')).toBe('OPERATION_DENIED');
    expect(await propose(required, 'taxClerk')).toMatchObject({ refusal: { code: 'OTHER_DEPARTMENT' } });
  });

  it('that would tell who is among another department’s records', async () => {
    const reference = { place: 'tax-office.Taxpayer', item: 'idNumber', kind: 'REFERENCE' };
    const refused = await propose({ ...reference, target: 'Resident.phone' }, 'taxClerk');
    expect(refused).toMatchObject({ refusal: { code: 'MISMATCH_TELLS_VALUE' } });
    expect((await propose({ ...reference, target: 'Resident.idNumber' }, 'taxClerk')).rules).toHaveLength(1);
  });
});

describe('a rule', () => {
  it('judges nothing until another person of the provider has confirmed it', async () => {
    shows('QZ-3.5a');
    const { rules } = await propose(required);
    expect(rules).toMatchObject([{ state: 'PROPOSED', dimension: 'COMPLETENESS', proposedFrom: 'public-security' }]);
    const ids = [rules[0].id];
    nextDay();
    expect((await judge(() => [1, 0])).asked).toEqual([]);
    expect(await confirm(ids, 'clerk')).toMatchObject({ refusal: { code: 'SAME_PERSON' } });
    expect(await confirm(ids, 'taxClerk')).toMatchObject({ refusal: { code: 'RULE_UNKNOWN' } });
    expect((await confirm(ids)).rules).toMatchObject([{ state: 'ACTIVE' }]);
    expect(await confirm(ids)).toMatchObject({ refusal: { code: 'STATE_UNFIT' } });
    expect(await propose(required)).toMatchObject({ refusal: { code: 'RULE_KNOWN' } });
  });

  it('that the authority proposes is the provider’s to confirm', async () => {
    const { rules } = await propose({ item: 'income', kind: 'RANGE', least: '0' }, 'authority');
    expect(await confirm([rules[0].id], 'authority')).toBe('OPERATION_DENIED');
    expect((await confirm([rules[0].id], 'clerk')).rules).toMatchObject([{ state: 'ACTIVE' }]);
  });

  it('follows from how items are declared, once: what was refused does not come again', async () => {
    const draft = () => act(`draftQualityRules(place: "population.Resident") { ${RULES} }`, 'clerk');
    const { rules } = await draft();
    expect(rules.map(({ kind, item }: Loose) => `${kind} ${item}`)).toEqual([
      'REQUIRED idNumber',
      'UNIQUE idNumber',
      'FORMAT idNumber',
      'FORMAT phone',
      'VALUES sex',
    ]);
    const refused = await act(
      `refuseQualityRules(ids: ["${rules[3].id}"], reason: "座机另有格式") { ${RULES} }`,
      'clerk',
    );
    expect(refused.rules).toMatchObject([{ state: 'REFUSED' }]);
    expect(await draft()).toMatchObject({ refusal: { code: 'RULE_KNOWN' } });
    // The hub proposed them, so whoever asked for the draft may confirm.
    expect((await confirm([rules[0].id], 'clerk')).rules).toMatchObject([{ state: 'ACTIVE' }]);
  });

  it('is seen by its provider and those who oversee, and by nobody else', async () => {
    await propose(required);
    const seen = async (who: Who) => (await answer(who, `{ qualityRules(first: 5) { nodes { id } } }`)).nodes.length;
    expect([await seen('clerk'), await seen('authority'), await seen('taxClerk')]).toEqual([1, 1, 0]);
  });
});

describe('a run', () => {
  it('gives a score by dimension, of what could be judged; what could not is said', async () => {
    shows('QZ-3.5c', 'QZ-3.6c', 'JL-16c');
    showsPartOf('QZ-3.5b', 'CZ-12b', 'HZ-6.1d', 'YN-11b');
    await inForce(required);
    await inForce(unique);
    await inForce({ item: 'idNumber', kind: 'FORMAT', format: 'IDENTITY_NUMBER' });
    await inForce({ item: 'changedAt', kind: 'RECENT', days: 30 });
    expect((await judge(() => [1, 0])).runs).toBe(0); // not before its time
    nextDay();
    const found: Record<string, Found> = {
      REQUIRED: [1_000, 100],
      UNIQUE: [1_000, 0],
      RECENT: [1_000, 500],
      FORMAT: { id: '', reason: 'TIMED_OUT' },
    };
    expect((await judge((kind) => found[kind])).runs).toBe(1);
    const dimensions = [
      { dimension: 'COMPLETENESS', rate: 0.9 },
      { dimension: 'ACCURACY', rate: 1 },
      { dimension: 'TIMELINESS', rate: 0.5 },
      { dimension: 'ACCESSIBILITY', rate: 3 / 4 },
    ];
    expect(await score()).toMatchObject({ countedRules: 3, stoppedRules: 1, openTickets: 2, rows: 1_000, dimensions });
    const [run] = await results();
    expect(run.state).toBe('PARTLY');
    expect(run.results[2]).toMatchObject({ state: 'CANNOT_RUN', reason: 'TIMED_OUT', checked: null, failed: null });
    // It began once, and not again.
    expect((await judge(() => [1, 0])).runs).toBe(0);
  });

  it('has no score at all where nothing could be judged, and closes no ticket then', async () => {
    await inForce(required);
    nextDay();
    await judge(() => [1_000, 20]);
    nextDay();
    const away = { counts: () => Promise.reject(new QualityRefusal('SOURCE_UNAVAILABLE')) };
    await judge(() => undefined, 0, away);
    expect(await score()).toMatchObject({ score: null, countedRules: 0, stoppedRules: 1 });
    expect((await results())[0]).toMatchObject({ state: 'CANNOT_RUN', results: [{ reason: 'SOURCE_UNAVAILABLE' }] });
    expect(await tickets()).toMatchObject([{ state: 'OPEN' }]);
  });

  it.each<[string, Found]>([
    ['fail more often than they are', [10, 11]],
    ['are more than there are records', [9_999_999, 0]],
    ['are of no rule that was asked about', undefined],
  ])('takes no numbers that %s', async (_what, found) => {
    await inForce(required);
    nextDay();
    await judge(() => found);
    expect((await results())[0].results).toMatchObject([{ state: 'CANNOT_RUN', reason: 'BAD_ANSWER' }]);
    expect(await score()).toMatchObject({ score: null });
  });

  it('over what was changed asks for that alone, and moves no score', async () => {
    await inForce(required);
    expect(
      await act('runQuality(place: "population.Resident", mode: CHANGED) { refusal { code } }', 'clerk'),
    ).toMatchObject({ refusal: { code: 'ITEM_UNKNOWN' } });
    await act(
      'scheduleQuality(place: "population.Resident", frequency: WEEKLY, hour: 4, changeItem: "changedAt") { refusal { code } }',
      'clerk',
    );
    await act('runQuality(place: "population.Resident") { refusal { code } }', 'clerk');
    expect((await judge(() => [1_000, 0])).asked[0]).not.toHaveProperty('since');
    await act('runQuality(place: "population.Resident", mode: CHANGED) { refusal { code } }', 'clerk');
    const { asked } = await judge(() => [10, 5], 10);
    expect(asked[0]!.since).toEqual({ item: 'changedAt', from: new Date(now).toISOString() });
    expect(await score()).toMatchObject({ score: 1, rows: 1_000, openTickets: 1 });
  });

  it('shows a score that rose because a rule was ended for what it is', async () => {
    const id = await inForce(required);
    await inForce(unique);
    nextDay();
    await judge((kind) => (kind === 'REQUIRED' ? [1_000, 900] : [1_000, 0]));
    const end = (reason: string, who: Who = 'clerk') =>
      act(`endQualityRule(id: "${id}", reason: "${reason}") { ${RULES} }`, who);
    expect(await end(' ')).toMatchObject({ refusal: { code: 'REASON_MISSING' } });
    expect(await end('不再需要', 'taxClerk')).toMatchObject({ refusal: { code: 'RULE_UNKNOWN' } });
    expect((await end('不再需要')).rules).toMatchObject([{ state: 'ENDED' }]);
    expect(await tickets()).toMatchObject([{ state: 'CLOSED', outcome: 'RULE_ENDED' }]);
    nextDay();
    await judge(() => [1_000, 0]);
    expect(await score('stranger')).toMatchObject({ score: 1, endedRules: 1 });
    const told = await governance.rows(`select line from evidence.record where line like '%END_QUALITY_RULE%'`);
    expect(JSON.parse(told[0]!.line)).toMatchObject({ concerns: ['data-bureau'], reason: '不再需要' });
  });
});

describe('numbers and names', () => {
  it('are exact for the owner alone; few tell nothing to anybody else', async () => {
    await inForce(required);
    await inForce(unique);
    const { rule } = { rule: (await governance.rows('select id from quality_rule order by id'))[0]!.id as string };
    const samples = await encryptSecret(JSON.stringify([['330106199001010001']]), keys.public, [rule]);
    nextDay();
    await judge((kind) => (kind === 'REQUIRED' ? { id: '', checked: 1_000, failed: 3, samples } : [1_000, 50]));
    const seen = async (who: Who) =>
      (await results(who))[0].results.map(({ checked, failed, samples }: Loose) => [checked, failed, samples]);
    expect(await seen('clerk')).toEqual([
      [1_000, 3, ['330106199001010001']],
      [1_000, 50, null],
    ]);
    expect((await seen('contact'))[0]).toEqual([1_000, 3, null]);
    expect((await seen('system'))[0]).toEqual([1_000, 3, null]);
    expect(await seen('authority')).toEqual([
      [null, null, null],
      [1_000, 50, null],
    ]);
    expect(await answer('stranger', '{ qualityRuns(first: 5) { nodes { id } } }')).toEqual({ nodes: [] });
    expect((await tickets('authority')).map(({ failing }) => failing)).toEqual([null, 50]);
    expect((await score('clerk')).dimensions[0]).toEqual({ dimension: 'COMPLETENESS', rate: 0.997 });
    expect(await score('stranger')).toMatchObject({ rows: null, openTickets: null });
    expect((await score('stranger')).dimensions[0]).toEqual({ dimension: 'COMPLETENESS', rate: 0.99 });
    expect((await score('authority')).dimensions[0]).toEqual({ dimension: 'COMPLETENESS', rate: 0.99 });
  });

  it('of few records there is no score but for the owner', async () => {
    await inForce(required);
    nextDay();
    await judge(() => [5, 1], 5);
    expect(await score('stranger')).toMatchObject({ score: null, dimensions: [] });
    expect((await score('clerk')).dimensions[0]).toEqual({ dimension: 'COMPLETENESS', rate: 0.8 });
  });
});

describe('a ticket', () => {
  it('is told to the provider’s administrators, and to the authority when it is late', async () => {
    const told = async (department: string) =>
      await governance.rows(
        `select kind, text, due_on::text as due, closed_at from notice where object like 'quality-ticket/%' and department = $1 order by number`,
        [department],
      );
    // Acts of other tests are told by now.
    await distributeNotices(governance.pool);
    await governance.rows('delete from notice');
    await inForce(required);
    nextDay();
    await judge(() => [1_000, 20]);
    await distributeNotices(governance.pool);
    expect(await told('public-security')).toMatchObject([{ kind: 'TASK', due: '2026-08-25', closed_at: null }]);
    const sweep = () =>
      announceDeadlines({
        ...{ pool: governance.pool, store: new RecordStore('Asia/Shanghai'), sources: [qualityDeadlines], now },
        ...{ calendar: readCalendar(), timeZone: 'Asia/Shanghai', profile: readProfile('quanzhou') },
      });
    await sweep();
    await distributeNotices(governance.pool);
    expect(await told('data-bureau')).toEqual([]);
    now = Date.parse('2026-08-26T02:00:00Z');
    expect(await sweep()).toBe(1);
    await distributeNotices(governance.pool);
    expect(await told('data-bureau')).toMatchObject([{ kind: 'OVERDUE', text: expect.stringContaining('质量工单') }]);
    await judge(() => [1_000, 0]);
    await distributeNotices(governance.pool);
    expect((await told('public-security'))[0]!.closed_at).not.toBeNull();
  });

  it('is opened once, and closed by nothing but a run over all records that finds the fault gone', async () => {
    await inForce(required);
    nextDay();
    await judge(() => [1_000, 20]);
    nextDay();
    await judge(() => [1_000, 15]);
    expect(await tickets()).toMatchObject([{ state: 'OPEN', failing: 15, item: 'phone', dueDate: '2026-08-25' }]);
    await act(
      'scheduleQuality(place: "population.Resident", frequency: DAILY, hour: 3, changeItem: "changedAt") { refusal { code } }',
      'clerk',
    );
    await act('runQuality(place: "population.Resident", mode: CHANGED) { refusal { code } }', 'clerk');
    await judge(() => [10, 0], 10);
    expect(await tickets()).toMatchObject([{ state: 'OPEN', failing: 15 }]);
    nextDay();
    await judge(() => [1_000, 0]);
    expect(await tickets()).toMatchObject([{ state: 'CLOSED', outcome: 'FIXED', failing: 0 }]);
  });
});

it('scores nothing that was not judged as good', () => {
  expect(scoreRun([{ dimension: 'ACCURACY', reason: 'FAILED' }])).toEqual({
    rates: { ACCESSIBILITY: 0 },
    counted: 0,
    stopped: 1,
  });
  const empty = { dimension: 'ACCURACY' as const, counts: { checked: 0, failed: 0 } };
  expect(scoreRun([empty])).toEqual({ rates: { ACCESSIBILITY: 1 }, counted: 1, stopped: 0 });
});
