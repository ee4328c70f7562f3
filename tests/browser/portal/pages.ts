import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** Pages by the person who works with them: each opens, says what it is, and is accessible, wide and narrow. */
const PAGES: Readonly<Record<string, readonly (readonly [path: string, heading: string])[]>> = {
  王敏: [
    ['board', '主管看板'],
    ['board?screen=yes', '主管看板'],
    ['departments', '部门名录'],
    ['freshness?state=LATE', '数据更新'],
    ['update-exceptions', '更新例外'],
    ['interfaces', '接口需求'],
    ['quality', '数据质量'],
    ['quality-tickets', '质量工单'],
    ['officers', '经办人员'],
    ['appointments', '岗位任职'],
    ['systems', '接入系统'],
    ['scenarios', '应用场景'],
    ['permits', '发布许可'],
    ['reforms', '机构改革'],
    ['synonyms', '检索同义词'],
    ['checks', '多元校核'],
    ['uses', '使用记录'],
    ['health', '运行状况'],
  ],
  赵磊: [
    ['entries', '本部门目录'],
    ['revision?id=101001/000001@1', '常住人口基础信息'],
    ['versions', '子图版本'],
    ['versions/new', '提交资源声明'],
    ['sources', '数据源'],
    ['sources/new', '登记数据源'],
    ['loads', '数据载入'],
    ['loads/new', '载入文件'],
    ['freshness', '数据更新'],
    ['aggregation', '数据汇聚'],
    ['quality', '数据质量'],
    ['quality-rules?state=PROPOSED', '质量规则'],
    ['consents', '提供部门同意'],
    ['receipts', '校核结果告知'],
    ['checks', '多元校核'],
    ['locks', '核查锁定'],
  ],
  何审: [
    ['acts', '治理记录'],
    ['uses', '使用记录'],
  ],
  白玲: [['inquiry', '本人数据使用查询']],
  李娜: [
    ['departments', '您没有办理此事的职责'],
    ['grant?id=G-999999', '没有这项授权，或者您不是当事方'],
    ['nowhere', '没有这个页面'],
  ],
};

/** Operations of pages that ask nothing but governance: none is about shared data. */
const GOVERNANCE = new Set([
  'Acts',
  'Appointments',
  'Board',
  'CatalogueLibraries',
  'Checks',
  'ComparableItems',
  'Consents',
  'Corrections',
  'Departments',
  'Figures',
  'Grant',
  'InterfaceRequests',
  'ItemNames',
  'Loads',
  'Locks',
  'Officers',
  'Operation',
  'OwnEntries',
  'OwnTables',
  'Permits',
  'Qualities',
  'QualityPlaces',
  'QualityRules',
  'QualityTickets',
  'Receipts',
  'Reforms',
  'RegisteredDepartments',
  'ResourceAggregation',
  'ResourceFreshness',
  'Revision',
  'Scenarios',
  'SearchSynonyms',
  'Sources',
  'Systems',
  'UpdateExceptions',
  'Uses',
  'Versions',
]);

export const openPages: Journey = async (browser, hub) => {
  for (const [name, pages] of Object.entries(PAGES)) {
    const visitor = await Visitor.signIn(browser, hub, name);
    for (const [path, heading] of pages) {
      const before = visitor.operations.length;
      await visitor.open(path);
      await visitor.page.getByText(heading).first().waitFor();
      await visitor.page.locator('.ant-spin-spinning').waitFor({ state: 'hidden' });
      await visitor.look(`page-${path.replace(/\W+/g, '-')}`);
      const asked = visitor.operations.slice(before).filter((each) => each !== 'Departments');
      assert.ok(asked.length <= 3, `${path} asks ${asked.join(', ')}`);
    }
    assert.deepEqual(
      [...new Set(visitor.operations)].filter((each) => !GOVERNANCE.has(each)),
      [],
      'no shared data is asked for',
    );
    await visitor.leave();
  }
};

/** A citizen is told at the desk who was given their data; the number is nowhere in the address. */
export const inquire: Journey = async (browser, hub) => {
  const desk = await Visitor.signIn(browser, hub, '白玲');
  const { page } = desk;
  await desk.open('inquiry');
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('请填写公民身份号码').waitFor();
  await page.getByLabel('公民身份号码').fill('330102196702128460');
  await page.getByRole('button', { name: '查询' }).click();
  await page
    .getByRole('alert')
    .getByText(/BAD_USER_INPUT/)
    .waitFor();
  desk.forgiveRefusals();
  await page.getByLabel('公民身份号码').fill('330102196702128466');
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByRole('heading', { name: /共使用/ }).waitFor();
  await desk.look('inquiry-answer');
  assert.ok(!page.url().includes('3301'));
  await desk.leave();
};

/** The authority registers a scenario, is refused the same one again, and ends it. */
export const registerScenario: Journey = async (browser, hub) => {
  const authority = await Visitor.signIn(browser, hub, '王敏');
  const { page } = authority;
  await authority.open('scenarios');
  const fill = async () => {
    await page.getByRole('button', { name: '登记应用场景' }).click();
    const form = page.getByRole('dialog');
    await authority.choose('部门', '税务局', form);
    await form.getByLabel('代码').fill('refund-check');
    await form.getByLabel('名称').fill('退税核验');
    await form.getByLabel('用途').fill('核验退税申请人的身份');
    await form.getByRole('combobox', { name: '依据' }).fill('税收征收管理法 第八条');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '确认' }).click();
  };
  await page.getByRole('button', { name: '登记应用场景' }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('请填写').first().waitFor();
  await authority.look('register-scenario-refused');
  await page.getByRole('button', { name: '取消' }).click();
  await fill();
  await page.getByRole('cell', { name: '退税核验' }).waitFor();
  await fill();
  await page
    .getByRole('alert')
    .getByText(/^代码: [A-Z_]+$/)
    .waitFor();
  await page.getByRole('button', { name: '取消' }).click();
  await authority.leave();
};
