import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A data administrator is refused an exception that the law does not know, and reports an update, which is then shown with the
 *  entry and found by the search. */
export const reportUpdate: Journey = async (browser, hub) => {
  const visitor = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = visitor;
  const dialog = page.getByRole('dialog');
  const row = page.getByRole('row').filter({ hasText: '常住人口基础信息' });
  // The worker judges the entries soon after the hub has started.
  do {
    await visitor.open('freshness?provider=public-security');
    await row.or(page.getByText('没有符合条件的资源。')).first().waitFor();
  } while (!(await row.isVisible()));
  await row.getByText('不详', { exact: true }).waitFor();
  await visitor.look('freshness');
  await row.getByRole('button', { name: '提出例外' }).click();
  await dialog.getByLabel('理由').fill('按季度统计');
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  await dialog.getByText('EXCEPTION_UNFIT').waitFor();
  await visitor.look('exception-refused');
  await dialog.getByRole('button', { name: /取\s*消/ }).click();
  await row.getByRole('button', { name: '报告已更新' }).click();
  await dialog.getByLabel('理由').last().fill('每日批量');
  await dialog
    .getByRole('button', { name: /确\s*认/ })
    .last()
    .click();
  await row.getByText('提供部门报告').waitFor();
  await visitor.open('entry?code=101001/000001');
  await page.getByText('在期限内').waitFor();
  await visitor.open(`find?text=${encodeURIComponent('姓名')}&freshness=FRESH`);
  await page.getByRole('link', { name: '姓名' }).first().waitFor();
  await visitor.look('found-fresh');
  await visitor.leave();
};
