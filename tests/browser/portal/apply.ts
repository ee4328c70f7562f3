import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

const GOVERNANCE = new Set([
  'CatalogueLibraries',
  'Departments',
  'SearchCatalogue',
  'CatalogueEntry',
  'ApplyChoices',
  'StartApplication',
  'Application',
  'ItemNames',
  'AttachToApplication',
]);

/** A clerk applies for an item, two parties review, and the clerk has the grant: nobody writes a query. */
export const applyAndReview: Journey = async (browser, hub) => {
  const clerk = await Visitor.signIn(browser, hub, '张涛');
  const { page } = clerk;
  await clerk.open('find?text=联系电话');
  await page.getByRole('link', { name: '联系电话' }).first().click();
  await page.getByRole('heading', { name: '常住人口基础信息' }).waitFor();
  await clerk.look('entry');
  await page.getByRole('checkbox', { name: '与户主关系' }).check();
  await page.getByRole('button', { name: '申请所选 1 项' }).click();

  await page.getByRole('heading', { name: '申请使用数据' }).waitFor();
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('请填写理由').waitFor();
  await clerk.look('apply-refused');
  await clerk.choose('应用场景', /./);
  await clerk.choose('所服务的职能', /./);
  await page.getByLabel('行政依据').check();
  await page.getByLabel('申请理由').fill('核验纳税信用时需确认家庭关系');
  await page.getByLabel('联系电话').fill('0571-85250000');
  await clerk.look('apply');
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL(/\/portal\/application\?id=/);
  await page.getByText('已提交').first().waitFor();
  await page
    .getByLabel('添加附件')
    .setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await page.getByText('只能添加 PDF、JPEG 或者 PNG 文件').waitFor();
  await page
    .getByLabel('添加附件')
    .setInputFiles({ name: '依据.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') });
  await page.getByText('依据.pdf').waitFor();
  await clerk.look('application');
  const provider = await Visitor.signIn(browser, hub, '赵磊');
  await provider.open('tasks');
  await provider.page.getByRole('heading', { name: '待我办理' }).waitFor();
  await provider.look('tasks');
  await provider.page
    .getByRole('link', { name: /public-security/ })
    .first()
    .click();
  await provider.page.getByRole('heading', { name: /审核/ }).waitFor();
  await provider.look('review');
  await provider.page.getByRole('button', { name: '同意共享' }).click();
  await provider.page.getByText('已作出的决定').waitFor();
  await provider.look('reviewed');
  await provider.leave();

  const authority = await Visitor.signIn(browser, hub, '王敏');
  await authority.open('tasks');
  await authority.page
    .getByRole('link', { name: /public-security/ })
    .first()
    .click();
  await authority.page.getByLabel('不同意').check();
  await authority.page.getByRole('button', { name: '不予共享' }).click();
  await authority.page.getByText('不予共享须有依据').first().waitFor();
  await authority.page.getByLabel('同意', { exact: true }).check();
  await authority.page.getByRole('button', { name: '同意共享' }).click();
  await authority.page.getByText(/已授权/).waitFor();
  await authority.leave();

  await page.reload();
  await page.getByText(/授权 G-/).waitFor();
  const [fetched] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '依据.pdf' }).click(),
  ]);
  assert.equal(fetched.suggestedFilename(), '依据.pdf');
  assert.deepEqual(
    [...new Set(clerk.operations)].filter((name) => !GOVERNANCE.has(name)),
    [],
    'no shared data is asked for',
  );
  await clerk.leave();
};

/** Reviews are decided together with a reason for each: what one is refused for holds up no other, and is told by review. */
export const agreeTogether: Journey = async (browser, hub) => {
  const clerk = await Visitor.signIn(browser, hub, '张涛');
  for (const item of ['Resident.registeredAddress', 'Household.address']) {
    await clerk.open(`applications/new?item=${item}`);
    await clerk.choose('应用场景', /./);
    await clerk.choose('所服务的职能', /./);
    await clerk.page.getByLabel('行政依据').check();
    await clerk.page.getByLabel('申请理由').fill('核验纳税信用时需确认地址');
    await clerk.page.getByLabel('联系电话').fill('0571-85250000');
    await clerk.page.getByRole('button', { name: '提交申请' }).dblclick();
    await clerk.page.waitForURL(/\/portal\/application\?id=/);
  }
  await clerk.leave();

  const provider = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = provider;
  await provider.open('tasks');
  const tasks = page.getByRole('checkbox', { name: /public-security/ });
  await tasks.nth(0).check();
  await tasks.nth(1).check();
  // A colleague is quicker with one of them, in another tab.
  const other = await page.context().newPage();
  await other.goto(`${hub}/portal/tasks`);
  await other
    .getByRole('link', { name: /public-security/ })
    .first()
    .click();
  await other.getByText('限制范围、期限、次数或者脱敏提供').click();
  await other.getByLabel('每日使用次数上限').fill('500');
  await other.getByRole('button', { name: '同意共享' }).click();
  await other.getByText('已作出的决定').waitFor();
  await other.close();

  await page.getByRole('button', { name: '不同意所选 2 件' }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('不予共享须有依据').first().waitFor();
  await page.getByText('请填写理由').first().waitFor();
  await provider.look('refuse-together');
  await page.getByRole('button', { name: '取消' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '同意所选 2 件', exact: true }).click();
  const form = page.getByRole('dialog').filter({ visible: true });
  await form.getByLabel('各件的理由').fill('材料齐全');
  await form.getByRole('textbox').nth(2).fill('材料齐全，范围相符');
  await provider.look('agree-together');
  await form.getByRole('button', { name: '确认' }).click();
  const told = page.getByRole('alert').filter({ hasText: '已办理 1 件，未办理 1 件' });
  await told.getByText(/public-security：已决定/).waitFor();
  await told.getByText(/public-security：.+ · [A-Z_]+/).waitFor();
  await provider.look('agreed-together');
  await provider.leave();
};
