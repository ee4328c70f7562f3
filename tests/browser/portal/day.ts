import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A whole day of one item, by the persons whose work it is: a developer is refused it, applies, two parties agree, it is queried,
 *  suspended, refused again, resumed, and read by the auditor in the evidence. Nobody writes GraphQL. The task times of the persons are
 *  counted in clicks. */
export const wholeDay: Journey = async (browser, hub) => {
  const developer = await Visitor.signIn(browser, hub, '李娜');
  const { page } = developer;
  await developer.open('try');
  await developer.choose('查询对象', 'residents');
  await page.getByRole('checkbox', { name: /与户主关系 householdRole/ }).check();
  await developer.choose('用途（应用场景）', /人才/);
  const run = page.getByRole('button', { name: '运行查询' });
  const refused = page.getByRole('cell', { name: /须申请授权/ }).first();
  await run.click();
  await refused.waitFor();

  const [form] = await Promise.all([
    page.context().waitForEvent('page'),
    page
      .getByRole('link', { name: /申请与户主关系/ })
      .first()
      .click(),
  ]);
  await form.getByRole('heading', { name: '申请使用数据' }).waitFor();
  const effort = await measureEffort(form);
  await developer.choose('所服务的职能', /./, form);
  await form.getByLabel('行政依据').check();
  await form.getByLabel('申请理由').fill('核对共同申请人与户主的关系（𠮷、㛃等姓名用字原样保留）');
  await form.getByLabel('联系电话').fill('0571-85250000');
  await form.getByRole('button', { name: '提交申请' }).click();
  await form.waitForURL(/\/portal\/application\?id=/);
  const { clicks, fields } = await effort();
  // One click leads here, and one into each field that is typed.
  assert.ok(clicks + 1 + fields <= 8, `${clicks} clicks`);
  assert.equal(fields, 2);
  const application = new URL(form.url()).searchParams.get('id')!;

  for (const [name, role] of [
    ['赵磊', 'provider'],
    ['王敏', 'authority'],
  ] as const) {
    const reviewer = await Visitor.signIn(browser, hub, name);
    await reviewer.open('tasks');
    const task = reviewer.page.getByRole('link', { name: new RegExp(`^${application}/`) });
    await task.waitFor();
    const effort = await measureEffort(reviewer.page);
    await task.click();
    await reviewer.page.getByText('𠮷、㛃等姓名用字原样保留').waitFor();
    await reviewer.page.getByRole('button', { name: '同意共享' }).click();
    await reviewer.page.getByText(role === 'provider' ? '已作出的决定' : /已授权/).waitFor();
    assert.ok((await effort()).clicks <= 3, `${role}: a plain agreement in ${(await effort()).clicks} clicks`);
    await reviewer.leave();
  }

  await form.reload();
  const grant = (await form.getByText(/授权 G-\d+/).textContent())!.match(/G-\d+/)![0];
  await form.close();
  /** Runs the query until the gateway has heard of what was decided a moment ago. */
  const runUntil = async (isRefused: boolean) => {
    const end = Date.now() + 15_000;
    let codes: string[];
    do {
      const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await run.click();
      const { errors } = (await (await answered).json()) as { errors?: { extensions: { code: string } }[] };
      codes = (errors ?? []).map(({ extensions }) => extensions.code);
      if (codes.some((code) => code.startsWith('GRANT_')) === isRefused) return;
    } while (Date.now() < end);
    throw new Error(`The query is still ${isRefused ? 'answered' : 'refused'}: ${codes.join(' ')}`);
  };
  await runUntil(false);
  await page.getByRole('columnheader', { name: /与户主关系/ }).waitFor();
  await developer.look('day-granted');

  const provider = await Visitor.signIn(browser, hub, '赵磊');
  await provider.open(`grant?id=${grant}`);
  const suspend = async (act: '暂停' | '恢复', reason?: string) => {
    await provider.page.getByRole('button', { name: act, exact: true }).click();
    if (reason !== undefined) await provider.page.getByLabel('理由').fill(reason);
    await provider.page.getByRole('button', { name: '确认' }).click();
    await provider.page.getByRole('button', { name: act === '暂停' ? '恢复' : '暂停', exact: true }).waitFor();
  };
  await suspend('暂停', '核查使用情况');
  await runUntil(true);
  await page.getByRole('cell', { name: /暂停/ }).first().waitFor();
  await developer.look('day-suspended');
  await suspend('恢复');
  await provider.leave();
  await runUntil(false);
  await developer.leave();

  const auditor = await Visitor.signIn(browser, hub, '何审');
  await auditor.open('uses?department=housing');
  await auditor.page.getByRole('cell', { name: 'talent-housing' }).first().waitFor();
  await auditor.page.locator('tbody a').first().click();
  await auditor.page.getByText('li.na').first().waitFor();
  await auditor.page
    .getByText(/与户主关系/)
    .first()
    .waitFor();
  await auditor.look('day-audited');
  await auditor.leave();
};

interface Effort {
  /** Presses of the mouse. */
  readonly clicks: number;
  /** Fields that were typed into; those to choose from are not among them. */
  readonly fields: number;
}

/** Counts what a person does on a page from now on.
 *  @returns reads the count */
async function measureEffort(page: Page): Promise<() => Promise<Effort>> {
  await page.evaluate(`
    window.effort = { clicks: 0, fields: new Set() };
    addEventListener('pointerdown', () => window.effort.clicks++, true);
    addEventListener('input', ({ target }) => {
      if (target.matches('textarea, input:not([type=checkbox], [type=radio], [role=combobox])')) window.effort.fields.add(target.id);
    }, true);
  `);
  return () => page.evaluate<Effort>('({ clicks: window.effort.clicks, fields: window.effort.fields.size })');
}
