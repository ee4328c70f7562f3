import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditCode } from '../../shared/kernel/credit-code.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readSnapshot } from '../../shared/read-model/read-snapshot.js';
import { rooms } from '../../subgraphs/governance/rooms.js';
import { carryOutReforms } from '../../subgraphs/governance/index.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;
type Variables = Readonly<Record<string, unknown>>;

let governance: GovernanceUnderTest;
let authority: Ask;
let second: Ask;

const NOW = Date.parse('2026-02-09T10:00:00+08:00');
let now = NOW;

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'quanzhou', now: () => now });
  const console = { department: 'data-bureau', system: 'data-bureau-console', roles: ['authority'] } as const;
  authority = governance.as({ ...console, person: 'wang.min' });
  second = governance.as({ ...console, person: 'xu.fang' });
  for (const [at, [code, name]] of [
    ['household-bureau', '户政管理局'],
    ['traffic-bureau', '交通警务局'],
    ['archive-office', '档案馆'],
  ].entries())
    await act(
      authority,
      `registerDepartment(input: { code: "${code}", name: "${name}", level: CITY, roles: [PROVIDER, CONSUMER],
        creditCode: "${creditCode('11', '330100', `MB30000${at}`)}" }) { refusal { code message } }`,
    );
}, 60_000);
afterAll(() => governance.stop(), 60_000);

async function act(who: Ask, mutation: string, variables: Variables = {}, types = ''): Promise<Loose> {
  const { data, errors } = await who(`mutation ${types} { done: ${mutation} }`, { variables });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data.done;
}

const REFORM = 'id state version consequences { kind object from to concerns } gaps { code object message }';
const REFUSAL = 'refusal { code message details }';
const line = (kind: string, id: string, to: string, posts?: string[]) => ({ kind, id, to, ...(posts && { posts }) });
const draft = (lines: readonly object[], more: Variables = {}): Promise<Loose> =>
  act(
    authority,
    `draftReform(input: $input) { reform { ${REFORM} } ${REFUSAL} }`,
    {
      input: {
        title: '机构改革',
        basis: ['机构改革方案〔2026〕1号'],
        effectiveAt: new Date(now).toISOString(),
        lines,
        ...more,
      },
    },
    '($input: ReformInput!)',
  );
const confirm = (who: Ask, { id, version }: Loose): Promise<Loose> =>
  act(who, `confirmReform(id: "${id}", version: ${version}) { reform { ${REFORM} } ${REFUSAL} }`);
const gapsOf = async (lines: readonly object[]): Promise<string[]> =>
  (await draft(lines)).reform.gaps.map(({ code, object }: Loose) => `${code} ${object}`);
const carryOut = () => carryOutReforms({ pool: governance.pool, store: new RecordStore('Asia/Shanghai'), now });
const contents = async () =>
  JSON.stringify(
    await governance.rows(
      `select (select json_agg(d order by code) from department d) as departments, (select json_agg(o order by subject) from officer o) as officers,
              (select json_agg(g order by id) from share_grant g) as grants, (select json_agg(p order by coordinate) from published_item p) as items,
              (select json_agg(a order by id) from appointment a) as posts, (select json_agg(s order by id) from scenario s) as scenarios,
              (select count(*) from department_succession) as successions, (select version from read_model) as version`,
    ),
  );

const FORM = {
  scenario: 'public-rental-review',
  mode: 'QUERY',
  need: '申请人联系方式',
  reason: '审核公共租赁住房申请',
  use: '公共租赁住房资格审核',
  uses: ['ADMINISTRATIVE_BASIS'],
  scopeOfUse: '住房保障处',
  securityMeasures: '专人专机，不落地',
  contactName: '李娜',
  contactPhone: '0571-80000000',
};
const lina = () =>
  governance.as({ department: 'housing', system: 'housing-app', person: 'li.na', roles: ['consumer'] });
