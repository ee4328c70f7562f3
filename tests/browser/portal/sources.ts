import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** Host of a source that the operator of the hub admits; nothing is there. */
export const SOURCE_HOST = 'api.health.example:443';

/** A provider registers a service that wants OAuth client credentials: refused at a host that nobody listed, then waiting; the person
 *  cannot confirm it, another one does. The secret is shown nowhere. */
export const registerSource: Journey = async (browser, hub) => {
  const provider = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = provider;
  await provider.open('sources');
  await page.getByRole('link', { name: '登记数据源' }).click();
  await page.getByRole('button', { name: /提\s*交/ }).click();
  await page.getByText('请填写').first().waitFor();
  await provider.choose('种类', 'REST 服务');
  await page.getByLabel('OAuth 2.0 客户端凭证').check();
  await page.getByLabel('名称', { exact: true }).fill('births-api');
  await page.getByLabel('地址', { exact: true }).fill('https://api.health.example/v1');
  await page.getByLabel('令牌地址').fill('https://login.elsewhere.example/token');
  await page.getByLabel('令牌范围').fill('births.read');
  await page.getByLabel('客户端名称').fill('sharehub');
  await page.getByLabel('客户端密钥').fill('ge-heim-4711');
  await page.getByLabel('说明').fill('出生登记接口');
  await page.getByRole('button', { name: /提\s*交/ }).click();
  await page
    .getByRole('alert')
    .getByText(/HOST_NOT_LISTED/)
    .waitFor();
  await provider.look('source-refused');
  await page.getByLabel('令牌地址').fill('https://api.health.example/token');
  await page.getByRole('button', { name: /提\s*交/ }).click();
  await page.getByText('待另一人确认').first().waitFor();
  await page.getByText('令牌取自 https://api.health.example/token').first().waitFor();
  await provider.look('sources');
  const confirm = async ({ page }: Visitor) => {
    await page
      .getByRole('button', { name: /确\s*认/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /确\s*认/ })
      .click();
  };
  await confirm(provider);
  await page
    .getByRole('dialog')
    .getByText(/SAME_PERSON/)
    .waitFor();
  const other = await Visitor.signIn(browser, hub, OTHER);
  await other.open('sources');
  await confirm(other);
  await other.page.getByText('使用中').first().waitFor();
  await other.page.getByRole('link', { name: '变更' }).click();
  await other.page.getByLabel('令牌范围').waitFor();
  await other.look('source-change');
  assert.equal(await other.page.getByLabel('客户端密钥').inputValue(), '');
  assert.ok(!(await other.page.content()).includes('ge-heim-4711'));
  await other.leave();
  await provider.leave();
};

/** Head of the same department. */
const OTHER = '何建国';
