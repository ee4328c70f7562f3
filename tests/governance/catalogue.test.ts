import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSnapshot } from '../../shared/read-model/read-snapshot.js';
import type { Role } from '../../shared/kernel/index.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;

const DAY = 86_400_000;
/** Tuesday before the Spring Festival of 2026, noon in China; the clock of the hub under test. */
let clock = Date.parse('2026-02-10T04:00:00Z');
const sdl = new Map<string, string>();

const clinic = (items: string, type = 'CONDITIONAL') => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
    @link(url: "https://sharehub.dev/share/v1.0", import: ["@resource", "@share", "@basic", "@subject"])
  "就诊记录" type Visit @resource(code: "202001/000001", name: "门诊就诊信息", provider: "medical-security", library: "HEALTH",
    category: "主题类", updateCycle: "DAILY") @share(type: ${type}, basis: ["基本医疗卫生与健康促进法 第四十九条"], condition: "办理医疗救助")
    @key(fields: "id") { "就诊编号" id: ID! ${items} }
  type Query { visit(id: ID!): Visit @share(type: UNCONDITIONAL) }`;
const DIAGNOSIS = '"诊断名称" diagnosis: String';
const DETAILS = `{ abstract: "门诊就诊记录", shareScope: "民政部门", openness: NOT_OPEN, opennessBasis: ["个人信息保护法 第十条"],
  timeliness: "次日", collectionScope: "全市定点医疗机构", securityGrade: "3", duty: "Z-D010",
  items: [{ coordinate: "Visit.diagnosis", length: 200, reason: "涉及健康信息" }, { coordinate: "Visit.id", reason: "涉及健康信息" }] }`;

let governance: GovernanceUnderTest;
let [administrator, leader, secrecy, authority, other]: Ask[] = [];

beforeAll(async () => {
  governance = await startGovernance(undefined, {
    profile: 'hangzhou',
    now: () => clock,
    readSdl: async (name) => sdl.get(name),
  });
  const medical = (person: string) =>
    governance.as({ department: 'medical-security', person, roles: ['provider', 'consumer'] });
  administrator = medical('luo.xin');
  leader = medical('medical-security.leader');
  secrecy = medical('medical-security.contact');
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  other = governance.as({ department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

const CODE = '202001/000001';
const BACK =
  '{ resource { version revision state } findings { code severity at clauses } refusal { code clause details } }';
/** Does an act on the entry at the version it has now. */
async function act(who: Ask | undefined, text: string, version?: number, code = CODE): Promise<Loose> {
  const { data, errors } = await who!(
    `mutation { done: ${text.replace('$v', `code: "${code}", version: ${version ?? (await current(code))}`)} ${BACK} }`,
  );
  return data?.done ?? { denied: errors[0]?.extensions.code };
}
async function current(code = CODE): Promise<number> {
  const rows = await governance.rows(
    `select version from catalogue_resource where code = $1 and superseded_at is null order by revision desc limit 1`,
    [code],
  );
  return rows[0]?.['version'] as number;
}
const register = async (who: Ask | undefined) =>
  (
    await who!(
      'mutation { registerCatalogue(subgraph: "clinic") { created changed unchanged problems refusal { code } } }',
    )
  ).data?.registerCatalogue;
const published = async () => {
  const rows = await governance.rows(
    'select coordinate, share_type from published_item where resource = $1 order by 1',
    [CODE],
  );
  return rows.map((row) => `${row['coordinate']} ${row['share_type']}`);
};

describe('a schema is not taken into the catalogue', () => {
  it('of a subgraph that there is not, that is no schema, or of another department', async () => {
    expect((await register(administrator)).refusal.code).toBe('SUBGRAPH_UNKNOWN');
    sdl.set('clinic', 'type {');
    expect((await register(administrator)).refusal.code).toBe('SDL_MALFORMED');
    sdl.set('clinic', clinic(DIAGNOSIS));
    expect((await register(other)).refusal.code).toBe('OTHER_DEPARTMENT');
    const consumer = governance.as({ department: 'housing', person: 'li.na', roles: ['consumer'] });
    const { errors } = await consumer('mutation { registerCatalogue(subgraph: "clinic") { created } }');
    expect(errors[0]?.extensions.code).toBe('OPERATION_DENIED');
    expect(await governance.rows('select from catalogue_resource where code = $1', [CODE])).toEqual([]);
  });

  it('where it claims an item that another provider has (HZ-3.1a)', async () => {
    shows('HZ-3.1a');
    sdl.set(
      'copycat',
      clinic(DIAGNOSIS)
        .replaceAll('Visit', 'Resident')
        .replaceAll('202001/000001', '202009/000001')
        .replace(DIAGNOSIS, 'phone: String'),
    );
    const { data } = await administrator!('mutation { registerCatalogue(subgraph: "copycat") { created problems } }');
    expect(data.registerCatalogue.problems.join()).toMatch(
      /Resident\.phone is an item of 101001\/000001 of public-security already.*HZ-3.1a/,
    );
    const rows = await governance.rows(`select coordinate from catalogue_item where code = '202009/000001'`);
    expect(rows.map((row) => row['coordinate'])).toEqual(['Resident.id']);
  });
});

describe('an entry from a schema', () => {
  it('is a draft that nobody else sees and that is not in force', async () => {
    expect(await register(administrator)).toEqual({
      created: [CODE, 'interface/clinic/medical-security'],
      changed: [],
      unchanged: [],
      problems: [],
      refusal: null,
    });
    expect((await register(administrator)).unchanged).toHaveLength(2);
    const seen = async (who: Ask | undefined) =>
      (await who!(`{ catalogueResource(id: "${CODE}@1") { state items { name dataType sdlType shareType } } }`)).data
        .catalogueResource;
    expect(await seen(administrator)).toEqual({
      state: 'DRAFT',
      items: [
        { name: '诊断名称', dataType: 'C', sdlType: 'String', shareType: 'CONDITIONAL' },
        { name: '就诊编号', dataType: 'C', sdlType: 'ID!', shareType: 'CONDITIONAL' },
      ],
    });
    expect([await seen(other), await published()]).toEqual([null, []]);
  });

  it('cannot be submitted while anything is missing; all of it is told at once, and nothing is lost (HZ-5.1b)', async () => {
    shows('HZ-5.1b');
    const { refusal, findings } = await act(administrator, 'submitResource($v)');
    expect([refusal.code, refusal.clause]).toEqual(['RESOURCE_INCOMPLETE', 'HZ-5.1b']);
    expect(findings.filter(({ code }: Loose) => code === 'ATTRIBUTE_MISSING').map(({ at }: Loose) => at)).toEqual([
      'SHARE_SCOPE',
      'TIMELINESS',
      'OPENNESS',
    ]);
  });

  it('is edited by nobody but its own department, and never with a state secret (HZ-5.3a, HZ-7.3b)', async () => {
    shows('HZ-5.3a', 'HZ-7.3b');
    expect((await act(other, `describeResource($v, details: { theme: "x" })`)).refusal.code).toBe('OTHER_DEPARTMENT');
    expect(await act(leader, `describeResource($v, details: { theme: "x" })`)).toEqual({ denied: 'OPERATION_DENIED' });
    const secret = await act(administrator, `describeResource($v, details: { theme: "x", securityGrade: "机密" })`);
    expect([secret.refusal.code, secret.refusal.clause]).toEqual(['STATE_SECRET', 'HZ-7.3b']);
    expect(
      (await act(administrator, `describeResource($v, details: { items: [{ coordinate: "Visit.none", length: 1 }] })`))
        .refusal.code,
    ).toBe('ITEM_UNKNOWN');
    expect((await act(administrator, `describeResource($v, details: { duty: "Z-D001" })`)).refusal.code).toBe(
      'DUTY_UNKNOWN',
    );
    expect(
      (
        await act(
          administrator,
          `describeResource($v, details: { items: [{ coordinate: "Visit.id", shareType: UNCONDITIONAL }] })`,
        )
      ).refusal.code,
    ).toBe('RESOURCE_MALFORMED');
    expect(
      await governance.rows('select theme, security_grade from catalogue_resource where code = $1', [CODE]),
    ).toEqual([{ theme: null, security_grade: null }]);
  });

  it('cannot be submitted by a department without the posts that the law asks for (HZ-9.1b)', async () => {
    shows('HZ-9.2b');
    await act(administrator, `describeResource($v, details: ${DETAILS})`);
    await governance.rows(
      `update appointment set until_at = from_at where department = 'medical-security' and post = 'SECRECY_PERSON'`,
    );
    const { refusal } = await act(administrator, 'submitResource($v)');
    expect([refusal.code, refusal.clause]).toEqual(['POSTS_VACANT', 'HZ-9.2b']);
    await governance.rows(
      `update appointment set until_at = null where department = 'medical-security' and post = 'SECRECY_PERSON'`,
    );
  });

  it('is submitted, and is not published unreviewed (HZ-5.2b, HZ-5.4c)', async () => {
    shows('HZ-5.2b', 'HZ-5.4c');
    expect((await act(administrator, 'submitResource($v)')).resource.state).toBe('SUBMITTED');
    expect((await act(authority, 'publishResource($v)')).refusal.code).toBe('STATE_UNFIT');
    expect((await act(administrator, `describeResource($v, details: { theme: "x" })`)).refusal.code).toBe(
      'STATE_UNFIT',
    );
  });

  it('is reviewed step by step, by nobody in his own cause, and not on a version that has passed', async () => {
    shows('HZ-5.3c');
    const review = 'reviewResource($v, approve: true)';
    expect((await act(authority, review)).refusal).toMatchObject({ code: 'STEP_OF_ANOTHER', clause: 'HZ-5.3c' });
    expect(await act(administrator, review)).toEqual({ denied: 'OPERATION_DENIED' });
    const civil = governance.as({ department: 'civil-affairs', person: 'civil-affairs.leader', roles: ['provider'] });
    expect((await act(civil, review)).refusal.code).toBe('STEP_OF_ANOTHER');
    const stale = await current();
    expect((await act(leader, review)).resource.state).toBe('SUBMITTED');
    const late = await act(authority, review, stale);
    expect(late.refusal.code).toBe('STALE_VERSION');
    expect(late.refusal.details.join()).toContain('medical-security.leader: REVIEW_RESOURCE');
    expect((await act(authority, 'reviewResource($v, approve: false)')).refusal.code).toBe('REASON_MISSING');
    expect((await act(authority, 'reviewResource($v, approve: false, reason: "写明共享范围")')).resource.state).toBe(
      'CHANGES_REQUESTED',
    );
    await act(administrator, 'submitResource($v)');
    await act(leader, review);
    expect((await act(authority, review)).resource.state).toBe('APPROVED');
  });

  it('is not published without the examination of secrecy of its own unit (HZ-7.3a)', async () => {
    shows('HZ-7.3a');
    expect((await act(authority, 'publishResource($v)')).refusal).toMatchObject({
      code: 'SECRECY_REVIEW_MISSING',
      clause: 'HZ-7.3a, HZ-9.2b',
    });
    expect(await act(administrator, 'examineSecrecy($v, approve: true)')).toEqual({ denied: 'OPERATION_DENIED' });
    expect((await act(secrecy, 'examineSecrecy($v, approve: true)')).refusal).toBeNull();
  });

  it('is in force once published, in the read model too, and every department finds it', async () => {
    const query = (text: string, values?: readonly unknown[]) => governance.rows(text, values as unknown[]);
    const before = await readSnapshot(query);
    expect(await act(administrator, 'publishResource($v)')).toEqual({ denied: 'OPERATION_DENIED' });
    expect((await act(authority, 'publishResource($v)')).resource).toMatchObject({ state: 'PUBLISHED', revision: 1 });
    expect(await published()).toEqual(['Visit.diagnosis CONDITIONAL', 'Visit.id CONDITIONAL']);
    expect((await readSnapshot(query, before)).version).toBeGreaterThan(before.version);
    const { data } = await other!(
      `{ searchCatalogue(text: "门诊诊断") { nodes { near item { name } resource { code name } } } }`,
    );
    expect(data.searchCatalogue.nodes[0]).toEqual({
      near: false,
      item: { name: '诊断名称' },
      resource: { code: CODE, name: '门诊就诊信息' },
    });
  });

  it('has a history of who, when and why, for its department and the authority (HZ-5.2b, HZ-5.3c)', async () => {
    shows('HZ-5.2b', 'HZ-5.3c');
    const history = async (who: Ask | undefined) =>
      (
        await who!(
          `{ catalogueHistory(code: "${CODE}") { nodes { act person toState reason attributes { attribute before after } } } }`,
        )
      ).data.catalogueHistory.nodes;
    expect(await history(other)).toEqual([]);
    const steps = await history(administrator);
    expect(steps.map((step: Loose) => `${step.act} ${step.person} ${step.toState}`)).toEqual([
      'REGISTER_CATALOGUE luo.xin DRAFT',
      'DESCRIBE_RESOURCE luo.xin DRAFT',
      'SUBMIT_RESOURCE luo.xin SUBMITTED',
      'REVIEW_RESOURCE medical-security.leader SUBMITTED',
      'REVIEW_RESOURCE wang.min CHANGES_REQUESTED',
      'SUBMIT_RESOURCE luo.xin SUBMITTED',
      'REVIEW_RESOURCE medical-security.leader SUBMITTED',
      'REVIEW_RESOURCE wang.min APPROVED',
      'EXAMINE_SECRECY medical-security.contact APPROVED',
      'PUBLISH_RESOURCE wang.min PUBLISHED',
    ]);
    expect(steps[4].reason).toBe('写明共享范围');
    expect(steps[1].attributes).toContainEqual({ attribute: 'openness', before: null, after: 'NOT_OPEN' });
    const acts = await governance.rows('select code from evidence.record where object = $1 order by position', [
      `resource/${CODE}`,
    ]);
    expect(acts.map((row) => row['code'])).toEqual(steps.slice(1).map((step: Loose) => step.act));
  });
});

describe('a schema that changes', () => {
  it('opens a task with its age, and what is in force stays until the change is published (HZ-5.4b, HZ-5.4c)', async () => {
    shows('HZ-5.4c');
    showsPartOf('HZ-5.4b');
    sdl.set('clinic', clinic(`${DIAGNOSIS} "主治医师" doctor: String`, 'UNCONDITIONAL'));
    expect((await register(administrator)).changed).toEqual([CODE]);
    expect(await published()).toEqual(['Visit.diagnosis CONDITIONAL', 'Visit.id CONDITIONAL']);
    clock += DAY;
    const { data } = await administrator!(
      '{ catalogueTasks { nodes { kind code subject clauses due age left overdue } } }',
    );
    expect(data.catalogueTasks.nodes).toEqual([
      {
        kind: 'SCHEMA_CHANGE',
        code: CODE,
        subject: expect.stringContaining('Visit.doctor'),
        clauses: ['HZ-5.4b'],
        due: null,
        age: 1,
        left: null,
        overdue: false,
      },
    ]);
    const rows = await governance.rows(
      'select revision, state from catalogue_resource where code = $1 order by revision',
      [CODE],
    );
    expect(rows).toEqual([
      { revision: 1, state: 'PUBLISHED' },
      { revision: 2, state: 'DRAFT' },
    ]);
  });

  it('keeps what forms have said, and takes the place of the revision before when it is published', async () => {
    const { data } = await administrator!(
      `{ catalogueResource(id: "${CODE}@2") { shareScope items { coordinate length reason } } }`,
    );
    expect(data.catalogueResource.shareScope).toBe('民政部门');
    expect(data.catalogueResource.items).toContainEqual({
      coordinate: 'Visit.diagnosis',
      length: 200,
      reason: '涉及健康信息',
    });
    await act(administrator, 'submitResource($v)');
    await act(leader, 'reviewResource($v, approve: true)');
    await act(secrecy, 'examineSecrecy($v, approve: true)');
    await act(authority, 'reviewResource($v, approve: true)');
    expect((await act(authority, 'publishResource($v)')).resource).toMatchObject({ state: 'PUBLISHED', revision: 2 });
    expect(await published()).toEqual([
      'Visit.diagnosis UNCONDITIONAL',
      'Visit.doctor UNCONDITIONAL',
      'Visit.id UNCONDITIONAL',
    ]);
    expect((await administrator!('{ catalogueTasks { nodes { id } } }')).data.catalogueTasks.nodes).toEqual([]);
    const old = await governance.rows(
      'select superseded_at is not null as superseded from catalogue_resource where id = $1',
      [`${CODE}@1`],
    );
    expect(old).toEqual([{ superseded: true }]);
  });
});

it('takes an entry from no other subgraph than the one that states it', async () => {
  sdl.set('clinic-two', clinic(DIAGNOSIS));
  const { data } = await administrator!('mutation { registerCatalogue(subgraph: "clinic-two") { changed problems } }');
  expect(data.registerCatalogue.problems.join()).toContain(`${CODE} is stated by the subgraph clinic`);
  expect(data.registerCatalogue.changed).toEqual([]);
});

it('lets the one authority pass an entry of its own, and then only by another person', async () => {
  const own = '900001/000001';
  const bureau = (person: string, ...roles: Role[]) => governance.as({ department: 'data-bureau', person, roles });
  const keeper = bureau('wu.gang', 'provider', 'authority');
  const step = (who: Ask, text: string) => act(who, text, undefined, own);
  await step(keeper, 'describeResource($v, details: { theme: "名录" })');
  expect((await step(keeper, 'submitResource($v)')).resource.state).toBe('SUBMITTED');
  expect((await step(keeper, 'reviewResource($v, approve: true)')).refusal.code).toBe('SAME_PERSON');
  await step(bureau('data-bureau.leader', 'provider'), 'reviewResource($v, approve: true)');
  expect((await step(keeper, 'reviewResource($v, approve: true)')).refusal.code).toBe('SAME_PERSON');
  expect((await step(authority!, 'reviewResource($v, approve: true)')).resource.state).toBe('APPROVED');
  // Who drafted or submitted it stays bound, wherever they act now; so does who reviewed it, in any other role.
  const moved = governance.as({ department: 'secrecy-bureau', person: 'wu.gang', roles: ['secrecy-reviewer'] });
  expect((await step(moved, 'examineSecrecy($v, approve: true)')).refusal.code).toBe('SAME_PERSON');
  const leaderAt = governance.as({
    department: 'secrecy-bureau',
    person: 'data-bureau.leader',
    roles: ['secrecy-reviewer'],
  });
  expect((await step(leaderAt, 'examineSecrecy($v, approve: true)')).refusal.code).toBe('SAME_PERSON');
  await step(bureau('data-bureau.contact', 'provider'), 'examineSecrecy($v, approve: true)');
  expect((await step(keeper, 'publishResource($v)')).refusal.code).toBe('SAME_PERSON');
  await governance.rows(`update department set roles = roles || '["authority"]' where code = 'tax'`);
  expect((await step(authority!, 'publishResource($v)')).refusal.code).toBe('OWN_CAUSE');
  const other = governance.as({ department: 'tax', person: 'zhang.tao', roles: ['authority'] });
  const claim = (from: string, to: string) =>
    governance.rows(
      `update published_item set resource = $2
        where resource = $1 and coordinate = (select min(coordinate) from catalogue_item where code = $3)`,
      [from, to, own],
    );
  await claim(own, '101001/000001');
  expect((await step(other, 'publishResource($v)')).refusal.code).toBe('SOURCE_NOT_UNIQUE');
  await claim('101001/000001', own);
  expect((await step(other, 'publishResource($v)')).resource.state).toBe('PUBLISHED');
  await governance.rows(`update department set roles = '["consumer"]' where code = 'tax'`);
});

describe('an entry in force', () => {
  it('is suspended by the authority with a reason, gives nothing then, and comes back as it was', async () => {
    expect(await act(administrator, 'suspendResource($v, reason: "x")')).toEqual({ denied: 'OPERATION_DENIED' });
    expect((await act(authority, 'suspendResource($v)')).refusal.code).toBe('REASON_MISSING');
    expect((await act(authority, 'suspendResource($v, reason: "数据有误")')).resource.state).toBe('SUSPENDED');
    expect(await published()).toEqual([]);
    expect((await act(authority, 'resumeResource($v, reason: "已更正")')).resource.state).toBe('PUBLISHED');
    expect(await published()).toHaveLength(3);
  });

  it('is withdrawn by its own department, and then found no more', async () => {
    expect((await act(other, 'withdrawResource($v, reason: "x")')).refusal.code).toBe('OTHER_DEPARTMENT');
    expect((await act(administrator, 'withdrawResource($v, reason: "系统停用")')).resource.state).toBe('WITHDRAWN');
    expect(await published()).toEqual([]);
    const found = await other!('{ searchCatalogue(text: "主治医师") { nodes { item { name } } } }');
    expect(found.data.searchCatalogue.nodes).toEqual([]);
  });
});

describe('an entry from a form', () => {
  const create = (who: Ask | undefined, more: string) =>
    who!(`mutation { createResource(input: { code: "302001/000007", name: "殡葬服务信息", category: "部门类", updateCycle: MONTHLY,
      format: SPREADSHEET, method: FILE, ${more} }) ${BACK} }`).then(({ data }) => data.createResource);

  it('is refused as a whole where a text cannot be kept', async () => {
    const { refusal } = await create(other, 'theme: "a\\u202Eb", items: [{ name: "x", length: 0 }]');
    expect([refusal.code, refusal.details.length]).toEqual(['RESOURCE_MALFORMED', 2]);
  });

  it('is refused by its schema where a word is none of the closed lists', async () => {
    for (const words of ['items: [{ name: "x", dataType: "Q" }]', 'items: [{ name: "x", shareType: PARTLY }]']) {
      const { errors } = await other!(
        `mutation { createResource(input: { code: "302001/000007", name: "殡葬服务信息", ${words} }) ${BACK} }`,
      );
      expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('has items that no subgraph serves, which are never in force at the gateway', async () => {
    const { resource, findings } = await create(
      other,
      'items: [{ name: "逝者姓名", dataType: C, shareType: NOT_SHARED, basis: ["某办法 第一条"] }]',
    );
    expect(resource.state).toBe('DRAFT');
    expect(findings.map(({ code }: Loose) => code)).toContain('SHARE_TYPE_UNKNOWN');
    expect((await create(other, 'theme: "x"')).refusal.code).toBe('RESOURCE_KNOWN');
  });
});

describe('search', () => {
  const search = async (text: string, more = '') =>
    (
      await other!(
        `{ searchCatalogue(text: "${text}"${more}) { nodes { near rank item { coordinate name shareType } resource { name provider library } } } }`,
      )
    ).data.searchCatalogue.nodes;

  it('is narrowed to a library, by the names that the law in force has', async () => {
    const { data } = await other!('{ catalogueLibraries { code name kind resources } }');
    const named = data.catalogueLibraries as Loose[];
    expect(named[0]).toEqual({
      code: expect.any(String),
      name: expect.any(String),
      kind: 'FOUNDATIONAL',
      resources: expect.any(Number),
    });
    expect(named.find(({ code }) => code === 'POPULATION')).toMatchObject({ name: '人口', kind: 'FOUNDATIONAL' });
    expect(named.at(-1)).toMatchObject({ kind: 'OTHER' });
    for (const { resource } of await search('电话', ', library: "POPULATION"'))
      expect(resource.library).toBe('POPULATION');
  });

  it('finds Chinese words wherever they stand, the item’s own name first', async () => {
    const hits = await search('电话');
    expect(hits.length).toBeGreaterThan(1);
    expect(hits[0].item.name).toContain('电话');
    expect((await search('联系电话')).slice(0, 2).map(({ item }: Loose) => item.name)).toEqual([
      '联系电话',
      '联系电话',
    ]);
    expect((await search('联系电话'))[0].rank).toBeGreaterThan(1);
    const ranks = hits.map(({ rank }: Loose) => rank);
    expect(ranks).toEqual(ranks.toSorted((a: number, b: number) => b - a));
    expect((await search('常住人口 户籍地址'))[0].item.coordinate).toBe('Resident.registeredAddress');
    expect((await search('registeredAddress'))[0].item.coordinate).toBe('Resident.registeredAddress');
  });

  it.each([
    ['手机', /电话/],
    ['手机号', /电话/],
    ['户口', /户|常住人口/],
    ['社保', /保险/],
    ['低保', /保障|救助/],
    ['房产', /宗地|坐落|不动产/],
    ['老板', /法定代表人/],
    ['dianhua', /电话/],
    ['lianxidianhua', /^联系电话/],
    ['faren', /法人|法定代表人/],
  ])('finds what catalogues say for %s', async (text, expected) => {
    const { near, item, resource } = (await search(text))[0];
    expect([near, `${item.name} ${resource.name}`]).toEqual([false, expect.stringMatching(expected)]);
  });

  it('follows the synonyms that the authority keeps, and nobody else, from the next search on', async () => {
    const keep = async (who: typeof authority, call: string) =>
      (await who!(`mutation { made: ${call} { synonym { word meanings } refusal { code } } }`)) as Loose;
    const set = (word: string, meanings = '"联系电话"') => `setSynonym(word: "${word}", meanings: [${meanings}])`;
    expect((await keep(other, set('甬易联'))).errors).toHaveLength(1);
    for (const wrong of [set('a b'), set('甬易联', ''), set('甬易联', '"电话", "电话"'), set('电话', '"电话"')])
      expect((await keep(authority, wrong)).data.made.refusal.code).toBe('SYNONYM_MALFORMED');
    expect((await search('甬易联')).filter(({ near }: Loose) => !near)).toEqual([]);
    expect((await keep(authority, set('甬易联'))).data.made.synonym).toEqual({
      word: '甬易联',
      meanings: ['联系电话'],
    });
    expect((await search('甬易联'))[0]).toMatchObject({ near: false, item: { name: '联系电话' } });
    await keep(authority, set('甬易联', '"户籍地址"'));
    expect((await search('甬易联'))[0].item.name).toBe('户籍地址');
    expect((await keep(authority, 'removeSynonym(word: "甬易联")')).data.made.refusal).toBeNull();
    expect((await keep(authority, 'removeSynonym(word: "甬易联")')).data.made.refusal.code).toBe('SYNONYM_UNKNOWN');
    expect((await search('甬易联')).filter(({ near }: Loose) => !near)).toEqual([]);
    const { data } = await other!('{ searchSynonyms(word: "手机") { nodes { meanings } } }');
    expect(data.searchSynonyms.nodes).toEqual([{ meanings: ['电话'] }]);
  });

  it('filters by provider, library, share type and openness', async () => {
    for (const { item, resource } of await search(
      '信息',
      ', library: "POPULATION", shareType: NOT_SHARED, openness: NOT_OPEN, provider: "public-security"',
    ))
      expect([item.shareType, resource]).toEqual([
        'NOT_SHARED',
        expect.objectContaining({ provider: 'public-security', library: 'POPULATION' }),
      ]);
    expect(await search('信息', ', library: "POPULATION", openness: UNCONDITIONAL')).toEqual([]);
  });

  it('refuses a share type that there is not, written in whatever way', async () => {
    for (const shareType of ['"conditional"', 'conditional', '"CONDITIONAL"', 'PARTLY']) {
      const { errors } = await other!(`{ searchCatalogue(text: "信息", shareType: ${shareType}) { nodes { near } } }`);
      expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it.each(['信息', '户籍地止'])(
    'gives the hits for %s page by page, each once and in the order of one page',
    async (text) => {
      const page = async (more: string) =>
        (
          await other!(`{ searchCatalogue(text: "${text}", ${more}) {
          nodes { item { id } rank near } pageInfo { hasNextPage endCursor } } }`)
        ).data.searchCatalogue;
      const whole = await page('first: 30');
      const pages: Loose[] = [];
      for (let after = ''; ;) {
        const { nodes, pageInfo } = await page(`first: 2${after}`);
        pages.push(...nodes);
        after = `, after: "${pageInfo.endCursor}"`;
        if (!pageInfo.hasNextPage || pages.length >= 30) break;
      }
      expect(pages.length).toBeGreaterThan(2);
      expect(pages.slice(0, 30)).toEqual(whole.nodes);
    },
  );

  it('takes no cursor of another list', async () => {
    const tasks = Buffer.from('["maintenance-duties","a"]').toString('base64url');
    for (const after of ['x', tasks]) {
      const { errors } = await other!(`{ searchCatalogue(text: "信息", after: "${after}") { nodes { near } } }`);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('finds a mistyped name by its parts, and says so', async () => {
    const hits = await search('户籍地止');
    expect([hits[0].near, hits[0].item.name]).toEqual([true, '户籍地址']);
  });

  it('takes no text for a query language, and nothing for everything', async () => {
    expect(await search("' | '!&() :* \\\\")).toEqual([]);
    expect(await search('  ')).toEqual([]);
    expect(
      (await other!('{ searchCatalogue(text: "x", first: 101) { nodes { near } } }')).errors[0]?.extensions.code,
    ).toBe('BAD_USER_INPUT');
  });
});

describe('an entry', () => {
  const dental = '202008/000001';
  const clinicOf = (items: string) =>
    clinic(items).replaceAll('Visit', 'DentalVisit').replaceAll('visit(', 'dentalVisit(').replaceAll(CODE, dental);
  const describeItems = (items: string, code = dental) =>
    act(administrator, `describeResource($v, details: { items: [${items}] })`, undefined, code);
  const names = async () =>
    (
      await governance.rows(
        `select coordinate, name, length from catalogue_item where code = $1 and resource like '%@1' order by name`,
        [dental],
      )
    ).map(({ coordinate, name, length }) => [name, coordinate, length]);

  it('takes no two items of one name in one form, however they are written, nor one by a coordinate that it has not', async () => {
    const create = async (items: string) =>
      (
        await administrator!(`mutation { createResource(input: { code: "202099/000001", name: "登记",
          category: "主题类", items: [${items}] }) ${BACK} }`)
      ).data.createResource.refusal;
    for (const second of [' 姓名', '姓 名', '姓名。']) {
      const refusal = await create(`{ name: "姓名", reason: "x" }, { name: "${second}", reason: "x" }`);
      expect(refusal).toMatchObject({ code: 'RESOURCE_MALFORMED' });
      expect(refusal.details).toEqual([expect.stringContaining('is described twice')]);
    }
    expect((await create('{ coordinate: "Resident.phone", length: 11 }')).code).toBe('ITEM_UNKNOWN');
    expect(await governance.rows(`select from catalogue_resource where code = '202099/000001'`)).toEqual([]);
  });

  it('takes no second item of a name in a later form, whether a subgraph serves the first or not', async () => {
    sdl.set('dental', clinicOf(DIAGNOSIS));
    await administrator!('mutation { registerCatalogue(subgraph: "dental") { created problems } }');
    const served = await describeItems('{ name: "诊断 名称", length: 9 }');
    expect(served.refusal).toMatchObject({
      code: 'RESOURCE_MALFORMED',
      details: ['"诊断 名称" is served as DentalVisit.diagnosis; describe it by its coordinate.'],
    });
    expect((await describeItems('{ name: "牙位(左)", length: 9 }')).refusal).toBeNull();
    expect((await describeItems('{ name: "牙位（左）", length: 8 }')).refusal.details).toEqual([
      '"牙位（左）" is in the entry already, written "牙位(左)".',
    ]);
    expect((await describeItems('{ name: "牙位(左)", length: 8 }')).refusal).toBeNull();
    expect(await names()).toEqual([
      ['就诊编号', 'DentalVisit.id', null],
      ['牙位(左)', null, 8],
      ['诊断名称', 'DentalVisit.diagnosis', null],
    ]);
  });

  it('in force gets no new revision from a form that is refused', async () => {
    const entry = '101001/000001';
    const police = governance.as({ department: 'public-security', person: 'zhao.lei', roles: ['provider'] });
    const revisions = () => governance.rows('select id from catalogue_resource where code = $1', [entry]);
    const before = await revisions();
    for (const item of ['{ name: "联系电话", length: 11 }', '{ coordinate: "Resident.none", length: 11 }'])
      expect(
        (await act(police, `describeResource($v, details: { items: [${item}] })`, undefined, entry)).refusal,
      ).toMatchObject({ code: expect.stringMatching(/RESOURCE_MALFORMED|ITEM_UNKNOWN/) });
    expect(await revisions()).toEqual(before);
  });

  it('has an item that was announced by name once when a subgraph serves it', async () => {
    sdl.set('dental', clinicOf(`${DIAGNOSIS} "牙位（左）" left: String`));
    const { data } = await administrator!('mutation { registerCatalogue(subgraph: "dental") { changed problems } }');
    expect(data.registerCatalogue).toEqual({ changed: [dental], problems: [] });
    expect(await names()).toEqual([
      ['就诊编号', 'DentalVisit.id', null],
      ['牙位（左）', 'DentalVisit.left', 8],
      ['诊断名称', 'DentalVisit.diagnosis', null],
    ]);
  });

  it('that has two items of one name from before is not submitted, and the schema mends it', async () => {
    await governance.rows(`insert into catalogue_item (id, resource, code, name, provider, basis, basic, identifier)
      select resource || '#0009', resource, code, '诊断名称', provider, '[]', false, false
      from catalogue_item where coordinate = 'DentalVisit.id'`);
    const { findings } = await act(administrator, 'submitResource($v)', undefined, dental);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'ITEM_REPEATED', at: '诊断名称' }));
    await administrator!('mutation { registerCatalogue(subgraph: "dental") { changed } }');
    expect((await names()).filter(([name]) => name === '诊断名称')).toHaveLength(1);
  });
});

describe('items by their coordinates', () => {
  it('are those of the entries in force, and none of what is only worked on', async () => {
    const ask = async (who: Ask | undefined, coordinates: string[]) =>
      who!(`{ catalogueItems(coordinates: ${JSON.stringify(coordinates)}) { coordinate name provider } }`);
    await governance.rows(
      `insert into catalogue_item (id, resource, code, coordinate, name, provider, basis, basic, identifier)
       select id || '-draft', (select id from catalogue_resource where state <> 'PUBLISHED' limit 1), code, 'Draft.item', name, provider,
              basis, basic, identifier from catalogue_item limit 1`,
    );
    const { data } = await ask(other, ['Resident.name', 'Draft.item', 'No.such']);
    expect(data.catalogueItems).toEqual([{ coordinate: 'Resident.name', name: '姓名', provider: 'public-security' }]);
    expect((await ask(other, [])).data.catalogueItems).toEqual([]);
    const many = Array.from({ length: 501 }, (_, at) => `Type.f${at}`);
    expect((await ask(other, many)).errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
  });
});
