import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A consumer doubts an item, the operator dispatches it, and the provider decides. */
export const correctItem: Journey = async (browser, hub) => {
  const clerk = await Visitor.signIn(browser, hub, '李娜');
  const { page } = clerk;
  await clerk.open('corrections/new?item=Resident.phone');
  await page.getByRole('button', { name: '提交纠错' }).click();
  await page.getByText('请填写标识').waitFor();
  await clerk.look('correction-refused');
  await page.getByLabel('公民身份号码或者统一社会信用代码').fill('330106199001010000');
  await page.getByLabel('问题描述').fill('电话号码是空号');
  await page.getByRole('button', { name: '提交纠错' }).click();
  await page
    .getByRole('alert')
    .getByText(/^代码: [A-Z_]+$/)
    .waitFor();
  await page.getByLabel('公民身份号码或者统一社会信用代码').fill('330102196702128466');
  await page.getByRole('button', { name: '提交纠错' }).click();
  await page.getByRole('heading', { name: /^数据纠错 / }).waitFor();
  await clerk.look('correction');
  const address = new URL(page.url());

  const operator = await Visitor.signIn(browser, hub, '王敏');
  await operator.open(`correction${address.search}`);
  await operator.page.getByRole('button', { name: '分析并分发' }).click();
  await operator.page.getByLabel('技术服务单位分析').fill('由公安局核实');
  await operator.page.getByRole('button', { name: '确认' }).click();
  await operator.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await operator.page.getByText('待受理').first().waitFor();
  await operator.leave();

  const provider = await Visitor.signIn(browser, hub, '赵磊');
  await provider.open('corrections?show=waiting');
  await provider.page.getByRole('link', { name: /^K-/ }).first().click();
  await provider.page.getByRole('button', { name: '受理' }).click();
  await provider.page.getByRole('button', { name: '确认' }).click();
  await provider.page.getByRole('button', { name: '作出核实结论' }).click();
  await provider.page.getByLabel('不予更正').check();
  await provider.page.getByRole('button', { name: '确认' }).click();
  await provider.page.getByText('请填写', { exact: true }).waitFor();
  await provider.look('correction-decide');
  await provider.page.getByLabel('理由').fill('经核实号码有效');
  await provider.page.getByRole('button', { name: '确认' }).click();
  await provider.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await provider.page.getByRole('alert').getByText('经核实号码有效').waitFor();
  await provider.leave();

  await page.reload();
  await page.getByRole('button', { name: '提出异议' }).waitFor();
  await page.getByText('经核实号码有效').waitFor();
  await clerk.look('correction-rejected');
  await clerk.leave();
};
