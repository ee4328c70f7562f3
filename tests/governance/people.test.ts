import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { creditCode } from '../../shared/kernel/credit-code.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { ROLES, textIn } from '../../shared/kernel/index.js';
import { foldLookAlikes } from '../../subgraphs/governance/register/department/fold-look-alikes.rule.js';
import { findConflictOfInterest } from '../../subgraphs/governance/core/separation-of-duties.rule.js';
import { PERMISSION_TABLE } from '../../subgraphs/governance/core/permission-table.js';
import { cleanText, findTextProblem } from '../../subgraphs/governance/core/text.rule.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';

let governance: GovernanceUnderTest;
let authority: ReturnType<GovernanceUnderTest['as']>;
let leader: ReturnType<GovernanceUnderTest['as']>;
let administrator: ReturnType<GovernanceUnderTest['as']>;

beforeAll(async () => {
  const hashesOf = (subject: string) => [{ key: 'k1', hash: createHash('sha256').update(subject).digest('base64url') }];
  governance = await startGovernance(hashesOf, { profile: 'quanzhou' });
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  leader = governance.as({
    department: 'public-security',
    person: 'public-security.head',
    roles: ['provider', 'consumer'],
  });
  administrator = governance.as({ department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

const acts = (object: string) =>
  governance.rows(
    'select code, department, person, concerns, line from evidence.record where object = $1 order by position',
    [object],
  );

const REGISTER = `mutation ($input: DepartmentInput!) {
  registerDepartment(input: $input) { department { code name level parent } refusal { code message details } } }`;
const WATER = {
  code: 'water-bureau',
  name: '水利局',
  creditCode: creditCode('11', '330100', 'MB100001'),
  level: 'COUNTY',
  parent: 'data-bureau',
  roles: ['PROVIDER', 'CONSUMER'],
};
const register = async (change: object = {}) =>
  (await authority(REGISTER, { variables: { input: { ...WATER, ...change } } })).data.registerDepartment;
/** Registers a department that a test has for itself. */
const registerNew = async (code: string, name: string, number: string) => {
  const { department, refusal } = await register({ code, name, creditCode: creditCode('11', '330100', number) });
  expect(refusal).toBeNull();
  return department;
};
const registerOfficer = async (subject: string, department: string, role = 'PROVIDER') =>
  (
    await authority(`mutation { registerOfficer(input: {
      subject: "${subject}", name: "吴一", department: "${department}", roles: [${role}] }) {
      officer { subject department verifiedAt } refusal { code } } }`)
  ).data.registerOfficer;
const verifyOfficer = async (subject: string, reference: string) =>
  (
    await authority(`mutation { verifyOfficer(subject: "${subject}", reference: "${reference}") {
      officer { subject } refusal { code } } }`)
  ).data.verifyOfficer;

describe('a department is not registered', () => {
  it('by anybody but the authority', async () => {
    const { errors } = await leader(REGISTER, { variables: { input: WATER } });
    expect(errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    expect(await acts('department/water-bureau')).toEqual([]);
  });

  it.each([
    ['a credit code with one wrong character', { creditCode: '91110000802100433A' }, 'DEPARTMENT_MALFORMED'],
    ['a code with capitals', { code: 'Water' }, 'DEPARTMENT_MALFORMED'],
    ['a name that turns the direction of reading', { name: '水利\u202E局' }, 'DEPARTMENT_MALFORMED'],
    ['no role', { roles: [] }, 'DEPARTMENT_MALFORMED'],
    ['a parent of no higher level', { level: 'CITY' }, 'LEVEL_WRONG'],
    ['a parent that there is not', { parent: 'nobody' }, 'DEPARTMENT_UNKNOWN'],
    ['the code of another', { code: 'tax', name: '水利局' }, 'DEPARTMENT_KNOWN'],
    ['the name of another in wide forms and spaces', { name: '公 安 局' }, 'NAME_LOOKS_ALIKE'],
    ['the name of another with a radical for a character', { name: '⼈力资源和社会保障局' }, 'NAME_LOOKS_ALIKE'],
    ['the name of another with a character of its form', { name: '入力资源和社会保障局' }, 'NAME_LOOKS_ALIKE'],
  ])('with %s', async (_what, change, code) => {
    const { department, refusal } = await register(change);
    expect([department, refusal.code]).toEqual([null, code]);
  });

  it.each([
    ['a level', { level: 'VILLAGE' }, 'VILLAGE'],
    ['a role', { roles: ['KING'] }, 'KING'],
  ])('with %s that there is not', async (_what, change, named) => {
    const { data, errors } = await authority(REGISTER, { variables: { input: { ...WATER, ...change } } });
    expect([data?.registerDepartment ?? null, errors.length]).toEqual([null, 1]);
    expect(errors[0]?.message).toContain(named);
    expect(await acts('department/water-bureau')).toEqual([]);
  });

  it('and everything that is wrong is said at once', async () => {
    const { refusal } = await register({ code: 'X', name: ' ', creditCode: 'x', roles: [] });
    expect(refusal.details).toHaveLength(4);
  });
});

describe('a department', () => {
  it('is registered by the authority, and renamed to nothing that looks like another', async () => {
    const department = await registerNew('new-forestry', ' 林业局 ', 'MB100002');
    expect(department).toEqual({ code: 'new-forestry', name: '林业局', level: 'COUNTY', parent: 'data-bureau' });
    const rename = async (name: string) =>
      (
        await authority(`mutation { renameDepartment(code: "new-forestry", name: "${name}", basis: ["机构改革方案"]) {
        department { name formerNames { name until } } refusal { code } } }`)
      ).data.renameDepartment;
    expect((await rename('税务局。')).refusal.code).toBe('NAME_LOOKS_ALIKE');
    expect(await rename('林草局')).toMatchObject({
      department: { name: '林草局', formerNames: [{ name: '林业局', until: expect.any(String) }] },
    });
    expect((await rename('林草园林局')).department.formerNames).toMatchObject([{ name: '林业局' }, { name: '林草局' }]);
    expect((await acts('department/new-forestry')).map(({ code }) => code)).toEqual([
      'REGISTER_DEPARTMENT',
      'RENAME_DEPARTMENT',
      'RENAME_DEPARTMENT',
    ]);
  });

  it('refuses a system a name that the hub itself goes by', async () => {
    const register = 'mutation ($input: SystemInput!) { registerSystem(input: $input) { refusal { code } } }';
    for (const clientId of ['hub-multi-source-check', 'HUB-other']) {
      const input = { clientId, name: '冒名系统', department: 'tax' };
      const { data } = await authority(register, { variables: { input } });
      expect(data.registerSystem.refusal).toEqual({ code: 'SYSTEM_MALFORMED' });
    }
  });

  it('gets systems and officers, none with a role beyond its own (QZ-2.1)', async () => {
    showsPartOf('QZ-2.1');
    await registerNew('new-weather', '气象局', 'MB100003');
    const { data } = await authority(`mutation {
      system: registerSystem(input: { clientId: "weather-app", name: "预报系统", department: "new-weather" }) { system { clientId } }
      again: registerSystem(input: { clientId: "weather-app", name: "预报系统", department: "new-weather" }) { refusal { code } }
      beyond: registerOfficer(input: { subject: "w.1", name: "吴一", department: "new-weather", roles: [AUTHORITY] }) { refusal { code } }
    }`);
    expect([data.system.system.clientId, data.again.refusal.code, data.beyond.refusal.code]).toEqual([
      'weather-app',
      'SYSTEM_KNOWN',
      'ROLE_BEYOND_DEPARTMENT',
    ]);
    expect((await registerOfficer('w.1', 'new-weather')).officer).toEqual({
      subject: 'w.1',
      department: 'new-weather',
      verifiedAt: null,
    });
  });

  it.each([
    'http://board.example/in',
    'https://board.example/in#x',
    'https://user@board.example/in',
    'https://*.example/in',
    'https://board.example/a/../in',
    'javascript:alert(1)',
    '/in',
  ])('gets no system whose persons are sent back to %s', async (uri) => {
    const input = { clientId: 'water-board', name: '水情', department: 'water-bureau', redirectUris: [uri] };
    const { data } = await authority(
      'mutation ($input: SystemInput!) { registerSystem(input: $input) { refusal { code message } } }',
      { variables: { input } },
    );
    expect(data.registerSystem.refusal).toEqual({
      code: 'SYSTEM_MALFORMED',
      message: expect.stringContaining(uri),
    });
  });

  it('gets a system that runs in a browser, whose way of signing in can be changed, on the record', async () => {
    await registerNew('new-rivers', '河长办', 'MB100007');
    const input = { clientId: 'river-board', name: '水情看板', department: 'new-rivers', browser: true };
    const register =
      'mutation ($input: SystemInput!) { registerSystem(input: $input) { system { redirectUris browser } refusal { code } } }';
    expect((await authority(register, { variables: { input } })).data.registerSystem.refusal.code).toBe(
      'SYSTEM_MALFORMED',
    );
    const redirectUris = ['https://rivers.example/in', 'http://127.0.0.1:5173/in'];
    const { data } = await authority(register, { variables: { input: { ...input, redirectUris } } });
    expect(data.registerSystem.system).toEqual({ redirectUris, browser: true });
    const change = await authority(
      'mutation { changeSystemSignIn(clientId: "river-board", redirectUris: ["https://rivers.example/new"], browser: true, reason: "搬迁") { system { redirectUris } } }',
    );
    expect(change.data.changeSystemSignIn.system.redirectUris).toEqual(['https://rivers.example/new']);
    expect((await acts('system/river-board')).map(({ code }) => code)).toEqual(['REGISTER_SYSTEM', 'CHANGE_SYSTEM']);
  });

  it('has the operations that its system may run registered by the authority alone, each by its hash', async () => {
    const change = (who: typeof authority, documents: readonly string[], clientId = 'river-board') =>
      who(
        'mutation ($documents: [String!]!, $id: String!) { changeSystemDocuments(clientId: $id, documents: $documents, only: true, reason: "限定操作") { system { trustedDocuments trustedDocumentsOnly } refusal { code } } }',
        { variables: { documents, id: clientId } },
      );
    const hash = '0123456789abcdef'.repeat(4);
    expect((await change(administrator, [hash])).errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    for (const wrong of [[hash, hash], ['x'], [hash.toUpperCase()], Array.from({ length: 501 }, (_, i) => String(i))])
      expect((await change(authority, wrong)).data.changeSystemDocuments.refusal.code).toBe('SYSTEM_MALFORMED');
    expect((await change(authority, [hash], 'nobody')).data.changeSystemDocuments.refusal.code).toBe('SYSTEM_UNKNOWN');
    expect((await change(authority, [hash])).data.changeSystemDocuments).toEqual({
      system: { trustedDocuments: [hash], trustedDocumentsOnly: true },
      refusal: null,
    });
    expect((await acts('system/river-board')).at(-1)!.code).toBe('CHANGE_SYSTEM');
  });

  it('hands a system over to another department: it asks for that one from then on, without its old operations', async () => {
    await registerNew('new-rivers-2', '水务局', 'MB100008');
    const move = (who: typeof authority, department: string, clientId = 'river-board') =>
      who(
        `mutation { moveSystem(clientId: "${clientId}", department: "${department}", reason: "机构改革") { system { department trustedDocuments trustedDocumentsOnly } refusal { code } } }`,
      );
    expect((await move(administrator, 'new-rivers-2')).errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    expect((await move(authority, 'nobody')).data.moveSystem.refusal.code).toBe('DEPARTMENT_UNKNOWN');
    expect((await move(authority, 'new-rivers-2', 'nobody')).data.moveSystem.refusal.code).toBe('SYSTEM_UNKNOWN');
    expect((await move(authority, 'new-rivers-2')).data.moveSystem).toEqual({
      system: { department: 'new-rivers-2', trustedDocuments: [], trustedDocumentsOnly: false },
      refusal: null,
    });
    expect((await acts('system/river-board')).at(-1)).toMatchObject({
      code: 'CHANGE_SYSTEM',
      concerns: ['new-rivers', 'new-rivers-2'],
    });
  });

  it.each(['sharehub-graphiql', 'ShareHub.page', 'sharehub'])('gets no system with the reserved id %s', async (id) => {
    const { data } = await authority(
      `mutation { registerSystem(input: { clientId: "${id}", name: "水情", department: "water-bureau" }) { refusal { code } } }`,
    );
    expect(data.registerSystem).toEqual({ refusal: { code: 'SYSTEM_MALFORMED' } });
  });
});

const APPOINT = `mutation ($input: AppointmentInput!) { appoint(input: $input) {
  appointment { id officer post untilAt } predecessor { officer untilAt } refusal { code clause } } }`;
const appoint = async (who: typeof authority, input: object) =>
  (await who(APPOINT, { variables: { input } })).data?.appoint;

describe('a post', () => {
  const ADMINISTRATOR = { officer: 'lin.jun', department: 'public-security', post: 'DATA_ADMINISTRATOR' };

  it('is filled by neither an administrator nor the leader of another department', async () => {
    expect((await administrator(APPOINT, { variables: { input: ADMINISTRATOR } })).errors[0]?.extensions.code).toBe(
      'OPERATION_DENIED',
    );
    const other = governance.as({ department: 'tax', person: 'tax.head', roles: ['consumer'] });
    expect((await appoint(other, ADMINISTRATOR)).refusal.code).toBe('OTHER_DEPARTMENT');
  });

  it('is not filled with a person of another department, or one not verified by real name (QZ-9.2c)', async () => {
    shows('QZ-9.2c');
    expect((await appoint(leader, { ...ADMINISTRATOR, officer: 'li.na' })).refusal.code).toBe('OFFICER_UNKNOWN');
    await registerNew('new-seismology', '地震局', 'MB100004');
    await registerOfficer('w.2', 'new-seismology');
    const unverified = { officer: 'w.2', department: 'new-seismology', post: 'CONTACT' };
    expect((await appoint(authority, unverified)).refusal).toEqual({ code: 'REAL_NAME_UNVERIFIED', clause: 'QZ-9.2c' });
    expect((await verifyOfficer('w.2', '330102197501067411')).refusal.code).toBe('OFFICER_MALFORMED');
    expect((await verifyOfficer('w.2', '核验单 2026-001')).refusal).toBeNull();
    expect((await appoint(authority, unverified)).appointment.officer).toBe('w.2');
  });

  it('of the data administrator changes hands only with a notice, of which the authority learns (QZ-9.2e)', async () => {
    showsPartOf('QZ-9.2e');
    expect((await appoint(leader, ADMINISTRATOR)).refusal).toEqual({ code: 'NOTICE_REQUIRED', clause: 'QZ-9.2e' });
    const version = async () => Number((await governance.rows('select version from read_model'))[0]!['version']);
    const before = await version();
    const { appointment, predecessor } = await appoint(leader, { ...ADMINISTRATOR, notice: '公人〔2026〕7号' });
    expect(await version()).toBeGreaterThan(before);
    expect([appointment.officer, predecessor]).toEqual([
      'lin.jun',
      { officer: 'zhao.lei', untilAt: expect.any(String) },
    ]);
    const [act] = await acts(`appointment/${appointment.id}`);
    expect(act).toMatchObject({ code: 'APPOINT', person: 'public-security.head', concerns: ['data-bureau'] });
    const { data } = await leader('{ appointments(ended: true, first: 100) { nodes { officer post department } } }');
    const held = data.appointments.nodes.filter(({ post }: { post: string }) => post === 'DATA_ADMINISTRATOR');
    expect(held.map(({ officer }: { officer: string }) => officer)).toEqual(['zhao.lei', 'lin.jun']);
    expect(new Set(data.appointments.nodes.map(({ department }: { department: string }) => department))).toEqual(
      new Set(['public-security']),
    );
    await appoint(leader, { ...ADMINISTRATOR, officer: 'zhao.lei', notice: '公人〔2026〕8号' });
  });

  it('is lost by a person who moves to another department: one acts for one at a time', async () => {
    await registerNew('new-archives', '档案局', 'MB100005');
    await registerOfficer('w.3', 'new-archives');
    await verifyOfficer('w.3', '核验单 2026-002');
    await appoint(authority, { officer: 'w.3', department: 'new-archives', post: 'CONTACT' });
    const holders = async () =>
      (await authority('{ appointments(department: "new-archives") { nodes { officer } } }')).data.appointments.nodes;
    expect(await holders()).toEqual([{ officer: 'w.3' }]);
    expect((await registerOfficer('w.3', 'tax', 'CONSUMER')).officer.verifiedAt).not.toBeNull();
    expect(await holders()).toEqual([]);
  });
});

describe('a person who leaves', () => {
  const grants = () => governance.rows(`select id, persons from share_grant where id like 'N-%' order by id`);
  const change = async (who: typeof authority, mutation: string) =>
    (await who(`mutation { done: ${mutation} { refusal { code message } } }`)).data.done;
  const give = (id: string, persons: string[]) =>
    governance.rows(
      `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis, persons)
       values ($1, 'tax', 'arrears-recovery', 'QUERY', '["Resident.phone"]', now(), now() + '1 day', 'x', '[]', $2)`,
      [id, JSON.stringify(persons)],
    );
  const register = (subject: string, department: string, more = '') =>
    change(
      authority,
      `registerOfficer(input: { subject: "${subject}", name: "吴一", department: "${department}", roles: [CONSUMER] ${more} })`,
    );
  beforeAll(async () => {
    await governance.rows('delete from share_grant where id like $1', ['N-%']);
    for (const subject of ['leaver.1', 'leaver.2', 'leaver.3']) {
      await register(subject, 'tax');
      await verifyOfficer(subject, '核验单 2026-003');
    }
  });

  it('loses posts and rights given by name, each end on the record with its reason, and gets none back', async () => {
    await appoint(authority, { officer: 'leaver.1', department: 'tax', post: 'DESIGNATED_PERSON' });
    await give('N-1', ['leaver.1', '*CONTACT']);
    await give('N-2', ['leaver.1']);
    await register('leaver.1', 'housing', ', reason: "轮岗"');
    await register('leaver.1', 'tax');
    expect(await grants()).toEqual([
      { id: 'N-1', persons: ['*CONTACT'] },
      { id: 'N-2', persons: [] },
    ]);
    const [post] = await governance.rows(`select id, until_at from appointment where officer = 'leaver.1'`);
    expect(post!['until_at']).not.toBeNull();
    const ended = (await acts(`appointment/${post!['id']}`)).at(-1)!;
    expect([ended['code'], JSON.parse(ended['line'] as string)]).toEqual([
      'END_APPOINTMENT',
      expect.objectContaining({ reason: '轮岗', concerns: ['tax'] }),
    ]);
    const moved = (await acts('officer/leaver.1')).filter(({ code }) => code === 'CHANGE_OFFICER')[0]!;
    expect(JSON.parse(moved['line'] as string)).toMatchObject({
      reason: '轮岗',
      terms: { department: 'housing', lost: ['grant/N-1', 'grant/N-2'] },
    });
  });

  it('their post, loses the rights given by name with it; the end needs a reason', async () => {
    const { appointment } = await appoint(authority, {
      officer: 'leaver.2',
      department: 'tax',
      post: 'DESIGNATED_PERSON',
    });
    await give('N-3', ['leaver.2']);
    const end = (reason: string) =>
      change(authority, `endAppointment(id: "${appointment.id}", notice: "税人〔2026〕1号", reason: "${reason}")`);
    expect((await end(' ')).refusal.code).toBe('GROUNDS_MALFORMED');
    expect((await end('轮岗')).refusal).toBeNull();
    expect((await grants()).at(-1)).toEqual({ id: 'N-3', persons: [] });
  });

  it('is suspended without posts and without the rights given by name, also when let in again', async () => {
    await appoint(authority, { officer: 'leaver.3', department: 'tax', post: 'DESIGNATED_PERSON' });
    await give('N-4', ['leaver.3']);
    await change(authority, 'suspendOfficer(subject: "leaver.3", reason: "离职")');
    await change(authority, 'resumeOfficer(subject: "leaver.3")');
    expect((await grants()).at(-1)).toEqual({ id: 'N-4', persons: [] });
    const rows = await governance.rows(`select 1 from appointment where officer = 'leaver.3' and until_at is null`);
    expect(rows).toEqual([]);
  });

  it('has no power of a former post, whatever ended it', async () => {
    const fill = (person: string) => governance.as({ department: 'public-security', person, roles: ['provider'] });
    const mayFill = async (person: string) => (await fill(person)(APPOINT, { variables: { input: {} } })).errors[0]!;
    const POST = `officer = 'public-security.leader' and post = 'LEADER_IN_CHARGE'`;
    expect((await mayFill('public-security.leader')).extensions.code).not.toBe('OPERATION_DENIED');
    for (const [end, undo] of [
      [`update appointment set until_at = now() where ${POST}`, `update appointment set until_at = null where ${POST}`],
      [
        `update officer set suspended = true where subject = 'public-security.leader'`,
        `update officer set suspended = false where subject = 'public-security.leader'`,
      ],
    ] as const) {
      await governance.rows(end);
      const { data, errors } = await fill('public-security.leader')(APPOINT, {
        variables: { input: { officer: 'lin.jun', department: 'public-security', post: 'CONTACT' } },
      });
      expect([data?.appoint ?? null, errors[0]?.extensions.code]).toEqual([null, 'OPERATION_DENIED']);
      await governance.rows(undo);
    }
  });
});

describe('the authority', () => {
  const register = async (who: typeof authority, subject: string, department: string, roles: string) =>
    (
      await who(`mutation { registerOfficer(input: { subject: "${subject}", name: "甲", department: "${department}",
        roles: [${roles}] }) { officer { subject } refusal { code } } }`)
    ).data.registerOfficer;

  it('is never left without a person: the last one is neither moved, nor deprived of the role, nor suspended', async () => {
    const second = governance.as({ department: 'data-bureau', person: 'xu.fang', roles: ['authority'] });
    expect((await register(authority, 'wang.min', 'tax', 'CONSUMER')).refusal.code).toBe('OWN_CAUSE');
    expect((await register(second, 'wang.min', 'tax', 'CONSUMER')).refusal).toBeNull();
    expect((await register(second, 'xu.fang', 'tax', 'CONSUMER')).refusal.code).toBe('LAST_AUTHORITY');
    expect((await register(second, 'xu.fang', 'data-bureau', 'PROVIDER')).refusal.code).toBe('LAST_AUTHORITY');
    const { data } = await second(`mutation {
      suspendOfficer(subject: "xu.fang") { refusal { code } }
      suspendDepartment(code: "data-bureau") { refusal { code } } }`);
    expect([data.suspendOfficer.refusal.code, data.suspendDepartment.refusal.code]).toEqual([
      'LAST_AUTHORITY',
      'LAST_AUTHORITY',
    ]);
    await register(second, 'wang.min', 'data-bureau', 'AUTHORITY, OPERATOR');
  });

  it('is no system on its own behalf: it changes no officer and appoints nobody', async () => {
    const system = governance.as({ department: 'data-bureau', system: 'data-bureau-console', roles: ['authority'] });
    const { errors } = await system(`mutation { suspendOfficer(subject: "li.na") { refusal { code } } }`);
    expect(errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    const { errors: sealing } = await system(`mutation { sealUses(input: { department: "tax", reason: "x",
      until: "2030-01-01T00:00:00Z", basis: ["x"] }) { refusal { code } } }`);
    expect(sealing[0]?.extensions.code).toBe('OPERATION_DENIED');
  });

  it.each([
    ['*DATA_ADMINISTRATOR', 'OFFICER_MALFORMED'],
    ['@li.na', 'OFFICER_MALFORMED'],
    ['sharehub', 'OFFICER_MALFORMED'],
    ['li na', 'OFFICER_MALFORMED'],
    ['li.na\u200b', 'OFFICER_MALFORMED'],
    ['lі.na', 'OFFICER_MALFORMED'],
    ['ｌi.na', 'OFFICER_MALFORMED'],
    ['x'.repeat(101), 'OFFICER_MALFORMED'],
    ['1i.na', 'NAME_LOOKS_ALIKE'],
    ['LI.NA', 'NAME_LOOKS_ALIKE'],
    ['tax-app', 'NAME_LOOKS_ALIKE'],
  ])('registers no officer called %j', async (subject, code) => {
    expect((await register(authority, subject, 'tax', 'CONSUMER')).refusal.code).toBe(code);
  });

  it.each(['li.na', 'TAX-APP', 'tax-aрp', '*authority'])('registers no system called %j', async (id) => {
    const { data } = await authority(
      `mutation { registerSystem(input: { clientId: "${id}", name: "水情", department: "tax" }) { refusal { code } } }`,
    );
    expect(['NAME_LOOKS_ALIKE', 'SYSTEM_MALFORMED']).toContain(data.registerSystem.refusal.code);
  });
});

describe('a function of a department', () => {
  const add = (department: string) => `mutation { addDuty(department: "${department}", name: "出入境管理",
    legalSource: "出境入境管理法 第四条") { duty { id department } refusal { code } } }`;

  it('is stated by the department itself, with its legal source', async () => {
    expect((await administrator(add('tax'))).data.addDuty.refusal.code).toBe('OTHER_DEPARTMENT');
    const { id } = (await administrator(add('public-security'))).data.addDuty.duty;
    expect((await administrator(add('public-security'))).data.addDuty.refusal.code).toBe('DUTY_KNOWN');
    expect((await acts(`duty/${id}`))[0]?.['line']).toContain('出境入境管理法 第四条');
    const foreign = governance.as({ department: 'tax', person: 'zhang.tao', roles: ['consumer'] });
    expect((await foreign(`mutation { endDuty(id: "${id}") { refusal { code } } }`)).data.endDuty.refusal.code).toBe(
      'DUTY_UNKNOWN',
    );
    await administrator(`mutation { endDuty(id: "${id}", reason: "职能划转") { duty { id } } }`);
    const { data } = await foreign('{ duties(department: "public-security") { nodes { id name legalSource } } }');
    expect(data.duties.nodes.map((one: { id: string }) => one.id)).toEqual(['Z-D003', 'Z-D004']);
  });
});

describe('the demo', () => {
  it('has in each department the posts that any profile asks for, and functions with legal sources', async () => {
    const rows = await governance.rows(`select code,
      (select array_agg(distinct post) from appointment where department = code and until_at is null) as posts,
      (select count(*)::int from duty where department = code and ended_at is null and legal_source <> '') as duties
      from department where roles ?| array['provider', 'consumer'] and code not like 'new-%'`);
    for (const { posts, duties } of rows) {
      expect(posts).toHaveLength(6);
      expect(duties).toBeGreaterThan(0);
    }
  });
});

describe('rules', () => {
  it('hold every power for roles that there are, and none for nobody', () => {
    for (const { roles } of Object.values(PERMISSION_TABLE)) {
      expect(roles.length).toBeGreaterThan(0);
      expect(roles.every((role) => ROLES.includes(role))).toBe(true);
    }
  });

  it('let nobody decide his own cause, whoever he is', () => {
    const department = fc.constantFrom('a', 'b');
    const asking = fc.record({ department, persons: fc.subarray(['p', 'q']) });
    const acting = fc.record({ department, person: fc.constantFrom('p', 'q', undefined) });
    fc.assert(
      fc.property(asking, acting, fc.boolean(), (asked, decides, within) => {
        const free = findConflictOfInterest(asked, decides, within) === undefined;
        const took = decides.person !== undefined && asked.persons.includes(decides.person);
        const other = asked.department !== decides.department;
        return free === (!took && (other || (within && decides.person !== undefined)));
      }),
    );
  });

  it('clean a text once and for all, and refuse what cannot be seen', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => cleanText(cleanText(text)) === cleanText(text)));
    for (const text of ['a\u0000b', '甲\u200B乙', '\u2066甲', 'a\nb', ' ', '\uE000'])
      expect(findTextProblem('name', text)).toBeDefined();
    expect(findTextProblem('name', '甲\n乙', { lines: true })).toBeUndefined();
    expect(textIn(findTextProblem('name', '字'.repeat(501))!, 'en')).toMatch(/longer/);
  });

  it('see through width, case, punctuation and letters of other scripts', () => {
    expect(foldLookAlikes('Ｔax-Office')).toBe(foldLookAlikes('tах office'));
    expect(foldLookAlikes('公安局')).not.toBe(foldLookAlikes('公交局'));
  });
});

describe('one person with two accounts', () => {
  const NUMBER = identityNumber('330102', '19850307', 12);
  const register = async (subject: string, department: string, role: string, number?: string) =>
    (
      await authority(
        `mutation ($number: String) { registerOfficer(input: { subject: "${subject}", name: "两号", department: "${department}",
          roles: [${role}], identityNumber: $number }) { officer { subject person } refusal { code message } } }`,
        { variables: { number } },
      )
    ).data.registerOfficer;
  const verify = async (subject: string, number: string, who = authority) =>
    (
      await who(
        `mutation ($number: String) { verifyOfficer(subject: "${subject}", reference: "核验9", identityNumber: $number) {
          officer { subject person } refusal { code } } }`,
        { variables: { number } },
      )
    ).data.verifyOfficer;

  it('is not registered twice, in whatever way the number is typed, and the number is kept nowhere', async () => {
    expect((await register('twice.one', 'tax', 'CONSUMER', NUMBER)).officer.person).toBeNull();
    for (const typed of [NUMBER, ` ${NUMBER.toLowerCase()} `]) {
      const { refusal } = await register('second.one', 'housing', 'CONSUMER', typed);
      expect(refusal).toMatchObject({ code: 'PERSON_KNOWN', message: expect.stringContaining('twice.one of tax') });
    }
    expect((await register('third.one', 'housing', 'CONSUMER', '330102198503071234')).refusal.code).toBe(
      'OFFICER_MALFORMED',
    );
    const other = identityNumber('330102', '19850307', 14);
    expect((await register('twice.one', 'tax', 'CONSUMER', other)).refusal.code).toBe('OFFICER_MALFORMED');
    const kept = await governance.rows(
      `select (select string_agg(officer::text, '') from officer) || (select string_agg(line, '') from evidence.record) as text`,
    );
    expect(kept[0]!['text']).not.toContain(NUMBER.slice(0, 14));
  });

  it('is one person again after the first account was suspended, and for those who compare documents', async () => {
    await authority(`mutation { suspendOfficer(subject: "twice.one", reason: "离职") { refusal { code } } }`);
    expect((await register('second.one', 'public-security', 'PROVIDER', NUMBER)).officer.person).toBe('twice.one');
    expect((await register('third.one', 'housing', 'CONSUMER')).officer.person).toBeNull();
    expect((await verify('third.one', NUMBER)).officer.person).toBe('twice.one');
    const own = governance.as({ department: 'data-bureau', person: 'third.one', roles: ['authority'] });
    expect((await verify('second.one', NUMBER, own)).refusal.code).toBe('OWN_CAUSE');
    const stopped = `mutation { suspendOfficer(subject: "second.one", reason: "离职") { refusal { code } } }`;
    expect((await own(stopped)).data.suspendOfficer.refusal.code).toBe('OWN_CAUSE');
  });

  it('does not decide under one what they asked for under the other', async () => {
    const [duty] = await governance.rows(`select id from duty where department = 'housing' limit 1`);
    const housing = governance.as({ department: 'housing', person: 'third.one', roles: ['consumer'] });
    const input = {
      ...{ scenario: 'public-rental-review', mode: 'QUERY', coordinates: ['Resident.phone'], duty: duty!['id'] },
      ...{ need: '核对', reason: '审核', use: '审核', uses: ['VERIFICATION'], scopeOfUse: '住房保障处' },
      ...{ securityMeasures: '专机', contactName: '李娜', contactPhone: '0571-80000000' },
    };
    const started = await housing(
      `mutation ($input: ApplicationInput!) { startApplication(input: $input) { application { id version } } }`,
      { variables: { input } },
    );
    const { id, version } = started.data.startApplication.application;
    await governance.rows(
      `update appointment set officer = 'third.one' where department = 'housing' and post = 'DATA_ADMINISTRATOR'`,
    );
    const sent = await housing(
      `mutation { submitApplication(id: "${id}", version: ${version}) { application { reviews { id version } } refusal { code } } }`,
    );
    expect(sent.data.submitApplication.refusal).toBeNull();
    const [review] = sent.data.submitApplication.application.reviews;
    const decideAs = async (person: string) =>
      (
        await governance.as({ department: 'public-security', person, roles: ['provider'] })(
          `mutation { decideApplication(review: "${review.id}", version: ${review.version}, decision: { verdict: AGREE }) {
            refusal { code } } }`,
        )
      ).data.decideApplication.refusal?.code;
    expect(await decideAs('second.one')).toBe('SAME_PERSON');
    expect(await decideAs('zhao.lei')).toBeUndefined();
  });
});
