import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** The authority drafts a reform, is shown what stands against it, drafts it anew, and does not confirm its own plan: a
 *  colleague does. */
export const reformDepartments: Journey = async (browser, hub) => {
  const visitor = await Visitor.signIn(browser, hub, '王敏');
  const { page } = visitor;
  const dialog = page.getByRole('dialog');
  const choose = async (label: string, at: number, option: string) => {
    await dialog.getByLabel(label).nth(at).click();
    await dialog.getByLabel(label).nth(at).fill(option);
    await page.locator('.ant-select-item-option:visible').filter({ hasText: option }).first().click();
  };
  await visitor.open('reforms');
  await page.getByRole('button', { name: '拟订方案' }).click();
  await dialog.getByLabel('方案名称').fill('医疗保障局并入人力资源和社会保障局');
  await dialog.getByLabel('依据').fill('机构改革方案〔2026〕1号');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('执行日期').fill(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10));
  await dialog.getByLabel('标识').fill('medical-security');
  await choose('承接部门', 0, '税务局');
  await visitor.look('reform-draft');
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  // The tax bureau provides nothing.
  await page.getByText('税务局').first().waitFor();
  await page.getByText(/处缺口，不能确认/).waitFor();
  await visitor.look('reform-gaps');

  await page.getByRole('button', { name: '重新拟订' }).click();
  await choose('承接部门', 0, '人力资源和社会保障局');
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  await page.getByText('岗位任命').first().waitFor();
  await visitor.look('reform');
  await page.getByRole('button', { name: '确认方案' }).click();
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  await dialog.getByText('SAME_PERSON').waitFor();
  const address = page.url();
  await visitor.leave();

  const colleague = await Visitor.signIn(browser, hub, '徐芳');
  await colleague.page.goto(address);
  await colleague.page.getByRole('button', { name: '确认方案' }).click();
  await colleague.page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*认/ })
    .click();
  await colleague.page.getByText('已确认').waitFor();
  await colleague.leave();
};