async function apply(coordinates: readonly string[]): Promise<string> {
  const [duty] = await governance.rows(`select id from duty where department = 'housing' order by id limit 1`);
  const { application, refusal } = await act(
    lina(),
    `startApplication(input: $input, submit: true) { application { id reviews { id version } } ${REFUSAL} }`,
    { input: { ...FORM, duty: duty!['id'], coordinates } },
    '($input: ApplicationInput!)',
  );
  if (refusal) throw new Error(`${refusal.message} ${refusal.details}`);
  return application.reviews[0].id;
}
const withdraw = (review: string) =>
  governance.rows(
    `with closed as (update application_track set closed_at = now(), status = 'WITHDRAWN' where id = $1 returning application)
    update share_application set state = 'WITHDRAWN', closed_at = now() where id = (select application from closed)`,
    [review],
  );

describe('a reform', () => {
  it('is drafted by a person of the authority alone', async () => {
    const attempt = (who: Ask) =>
      who(
        'mutation { draftReform(input: { title: "x", basis: ["x"], effectiveAt: "2026-02-09T00:00:00Z", lines: [] }) { refusal { code } } }',
      );
    const outsider = governance.as({ department: 'tax', system: 'tax-app', person: 'zhang.tao', roles: ['consumer'] });
    const system = governance.as({ department: 'data-bureau', system: 'data-bureau-console', roles: ['authority'] });
    for (const who of [outsider, system])
      expect((await attempt(who)).errors[0]?.extensions.code).toBe('OPERATION_DENIED');
  });

  it('rests on a document, and sends each thing to one other department', async () => {
    const { refusal } = await draft([line('END', 'tax', 'tax'), line('END', 'tax', 'housing')], { basis: [] });
    expect(refusal).toMatchObject({ code: 'REFORM_MALFORMED', details: { length: 3 } });
  });

  it('is refused with everything that nobody would answer for, by name', async () => {
    expect(await gapsOf([line('END', 'nobody', 'tax'), line('RESOURCE', '1/2', 'tax')])).toEqual([
      'RESOURCE_UNKNOWN resource/1/2',
      'DEPARTMENT_UNFIT department/nobody',
    ]);
    // A department that does not provide, one without a data administrator, one that could use nothing.
    expect(await gapsOf([line('RESOURCE', '101001/000001', 'tax')])).toEqual(['DEPARTMENT_UNFIT department/tax']);
    expect(await gapsOf([line('RESOURCE', '101001/000001', 'archive-office')])).toEqual([
      'OWNER_MISSING resource/101001/000001',
    ]);
    expect(await gapsOf([line('SCENARIO', 'housing/public-rental-review', 'archive-office')])).toContain(
      'CONSUMER_MISSING grant/D-0001',
    );
    const { reform } = await draft([line('RESOURCE', '101001/000001', 'archive-office')]);
    expect((await confirm(second, reform)).refusal).toMatchObject({
      code: 'REFORM_INCOMPLETE',
      details: [expect.stringContaining('101001/000001')],
    });
  });

  it('leaves no application without a reviewer, none in two hands, and none to whoever asks', async () => {
    const review = await apply(['Resident.phone', 'Household.address']);
    expect(
      await gapsOf([
        line('RESOURCE', '101001/000001', 'household-bureau'),
        line('PERSON', 'zhao.lei', 'household-bureau', ['DATA_ADMINISTRATOR']),
      ]),
    ).toEqual([`CASE_SPLIT application/${review}`]);
    expect(await gapsOf([line('END', 'housing', 'public-security')])).toEqual([
      `SAME_DEPARTMENT application/${review}`,
    ]);
    await act(
      authority,
      'registerOfficer(input: { subject: "z.1", name: "钱一", department: "archive-office", roles: [CONSUMER] }) { refusal { code } }',
    );
    await act(authority, 'verifyOfficer(subject: "z.1", reference: "窗口核验") { refusal { code message } }').catch(
      () => undefined,
    );
    await governance.rows(`insert into appointment (id, officer, department, post, from_at)
      values ('R-T1', 'z.1', 'archive-office', 'DATA_ADMINISTRATOR', now())`);
    expect(
      await gapsOf([
        line('RESOURCE', '101001/000001', 'archive-office'),
        line('RESOURCE', '101001/000002', 'archive-office'),
      ]),
    ).toEqual([`REVIEWER_MISSING application/${review}`]);
    await withdraw(review);
  });

  it('changes nothing when it is drafted, and is confirmed by another person than the one who drafted it', async () => {
    const before = await contents();
    const { reform } = await draft([line('END', 'medical-security', 'human-resources')]);
    expect(reform.gaps).toEqual([]);
    expect(await contents()).toBe(before);
    await distributeNotices(governance.pool);
    expect(
      await governance.rows('select department, roles, kind from notice where object = $1', [`reform/${reform.id}`]),
    ).toEqual([{ department: 'data-bureau', roles: ['authority'], kind: 'TASK' }]);
    expect((await confirm(authority, reform)).refusal.code).toBe('SAME_PERSON');
    expect((await confirm(second, { ...reform, version: 7 })).refusal.code).toBe('STALE_VERSION');
    expect(
      (await act(authority, `cancelReform(id: "${reform.id}", reason: "重拟") { reform { state } }`)).reform.state,
    ).toBe('CANCELLED');
    expect((await confirm(second, reform)).refusal.code).toBe('STATE_UNFIT');
    expect(await carryOut()).toEqual([]);
  });
});

