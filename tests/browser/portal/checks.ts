import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** The authority defines a check, and is told why two items of one department cannot stand in it; what was filled in stays. */
export const defineCheck: Journey = async (browser, hub) => {
  const visitor = await Visitor.signIn(browser, hub, '王敏');
  const { page } = visitor;
  const dialog = page.getByRole('dialog');
  const option = (item: string) => page.locator('.ant-select-item-option:visible').filter({ hasText: item });
  // The worker reads from the schemas which items can be compared, soon after the hub has started.
  do {
    await visitor.open('checks');
    await page.getByRole('button', { name: '设立多元校核' }).click();
    await dialog.getByLabel('甲方信息项').fill('Resident.birthDate');
    await page.locator('.ant-select-item-empty:visible').or(option('Resident.birthDate')).first().waitFor();
  } while (!(await option('Resident.birthDate').isVisible()));
  await dialog.getByLabel('名称').fill('出生日期校核');
  await dialog.getByLabel('目的').fill('核对两部门登记的出生日期');
  for (const [label, item] of [
    ['甲方信息项', 'Resident.birthDate'],
    ['乙方信息项', 'Resident.phone'],
  ] as const) {
    await dialog.getByLabel(label).fill(item);
    await option(item).click();
  }
  await dialog.getByLabel('依据').fill('HZ-6.3a');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  await dialog.getByText('SAME_DEPARTMENT').waitFor();
  await visitor.look('check-refused');
  await visitor.leave();
};
