import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** What goes wrong at a desk: the session ends in the middle of a form, the hub does not answer, somebody goes back, and a role is
 *  withdrawn a second ago. Nothing that was typed is lost, and each is told in words. */
export const meetMishaps: Journey = async (browser, hub) => {
  const clerk = await Visitor.signIn(browser, hub, '张涛');
  const { page } = clerk;
  await clerk.open('applications/new?item=Household.members');
  await clerk.choose('应用场景', /./);
  await clerk.choose('所服务的职能', /./);
  await page.getByLabel('行政依据').check();
  const reason = page.getByLabel('申请理由');
  await reason.fill('核对成员：<b>𬭚㛃</b>"\'');
  await page.getByLabel('联系电话').fill('0571-85250000');
  const submit = page.getByRole('button', { name: '提交申请' });

  // The hub does not answer.
  await page.route('**/graphql', (route) => route.abort());
  await submit.click();
  await page.getByText('平台暂时不能答复，请稍后重试。您填写的内容仍在。').waitFor();
  await page.unroute('**/graphql');

  // The session has ended.
  await page.context().clearCookies();
  await submit.click();
  await page.getByText('登录已过期').waitFor();
  await clerk.look('session-ended');
  const [popup] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: '登录', exact: true }).click(),
  ]);
  await popup.getByRole('button', { name: '张涛' }).first().click();
  await popup.waitForEvent('close').catch(() => undefined);
  await page.bringToFront();
  await page.evaluate(`dispatchEvent(new Event('focus'))`);
  await page.getByText('登录已过期').waitFor({ state: 'hidden' });
  assert.equal(await reason.inputValue(), '核对成员：<b>𬭚㛃</b>"\'');
  await submit.dblclick();
  await page.waitForURL(/\/portal\/application\?id=/);
  await page.getByText('核对成员：<b>𬭚㛃</b>"\'').waitFor();
  const application = new URL(page.url()).searchParams.get('id')!;

  // Back to the form, and once more: the same is not applied for twice.
  await page.goBack();
  await page.getByRole('heading', { name: '申请使用数据' }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { name: `申请 ${application}` }).waitFor();

  // A list whose filter was chosen is the same one after going back.
  await clerk.open('applications');
  await clerk.choose('状态', '已提交');
  await page.getByRole('link', { name: application }).click();
  await page.getByRole('heading', { name: `申请 ${application}` }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: application }).waitFor();
  assert.match(page.url(), /state=SUBMITTED/);
  await page.getByRole('link', { name: application }).click();
  await page.getByRole('button', { name: '撤回申请' }).waitFor();

  // The officer is suspended while the page is open.
  const authority = await Visitor.signIn(browser, hub, '王敏');
  await authority.open('officers?department=tax');
  const row = authority.page.getByRole('row', { name: /张涛/ });
  await row.getByRole('button', { name: '停用' }).click();
  await authority.page.getByRole('dialog').getByLabel('理由').fill('调离');
  await authority.page.getByRole('button', { name: '确认' }).click();
  await row.getByText('已停用').first().waitFor();
  await page.getByRole('button', { name: '撤回申请' }).click();
  await page
    .getByRole('button', { name: /确\s*(定|认)|OK/ })
    .first()
    .click();
  await page.getByRole('alert').first().waitFor();
  await clerk.look('role-withdrawn');
  await row.getByRole('button', { name: '恢复' }).click();
  await authority.page.getByRole('button', { name: '确认' }).click();
  await row.getByRole('button', { name: '停用' }).waitFor();
  await authority.leave();
};
