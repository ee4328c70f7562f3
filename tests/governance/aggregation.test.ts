import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/index.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { findAggregationGap } from '../../subgraphs/governance/aggregation/aggregation-gap.rule.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { DEADLINE_SOURCES } from '../../subgraphs/governance/reminders/job/sources.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;

/** A Monday morning in China. */
let clock = Date.parse('2026-03-02T02:00:00Z');
let governance: GovernanceUnderTest;
let [police, civil, authority, both]: Ask[] = [];
const CODE = '101001/000001';
const HASH = 'a'.repeat(64);

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'quanzhou', now: () => clock });
  const provider = (department: string, person: string) =>
    governance.as({ department, person, roles: ['provider', 'consumer'] });
  police = provider('public-security', 'zhao.lei');
  civil = provider('civil-affairs', 'chen.jing');
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  both = governance.as({ department: 'data-bureau', person: 'zhao.lei', roles: ['authority'] });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

const make = async (who: Ask | undefined, call: string) => {
  const { data } = await who!(`mutation { made: ${call} {
    exemption { id state clauses } request { id state due workingDays left overdue extension suppliedAs clauses }
    refusal { code clause } } }`);
  return data.made;
};
const list = async (who: Ask | undefined, more: string) =>
  (await who!(`{ resourceAggregation${more} { nodes { code mode gap clauses exemption { state } } } }`)).data
    .resourceAggregation.nodes;
const tasks = async (object: string) => {
  await distributeNotices(governance.pool);
  const rows = await governance.rows(
    `select department from notice where object = $1 and kind = 'TASK' and closed_at is null order by department`,
    [object],
  );
  return rows.map(({ department }) => department);
};

describe('what the law wants on the platform', () => {
  const gap = (mode: Parameters<typeof findAggregationGap>[0], exempt: boolean, profile: string) =>
    findAggregationGap(mode, exempt, readProfile(profile));

  it('is a gap by Quanzhou’s law unless it is hosted, or exempt and offered by interface', () => {
    expect(gap('INTERFACE', false, 'quanzhou')).toEqual(['QZ-2.3a', 'QZ-2.3i']);
    expect(gap('INTERFACE', true, 'quanzhou')).toBeUndefined();
    expect(gap('ABSENT', true, 'quanzhou')).toEqual(['QZ-2.3b', 'QZ-2.3c']);
    expect(gap('HOSTED', false, 'quanzhou')).toBeUndefined();
  });

  it('may be an interface in Hangzhou, and is to be central in Jilin', () => {
    expect(gap('INTERFACE', false, 'hangzhou')).toBeUndefined();
    expect(gap('ABSENT', false, 'hangzhou')).toBeDefined();
    expect(gap('INTERFACE', false, 'jilin')).toBeDefined();
  });
});

describe('a resource that is not aggregated', () => {
  const state = (basis = '"国家安全法"') =>
    `stateExemption(code: "${CODE}", reason: "依法不得汇聚", basis: [${basis}], evidenceTitle: "保密审查意见书", evidenceHash: "${HASH}")`;

  it('is listed as a gap with its clause', async () => {
    shows('JL-19a', 'JL-19b');
    expect((await list(civil, '(provider: "public-security", gap: true)'))[0]).toEqual({
      ...{ code: CODE, mode: 'INTERFACE', gap: true, clauses: ['QZ-2.3a', 'QZ-2.3i'], exemption: null },
    });
    expect(await list(civil, '(mode: HOSTED)')).toEqual([]);
  });

  it('is stated by its provider alone, with provision and evidence, and not twice', async () => {
    expect((await make(civil, state())).refusal.code).toBe('OTHER_DEPARTMENT');
    expect((await make(police, state(''))).refusal).toEqual({ code: 'BASIS_MISSING', clause: 'QZ-2.3b, QZ-2.3c' });
    expect((await make(police, state().replace(HASH, 'x'))).refusal.code).toBe('EXEMPTION_MALFORMED');
    expect((await make(police, state())).exemption).toMatchObject({ id: 'AE-000001', state: 'STATED' });
    expect((await make(police, state())).refusal.code).toBe('EXEMPTION_KNOWN');
    expect(await tasks('aggregation-exemption/AE-000001')).toEqual(['data-bureau']);
  });

  it('is a gap until another person, the authority’s, acknowledges it', async () => {
    showsPartOf('QZ-2.3b');
    const decide = 'decideExemption(id: "AE-000001", acknowledge: true, reason: "材料齐全")';
    expect((await make(both, decide)).refusal.code).toBe('SAME_PERSON');
    expect(await list(civil, '(provider: "public-security", gap: true)')).toContainEqual(
      expect.objectContaining({ code: CODE, exemption: { state: 'STATED' } }),
    );
    expect((await make(authority, decide)).exemption.state).toBe('ACKNOWLEDGED');
    expect(
      (await list(civil, '(provider: "public-security", gap: true)')).map(({ code }: { code: string }) => code),
    ).not.toContain(CODE);
    expect(await tasks('aggregation-exemption/AE-000001')).toEqual([]);
    expect((await make(civil, 'endExemption(id: "AE-000001", reason: "改为汇聚")')).refusal.code).toBe(
      'OTHER_DEPARTMENT',
    );
    expect((await make(police, 'endExemption(id: "AE-000001", reason: "改为汇聚")')).exemption.state).toBe('ENDED');
  });
});

