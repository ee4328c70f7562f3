import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** After `applyAndReview`: the provider suspends the grant, and its holder sees who did and why; the holder cannot lift it, and asks for a renewal. */
export const suspendGrant: Journey = async (browser, hub) => {
  const provider = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = provider;
  await provider.open('grants');
  await provider.look('grants');
  await page.getByRole('link', { name: /^G-/ }).first().click();
  await page.getByRole('heading', { name: /^授权 G-/ }).waitFor();
  await provider.look('grant');
  const address = new URL(page.url());
  await page.getByRole('button', { name: '暂停', exact: true }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('请填写理由').waitFor();
  await page.getByLabel('理由').fill('核查使用情况');
  await page.getByRole('button', { name: '确认' }).dblclick();
  await page.getByText(/已由提供部门暂停/).waitFor();
  await page.getByText('核查使用情况').waitFor();

  const holder = await Visitor.signIn(browser, hub, '张涛');
  await holder.open(`grant${address.search}`);
  await holder.page.getByText(/已由提供部门暂停/).waitFor();
  await holder.page.getByRole('button', { name: '恢复' }).click();
  await holder.page.getByRole('button', { name: '确认' }).click();
  await holder.page
    .getByRole('alert')
    .getByText(/^代码: [A-Z_]+$/)
    .waitFor();
  await holder.look('resume-refused');
  await holder.page.getByRole('button', { name: '取消' }).click();
  await holder.leave();

  await page.getByRole('button', { name: '恢复' }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText(/已由提供部门暂停/).waitFor({ state: 'detached' });
  await provider.open('grants');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Excel' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), '我的授权.xlsx');
  await page.getByText(/已导出 \d+ 行/).waitFor();
  await provider.leave();
};
