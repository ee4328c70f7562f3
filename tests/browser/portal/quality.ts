import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A data administrator has rules drafted, confirms them, and has the records judged; the score is shown with the entry. */
export const judgeQuality: Journey = async (browser, hub) => {
  const visitor = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = visitor;
  const dialog = page.getByRole('dialog');
  const confirm = () => dialog.getByRole('button', { name: /确\s*认/ }).click();
  const resource = page.getByText('常住人口基础信息 population.Resident');
  // The worker reads the schemas soon after the hub has started.
  do {
    await visitor.open('quality');
    await page.getByRole('button', { name: '拟定规则' }).click();
    await dialog.getByLabel('数据资源').click();
    await resource.or(page.locator('.ant-empty')).first().waitFor();
  } while (!(await resource.first().isVisible()));
  await resource.first().click();
  await confirm();
  await page.getByRole('cell', { name: 'population.Resident' }).first().waitFor();
  await visitor.look('quality-rules');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: /确认所选/ }).click();
  await confirm();
  await page.getByText('没有符合条件的规则').waitFor();
  await visitor.open('quality-resource?id=population.Resident');
  await page.getByRole('button', { name: '立即检查' }).click();
  await confirm();
  await page.getByText('已要求检查').waitFor();
  const score = page.getByText(/^\d+(\.\d+)?%$/);
  do {
    await visitor.open('quality-resource?id=population.Resident');
    await page.getByText('各维度合格率').first().waitFor();
  } while ((await score.count()) === 0);
  await page
    .getByText(/不合格$/)
    .first()
    .waitFor();
  await visitor.look('quality-resource');
  await visitor.open('entry?code=101001/000001');
  await page.getByText('数据质量得分').waitFor();
  await page.getByRole('link', { name: /%/ }).first().waitFor();
  await visitor.look('entry-quality');
  await visitor.leave();
};