describe('an interface that the authority asks for', () => {
  const ID = 'IR-000001';
  const extend = (days: number) => `askInterfaceExtension(id: "${ID}", days: ${days}, reason: "接口改造未完成")`;
  const decide = `decideInterfaceExtension(id: "${ID}", approve: true, reason: "同意")`;

  it('is due after ten working days (QZ-2.3f)', async () => {
    shows('QZ-2.3f');
    const { errors } = await police!(`mutation { requestInterface(provider: "tax", need: "x") { refusal { code } } }`);
    expect(errors).toHaveLength(1);
    expect((await make(authority, 'requestInterface(provider: "nobody", need: "户籍地址接口")')).refusal.code).toBe(
      'DEPARTMENT_UNKNOWN',
    );
    const { request } = await make(authority, 'requestInterface(provider: "public-security", need: "户籍地址接口")');
    expect(request).toMatchObject({ id: ID, due: '2026-03-16', left: 10, overdue: false, clauses: ['QZ-2.3f'] });
    expect(await tasks(`interface-request/${ID}`)).toEqual(['public-security']);
  });

  it('is extended in writing, by five working days at most, and not by its provider alone (QZ-2.3g, QZ-2.3h)', async () => {
    shows('QZ-2.3g', 'QZ-2.3h');
    expect((await make(police, extend(6))).refusal).toEqual({ code: 'EXTENSION_TOO_LONG', clause: 'QZ-2.3h' });
    expect((await make(civil, extend(5))).refusal.code).toBe('OTHER_DEPARTMENT');
    expect((await make(authority, decide)).refusal.code).toBe('OUT_OF_ORDER');
    expect((await make(police, extend(5))).request).toMatchObject({ due: '2026-03-16', extension: 'ASKED' });
    expect((await make(police, extend(5))).refusal.code).toBe('EXTENSION_CLOSED');
    expect((await make(both, decide)).refusal.code).toBe('SAME_PERSON');
    expect(await tasks(`interface-request/${ID}`)).toEqual(['data-bureau', 'public-security']);
    expect((await make(authority, decide)).request).toMatchObject({ due: '2026-03-23', workingDays: 15 });
  });

  it('is overdue after its day, and the authority is told', async () => {
    clock = Date.parse('2026-03-23T16:00:00Z');
    const { data } = await police!('{ interfaceRequests(state: OPEN) { nodes { id overdue } } }');
    expect(data.interfaceRequests.nodes).toEqual([{ id: ID, overdue: true }]);
    expect((await civil!('{ interfaceRequests { nodes { id } } }')).data.interfaceRequests.nodes).toEqual([]);
    const law = { calendar: readCalendar(), timeZone: 'Asia/Shanghai', profile: readProfile('quanzhou') };
    const store = new RecordStore('Asia/Shanghai');
    await announceDeadlines({ ...law, now: clock, pool: governance.pool, store, sources: DEADLINE_SOURCES });
    await distributeNotices(governance.pool);
    const late = await governance.rows(
      `select department from notice where object = $1 and kind = 'OVERDUE' order by department`,
      [`interface-request/${ID}`],
    );
    expect(late.map(({ department }) => department)).toEqual(['data-bureau', 'public-security']);
  });

  it('is supplied as a published resource of the provider, and then is done', async () => {
    const supply = (code: string) => `supplyInterface(id: "${ID}", code: "${code}")`;
    expect((await make(civil, supply(CODE))).refusal.code).toBe('OTHER_DEPARTMENT');
    expect((await make(police, supply('9/9'))).refusal.code).toBe('RESOURCE_UNKNOWN');
    expect((await make(police, supply(CODE))).request).toMatchObject({
      state: 'SUPPLIED',
      suppliedAs: CODE,
      left: null,
    });
    expect((await make(police, supply(CODE))).refusal.code).toBe('FINAL');
    expect(await tasks(`interface-request/${ID}`)).toEqual([]);
  });
});
