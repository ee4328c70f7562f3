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

/** After `applyAndReview`: the provider agrees to what waits from the list of tasks, with a reason of its own for each. */
export const agreeTogether: Journey = async (browser, hub) => {
  const clerk = await Visitor.signIn(browser, hub, '张涛');
  const { page } = clerk;
  await clerk.open('applications/new?item=Resident.registeredAddress');
  await clerk.choose('应用场景', /./);
  await clerk.choose('所服务的职能', /./);
  await page.getByLabel('行政依据').check();
  await page.getByLabel('申请理由').fill('核验纳税信用时需确认户籍地址');
  await page.getByLabel('联系电话').fill('0571-85250000');
  await page.getByRole('button', { name: '提交申请' }).dblclick();
  await page.waitForURL(/\/portal\/application\?id=/);
  await clerk.leave();

  const provider = await Visitor.signIn(browser, hub, '赵磊');
  await provider.open('tasks');
  const task = provider.page.getByRole('checkbox', { name: /public-security/ }).first();
  await task.check();
  await provider.page.getByRole('button', { name: '同意所选 1 件' }).click();
  await provider.page.getByRole('dialog').getByRole('textbox').fill('材料齐全');
  await provider.look('agree-together');
  await provider.page.getByRole('button', { name: '确认' }).click();
  await provider.page
    .getByRole('alert')
    .getByText(/已同意/)
    .waitFor();
  await provider.look('agreed-together');
  await provider.leave();
};
