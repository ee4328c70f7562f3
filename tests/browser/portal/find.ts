import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A clerk finds an item by an everyday word, sends the list as a link, and goes back. */
export const findData: Journey = async (browser, hub) => {
  const clerk = await Visitor.signIn(browser, hub, '李娜');
  const { page } = clerk;
  await page.getByRole('heading', { name: '查找数据' }).waitFor();
  await page.getByRole('combobox', { name: '所属库' }).waitFor();
  const before = [...new Set(clerk.operations)].sort();
  assert.deepEqual(before, ['CatalogueLibraries', 'Departments'], 'nothing is searched before there is a question');
  await page.getByLabel('检索词').fill('手机');
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: '联系电话' }).first().waitFor();
  await page.getByText('公安局').first().waitFor();
  await clerk.look('find');
  await clerk.choose('所属库', '法人单位信息');
  await page.getByRole('cell', { name: '常住人口基础信息' }).first().waitFor({ state: 'hidden' });
  await page.goBack();
  await clerk.choose('所属库', '人口信息');
  await page.getByRole('cell', { name: '联系电话' }).first().waitFor();
  await clerk.look('find-library');
  const link = page.url();
  await page.goBack();
  await page.goBack();
  await page.getByText('输入要查找的内容。').waitFor();
  await page.goto(link);
  await page.getByRole('cell', { name: '联系电话' }).first().waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Find data' }).waitFor();
  await clerk.leave();
};