describe('two departments merged and a third split', () => {
  let review: string;
  let closed: string;
  let reform: Loose;
  const SPLIT = [
    line('END', 'public-security', 'household-bureau'),
    line('RESOURCE', '101001/000002', 'traffic-bureau'),
    line('PERSON', 'zhao.lei', 'household-bureau', ['DATA_ADMINISTRATOR']),
    line('PERSON', 'lin.jun', 'traffic-bureau', ['DATA_ADMINISTRATOR']),
    line('END', 'medical-security', 'human-resources'),
    line('END', 'housing', 'civil-affairs'),
  ];

  beforeAll(async () => {
    closed = await apply(['Household.address']);
    await withdraw(closed);
    review = await apply(['Resident.phone']);
    // A colleague of whoever submits it has worked on it.
    await governance.rows(
      `insert into application_event (application, at, department, actor, what, clauses, version)
       values ($1, now(), 'housing', 'housing.contact', 'CHANGE', '{}', 1)`,
      [review.split('/')[0]],
    );
    await governance.rows(`update share_grant set persons = '["li.na", "sun.hao"]' where id = 'D-0001'`);
    await distributeNotices(governance.pool);
    now += 1000;
  });

  it('stop, and tell the authority, where a gap has come about since they were confirmed', async () => {
    ({ reform } = await draft(SPLIT, { effectiveAt: new Date(now + 60_000).toISOString() }));
    expect(reform.gaps).toEqual([]);
    expect((await confirm(second, reform)).reform.state).toBe('CONFIRMED');
    expect(await carryOut()).toEqual([]);
    now += 60_000;
    await governance.rows(`update officer set suspended = true where subject = 'lin.jun'`);
    const before = (await contents()).replace(/"version":"\d+"/, '');
    expect(await carryOut()).toEqual([]);
    expect((await contents()).replace(/"version":"\d+"/, '')).toBe(before);
    const [stopped] = await governance.rows('select state, gaps from reform where id = $1', [reform.id]);
    expect(stopped).toMatchObject({
      state: 'STOPPED',
      gaps: [{ code: 'OWNER_MISSING', object: 'resource/101001/000002' }],
    });
    await distributeNotices(governance.pool);
    expect(await governance.rows(`select department, text_en from notice where act = 'STOP_REFORM'`)).toMatchObject([
      { department: 'data-bureau', text_en: expect.stringContaining(reform.id) },
    ]);
    await governance.rows(`update officer set suspended = false where subject = 'lin.jun'`);
  });

  it('are carried out whole, or not at all where the process dies on the way', async () => {
    const input = { title: '机构改革', basis: ['〔2026〕1号'], effectiveAt: new Date(now).toISOString(), lines: SPLIT };
    const redrafted = await act(
      authority,
      `draftReform(input: $input, id: "${reform.id}") { reform { ${REFORM} } ${REFUSAL} }`,
      { input },
      '($input: ReformInput!)',
    );
    await confirm(second, redrafted.reform);
    const before = (await contents()).replace(/"version":"\d+"/, '');
    // The connection of the worker dies when all but the evidence is written.
    await governance.rows(`create function die() returns trigger language plpgsql as $$ begin
      if new.object like 'reform/%' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$`);
    await governance.rows('create trigger die before insert on evidence.record for each row execute function die()');
    await expect(carryOut()).rejects.toThrow();
    await governance.rows('drop trigger die on evidence.record');
    expect((await contents()).replace(/"version":"\d+"/, '')).toBe(before);
    // Two workers at once carry it out once.
    expect((await Promise.all([carryOut(), carryOut()])).flat()).toEqual([reform.id]);
    expect(await carryOut()).toEqual([]);
  });

  it('end with their successors named, and are revived by nobody', async () => {
    const { data } = await authority('{ departments(first: 100) { nodes { code suspended endedAt successor } } }');
    const of = (code: string) => data.departments.nodes.find((each: Loose) => each.code === code);
    expect(of('housing')).toMatchObject({ suspended: true, endedAt: expect.any(String), successor: 'civil-affairs' });
    expect(of('public-security')).toMatchObject({ successor: 'household-bureau' });
    for (const mutation of [
      'resumeDepartment(code: "housing")',
      'renameDepartment(code: "housing", name: "新房管局")',
      'changeDepartment(code: "housing", change: { level: COUNTY })',
    ])
      expect((await act(authority, `${mutation} { refusal { code } }`)).refusal.code).toBe('DEPARTMENT_ENDED');
  });

  it('hand over items, permits, scenarios, systems and grants as gateways read them', async () => {
    const snapshot = await readSnapshot((sql, values) => governance.rows(sql, values as unknown[]));
    expect(snapshot.systems.get('housing-app')).toMatchObject({ department: 'civil-affairs' });
    expect(snapshot.scenarios.has('civil-affairs|public-rental-review')).toBe(true);
    expect(snapshot.scenarios.has('housing|public-rental-review')).toBe(false);
    expect(snapshot.grants.get('civil-affairs|public-rental-review')?.map(({ id }) => id)).toContain('D-0001');
    expect(snapshot.publishers.get('population')).toEqual(['household-bureau', 'traffic-bureau']);
    expect(snapshot.publishers.get('social-security')).toEqual(['human-resources', 'civil-affairs']);
    expect(snapshot.consents).toMatchObject([{ id: 'C-0001', owner: 'household-bureau', receiver: 'civil-affairs' }]);
    const items = await governance.rows(
      `select coordinate, provider from published_item where coordinate = any($1) order by coordinate`,
      [['Resident.phone', 'Household.address', 'MedicalInsurance.status']],
    );
    expect(items.filter(({ coordinate }) => coordinate !== 'MedicalInsurance.status')).toEqual([
      { coordinate: 'Household.address', provider: 'traffic-bureau' },
      { coordinate: 'Resident.phone', provider: 'household-bureau' },
    ]);
  });

  it('leave rights given by name only to those who went along with them', async () => {
    const [grant] = await governance.rows(`select department, persons from share_grant where id = 'D-0001'`);
    expect(grant).toEqual({ department: 'civil-affairs', persons: ['li.na', 'sun.hao'] });
    const posts = await governance.rows(
      `select department, post from appointment where officer in ('zhao.lei', 'lin.jun') and until_at is null order by officer`,
    );
    expect(posts).toEqual([
      { department: 'traffic-bureau', post: 'DATA_ADMINISTRATOR' },
      { department: 'household-bureau', post: 'DATA_ADMINISTRATOR' },
    ]);
  });

  it('have an open application decided by the new provider for the new applicant, and a closed one keeps its departments', async () => {
    const [open] = await governance.rows('select department, provider from application_track where id = $1', [review]);
    expect(open).toEqual({ department: 'civil-affairs', provider: 'household-bureau' });
    const [past] = await governance.rows(
      'select track.department, provider, visible_to from application_track track join share_application whole on whole.id = application where track.id = $1',
      [closed],
    );
    expect(past).toMatchObject({ department: 'housing', provider: 'public-security' });
    expect(past!['visible_to']).toEqual(expect.arrayContaining(['housing', 'civil-affairs', 'household-bureau']));
    const decide = async (who: Ask) => {
      const { providerReview } = (await who(`{ providerReview(id: "${review}") { version terms { coordinates } } }`))
        .data;
      return act(
        who,
        `decideApplication(review: "${review}", version: $version, decision: $decision) { review { status waitsFor } grant { id } ${REFUSAL} }`,
        {
          version: providerReview.version,
          decision: { verdict: 'AGREE', dutyNeed: true, terms: { mode: 'QUERY', coordinates: ['Resident.phone'] } },
        },
        '($version: Int!, $decision: DecisionInput!)',
      );
    };
    // Who asked for the department that ended asked for its successor, wherever they are now.
    for (const person of ['li.na', 'housing.contact']) {
      await act(
        authority,
        `registerOfficer(input: { subject: "${person}", name: "李娜", department: "household-bureau", roles: [PROVIDER] }) { refusal { code } }`,
      );
      const turned = { department: 'household-bureau', system: 'x', person, roles: ['provider'] } as const;
      expect((await decide(governance.as(turned))).refusal).toMatchObject({ code: 'SAME_PERSON' });
    }
    const provider = { department: 'household-bureau', system: 'x', person: 'zhao.lei', roles: ['provider'] } as const;
    expect(await decide(governance.as(provider))).toMatchObject({ refusal: null, review: { status: 'REVIEW' } });
    const { grant, ...decided } = await decide(second);
    expect(decided).toMatchObject({ refusal: null, review: { status: 'AGREED' } });
    const [given] = await governance.rows('select department, provider from share_grant where id = $1', [grant.id]);
    expect(given).toEqual({ department: 'civil-affairs', provider: 'household-bureau' });
  });

  it('give a request that was on its way what is right for its caller now', async () => {
    // As a gateway signs it that has not heard of the reform.
    const stale = governance.as({
      department: 'medical-security',
      system: 'x',
      person: 'luo.xin',
      roles: ['provider', 'consumer'],
    });
    const { data, errors } = await stale('{ appointments(first: 1) { nodes { department } } }');
    expect({ errors, department: data.appointments.nodes[0].department }).toEqual({
      errors: [],
      department: 'human-resources',
    });
    // Nobody comes to a department that no reform has taken them to.
    const foreign = governance.as({ department: 'tax', system: 'x', person: 'luo.xin', roles: ['consumer'] });
    expect(
      (await foreign('{ appointments(first: 1) { nodes { department } } }')).data.appointments.nodes,
    ).not.toContainEqual({
      department: 'human-resources',
    });
  });

  it('are on record under the names of their time, and every party is told', async () => {
    const records = await governance.rows(
      `select line from evidence.record where object in ($1, $2) and kind = 'act' order by position`,
      [`application/${review}`, `application/${review.split('/')[0]}`],
    );
    const lines = records.map(({ line: text }) => JSON.parse(text));
    expect(lines[0]).toMatchObject({ act: 'SUBMIT_APPLICATION', department: 'housing', concerns: ['public-security'] });
    expect(lines.find(({ act: name }: Loose) => name === 'HAND_OVER')).toMatchObject({
      concerns: expect.arrayContaining(['civil-affairs', 'housing', 'public-security']),
      terms: { reform: reform.id },
    });
    await distributeNotices(governance.pool);
    const told = await governance.rows(
      `select distinct department from notice where act = 'CARRY_OUT_REFORM' order by 1`,
    );
    expect(told.map(({ department }) => department)).toEqual(
      expect.arrayContaining(['civil-affairs', 'data-bureau', 'household-bureau', 'human-resources', 'traffic-bureau']),
    );
    // Nothing was told to a department that has ended.
    const [lost] = await governance.rows(
      `select count(*)::int as count from notice join department on code = department
        where ended_at is not null and not exists (
          select from notice as other where other.position = notice.position and other.department = successor)`,
    );
    expect(lost).toEqual({ count: 0 });
  });
});

describe('every room', () => {
  it('that keeps tables of departments has a part in a reform', async () => {
    const found = await governance.rows(
      `select distinct conrelid::regclass::text as name from pg_constraint where contype = 'f' and confrelid = 'department'::regclass`,
    );
    const tables = new Set(found.map(({ name }) => name as string));
    const keeping = rooms.filter((room) => room.tables.some((table) => tables.has(table)));
    expect(keeping.filter(({ handOver }) => handOver === undefined).map(({ name }) => name)).toEqual([]);
  });
});
