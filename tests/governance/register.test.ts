import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditCode } from '../../shared/kernel/credit-code.js';
import { readSnapshot } from '../../shared/read-model/read-snapshot.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

let governance: GovernanceUnderTest;
let authority: ReturnType<GovernanceUnderTest['as']>;
let administrator: ReturnType<GovernanceUnderTest['as']>;

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'quanzhou' });
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  administrator = governance.as({ department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

/** Valid as a whole; the organisation code within it is not. */
const OLD_CREDIT_CODE = '11330100002456780A';

const acts = async (object: string): Promise<Loose[]> => {
  const rows = await governance.rows('select line from evidence.record where object = $1 order by position', [object]);
  return rows.map(({ line }) => JSON.parse(line));
};
const readScenarios = async (): Promise<string[]> => {
  const { scenarios } = await readSnapshot((sql, values) => governance.rows(sql, values as unknown[]));
  return [...scenarios.keys()];
};

const INSPECTION = {
  department: 'housing',
  code: 'lift-inspection',
  name: '电梯安全检查',
  purpose: '核对电梯使用单位',
  basis: ['特种设备安全法 第三十三条'],
};
const REGISTER = `mutation ($input: ScenarioInput!) { registerScenario(input: $input) {
  scenario { department code name purpose basis endedAt } refusal { code message details } } }`;
const register = async (change: object = {}) =>
  (await authority(REGISTER, { variables: { input: { ...INSPECTION, ...change } } })).data.registerScenario;
const change = async (code: string, terms: object, more = '') =>
  (
    await authority(
      `mutation ($change: ScenarioChange!) { changeScenario(department: "tax", code: "${code}", change: $change ${more}) {
        scenario { name purpose basis } refusal { code message details } } }`,
      { variables: { change: terms } },
    )
  ).data.changeScenario;
const end = async (department: string, code: string) =>
  (
    await authority(
      `mutation { endScenario(department: "${department}", code: "${code}", reason: "职能划转") {
        scenario { endedAt } refusal { code message details } } }`,
    )
  ).data.endScenario;

describe('a scenario is not registered', () => {
  it('by the department that would ask under it', async () => {
    const { errors } = await administrator(REGISTER, { variables: { input: INSPECTION } });
    expect(errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    expect(await acts('scenario/housing/lift-inspection')).toEqual([]);
  });

  it.each([
    ['for a department that there is not', { department: 'nobody' }, 'DEPARTMENT_UNKNOWN'],
    ['under a code that the department has', { department: 'tax', code: 'arrears-recovery' }, 'SCENARIO_KNOWN'],
    ['under a name that the department has', { name: ' 人才住房配租 ' }, 'SCENARIO_KNOWN'],
    ['without a purpose', { purpose: ' ' }, 'SCENARIO_MALFORMED'],
    ['without a legal basis', { basis: [] }, 'SCENARIO_MALFORMED'],
    ['under a code that no header carries', { code: '电梯' }, 'SCENARIO_MALFORMED'],
    ['with a name that turns the direction of reading', { name: '电梯\u202E' }, 'SCENARIO_MALFORMED'],
  ])('%s', async (_what, terms, code) => {
    const { scenario, refusal } = await register(terms);
    expect([scenario, refusal.code]).toEqual([null, code]);
  });
});

describe('a scenario', () => {
  it('is registered by the authority, read by gateways, and ended; its code is not used again', async () => {
    expect((await register()).scenario).toEqual({ ...INSPECTION, endedAt: null });
    expect(await readScenarios()).toContain('housing|lift-inspection');
    expect((await end('housing', 'lift-inspection')).scenario.endedAt).not.toBeNull();
    expect(await readScenarios()).not.toContain('housing|lift-inspection');
    expect((await register()).refusal.code).toBe('SCENARIO_KNOWN');
    const list = async (ended: boolean) =>
      (
        await administrator(`{ scenarios(department: "housing", ended: ${ended}) { nodes { code } } }`)
      ).data.scenarios.nodes.map(({ code }: Loose) => code as string);
    expect([await list(false), await list(true)]).toEqual([
      expect.not.arrayContaining(['lift-inspection']),
      expect.arrayContaining(['lift-inspection']),
    ]);
    expect(await acts('scenario/housing/lift-inspection')).toEqual([
      expect.objectContaining({ act: 'REGISTER_SCENARIO', concerns: ['housing'], basis: INSPECTION.basis }),
      expect.objectContaining({ act: 'END_SCENARIO', reason: '职能划转' }),
    ]);
  });

  it('with live grants does not end, and keeps its purpose: the grants are named', async () => {
    const { refusal } = await end('tax', 'arrears-recovery');
    expect(refusal).toMatchObject({ code: 'SCENARIO_IN_USE', details: ['grant/D-0003'] });
    const widened = await change('arrears-recovery', { purpose: '任何用途' });
    expect(widened.refusal).toMatchObject({ code: 'SCENARIO_IN_USE', details: refusal.details });
    expect(await readScenarios()).toContain('tax|arrears-recovery');
  });

  it('with an open application does not end either', async () => {
    await register({ department: 'tax', code: 'refund-check', name: '退税核对' });
    await governance.rows(
      `insert into share_application (id, department, applicant, state, scenario, form, version, created_at, visible_to)
       values ('A-900001', 'tax', 'zhang.tao', 'SUBMITTED', 'refund-check', '{}', 1, now(), '{tax}')`,
    );
    expect((await end('tax', 'refund-check')).refusal.details).toEqual(['application/A-900001']);
    await governance.rows(`update share_application set state = 'CLOSED' where id = 'A-900001'`);
    expect((await end('tax', 'refund-check')).refusal).toBeNull();
  });

  it('gets another name and basis, on the record with what it was', async () => {
    const { scenario } = await change('arrears-recovery', { name: '欠缴税款追缴', basis: ['税收征收管理法 第四十条'] });
    expect(scenario).toEqual({
      name: '欠缴税款追缴',
      purpose: '联系欠税纳税人',
      basis: ['税收征收管理法 第四十条'],
    });
    expect((await change('arrears-recovery', { name: '纳税信用评价' })).refusal.code).toBe('SCENARIO_KNOWN');
    expect((await change('arrears-recovery', { purpose: '' })).refusal.code).toBe('SCENARIO_MALFORMED');
    expect((await change('nothing', { name: '无' })).refusal.code).toBe('SCENARIO_UNKNOWN');
    const [act, ...others] = await acts('scenario/tax/arrears-recovery');
    expect([act!['terms'], others]).toEqual([
      expect.objectContaining({ before: expect.objectContaining({ name: '欠税追缴' }) }),
      [],
    ]);
  });
});

describe('a department', () => {
  const changeDepartment = async (who: typeof authority, code: string, terms: object) =>
    (
      await who(
        `mutation ($change: DepartmentChange!) { changeDepartment(code: "${code}", change: $change, reason: "机构改革") {
          department { creditCode level parent roles } warning refusal { code message details } } }`,
        { variables: { change: terms } },
      )
    ).data?.changeDepartment;
  const registerDepartment = async (code: string, name: string, number: string, more: string) =>
    (
      await authority(`mutation { registerDepartment(input: { code: "${code}", name: "${name}",
        creditCode: "${creditCode('11', '330100', number)}", ${more} }) { refusal { code message } } }`)
    ).data.registerDepartment.refusal;

  it('does not change itself', async () => {
    expect(await changeDepartment(administrator, 'public-security', { roles: ['AUTHORITY'] })).toBeUndefined();
    expect(await acts('department/public-security')).toEqual([]);
  });

  it.each([
    ['a credit code with a wrong character', 'tax', { creditCode: '91110000802100433A' }, 'DEPARTMENT_MALFORMED'],
    ['no role', 'tax', { roles: [] }, 'DEPARTMENT_MALFORMED'],
    ['a parent that there is not', 'tax', { level: 'COUNTY', parent: 'nobody' }, 'DEPARTMENT_UNKNOWN'],
    ['itself as parent', 'tax', { level: 'COUNTY', parent: 'tax' }, 'LEVEL_WRONG'],
    ['a parent of no higher level', 'tax', { level: 'CITY', parent: 'audit' }, 'LEVEL_WRONG'],
    ['another name for nobody', 'nobody', { level: 'CITY' }, 'DEPARTMENT_UNKNOWN'],
  ])('does not get %s', async (_what, code, terms, refusal) => {
    expect((await changeDepartment(authority, code, terms)).refusal.code).toBe(refusal);
  });

  it('keeps a role on which permits or grants rest, and the authority its last one', async () => {
    const lost = await changeDepartment(authority, 'public-security', { roles: ['CONSUMER'] });
    expect(lost.refusal).toMatchObject({ code: 'ROLE_IN_USE', details: [expect.stringMatching(/^permit\/P-/)] });
    const consumer = await changeDepartment(authority, 'tax', { roles: ['AUDITOR'] });
    expect(consumer.refusal.details).toContain('grant/D-0003');
    const last = await changeDepartment(authority, 'data-bureau', { roles: ['PROVIDER', 'CONSUMER'] });
    expect(last.refusal.code).toBe('LAST_AUTHORITY');
  });

  it('gets roles, level, parent and credit code; its officers lose what it loses', async () => {
    await registerDepartment('changed-city', '变更市局', 'MB200001', 'level: CITY, roles: [CONSUMER]');
    await registerDepartment('changed', '变更局', 'MB200002', 'level: COUNTY, roles: [CONSUMER, AUDITOR]');
    await authority(
      'mutation { registerOfficer(input: { subject: "c.1", name: "吴一", department: "changed", roles: [CONSUMER, AUDITOR] }) { refusal { code } } }',
    );
    const code = creditCode('11', '330100', 'MB200003');
    const terms = { creditCode: code, parent: 'changed-city', roles: ['PROVIDER', 'CONSUMER'] };
    const { department } = await changeDepartment(authority, 'changed', terms);
    expect(department).toEqual({ ...terms, level: 'COUNTY' });
    expect(await governance.rows(`select roles from officer where subject = 'c.1'`)).toEqual([{ roles: ['consumer'] }]);
    expect((await acts('officer/c.1')).at(-1)).toMatchObject({ act: 'CHANGE_OFFICER', reason: '机构改革' });
    expect((await acts('department/changed')).at(-1)).toMatchObject({
      act: 'CHANGE_DEPARTMENT',
      concerns: ['changed'],
      terms: { before: { parent: null, roles: ['consumer', 'auditor'] } },
    });
    expect((await changeDepartment(authority, 'changed-city', { level: 'TOWNSHIP' })).refusal.code).toBe('LEVEL_WRONG');
    expect((await changeDepartment(authority, 'changed-city', { creditCode: code })).refusal.code).toBe(
      'DEPARTMENT_KNOWN',
    );
    expect((await changeDepartment(authority, 'changed', { parent: null })).department.parent).toBeNull();
  });

  it('of before 2016 has its credit code accepted as it is typed, and is told to compare it', async () => {
    const register = (number: string) =>
      authority(`mutation { registerDepartment(input: { code: "old-code", name: "旧码单位", creditCode: "${number}", level: CITY,
        roles: [CONSUMER] }) { department { creditCode } warning refusal { code } } }`);
    expect((await register('91110000802100434X')).data.registerDepartment.refusal.code).toBe('DEPARTMENT_MALFORMED');
    const typed = OLD_CREDIT_CODE.toLowerCase().replace(/^../, '$& ');
    expect((await register(typed)).data.registerDepartment).toEqual({
      department: { creditCode: OLD_CREDIT_CODE },
      warning: expect.stringContaining('before 2016'),
      refusal: null,
    });
    const valid = creditCode('11', '330100', 'MB200009');
    expect(await changeDepartment(authority, 'old-code', { creditCode: valid })).toMatchObject({ warning: null });
    expect(await changeDepartment(authority, 'old-code', { creditCode: OLD_CREDIT_CODE })).toMatchObject({
      department: { creditCode: OLD_CREDIT_CODE },
      warning: expect.stringContaining('certificate'),
    });
  });

  it('of the authority has its roles decided by another one, where there is one', async () => {
    const own = { roles: ['AUTHORITY', 'PROVIDER', 'CONSUMER', 'SECRECY_REVIEWER'] };
    await registerDepartment('second-authority', '第二主管局', 'MB200004', 'level: CITY, roles: [AUTHORITY]');
    await authority(
      'mutation { registerOfficer(input: { subject: "s.1", name: "吴二", department: "second-authority", roles: [AUTHORITY] }) { refusal { code } } }',
    );
    expect((await changeDepartment(authority, 'data-bureau', own)).refusal.code).toBe('OWN_CAUSE');
    const other = governance.as({ department: 'second-authority', person: 's.1', roles: ['authority'] });
    expect((await changeDepartment(other, 'data-bureau', own)).refusal).toBeNull();
  });
});
