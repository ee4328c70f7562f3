import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Journey } from '../support/journey.js';
import { DASHBOARD_PORT } from '../support/dashboard-port.js';
import { Visitor } from '../support/visitor.js';

/** The authority registers a page of a department's own; a person of it signs in there with PKCE, and sees three charts and one
 *  number that is not given. */
export const showDashboard: Journey = async (browser, hub) => {
  const issuer = new URL(hub);
  issuer.port = String(Number(issuer.port) + 9);
  const served = spawn(process.execPath, ['examples/dashboard/serve.mjs', String(DASHBOARD_PORT)], {
    env: { ...process.env, HUB: hub, ISSUER: issuer.origin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await createInterface(served.stdout)
      [Symbol.asyncIterator]()
      .next()
      .then(({ value }) => [String(value)]);
    const address = line!.replace('dashboard ', '');
    await register(browser, hub, address);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() === `${hub}/graphql` && request.method() === 'POST') asked.push(request.postData()!);
    });
    const account = page.getByRole('button', { name: '李娜' });
    // The OpenID provider hears of the page a moment after it is registered.
    do {
      complaints.length = 0;
      await page.goto(address);
      await page.getByRole('button', { name: '登录并查询' }).click();
      await account.or(page.getByText('client is invalid')).first().waitFor();
    } while (!(await account.isVisible()));
    await account.click();
    await page.waitForURL(address);
    await page.getByRole('heading', { name: /常住人口/ }).waitFor();
    assert.equal(await page.locator('.chart svg').count(), 3);
    const refusal = page.getByRole('note');
    await refusal.getByText('GRANT_REQUIRED').waitFor();
    assert.match((await refusal.textContent())!, /个人账户余额.*社会保险法 第八十一条/s);
    assert.match((await refusal.getByRole('link').getAttribute('href'))!, /item=PensionInsurance\.accountBalance/);
    const numbers = await page.locator('.chart').first().locator('td').allTextContents();
    assert.ok(
      numbers.length === 4 && numbers.every((text) => /^[1-9]\d*$/.test(text)),
      `numbers are ${numbers.join()}`,
    );

    // Neither focus, nor the pointer, nor coming back asks again; a click does.
    await page.evaluate(`for (const type of ['focus', 'online', 'pageshow']) window.dispatchEvent(new Event(type));
      document.dispatchEvent(new Event('visibilitychange'))`);
    await page.getByRole('heading', { name: /企业/ }).hover();
    assert.equal(asked.length, 1);
    await page.getByRole('button', { name: '重新查询' }).click();
    await page.getByRole('button', { name: '重新查询' }).and(page.locator(':enabled')).waitFor();
    assert.equal(asked.length, 2);
    assert.equal(await page.evaluate('JSON.stringify([localStorage, sessionStorage])'), '[{},{}]');
    assert.ok(!page.url().includes('code='));
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/dashboard-wide.png`, fullPage: true });
    assert.deepEqual(complaints, []);
    await context.close();
  } finally {
    served.kill();
  }
};

async function register(browser: Parameters<Journey>[0], hub: string, address: string): Promise<void> {
  const authority = await Visitor.signIn(browser, hub, '王敏');
  const { page } = authority;
  await authority.open('systems');
  await page.getByRole('button', { name: '登记接入系统' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('客户端标识').fill('housing-board');
  await form.getByLabel('名称').fill('保障房看板');
  await authority.choose('部门', '住房保障和房产管理局', form);
  await form.getByLabel('在浏览器中运行').check();
  await form.getByRole('combobox', { name: '登录回调地址' }).fill(address);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByRole('cell', { name: 'housing-board' }).waitFor();
  await authority.leave();
}
