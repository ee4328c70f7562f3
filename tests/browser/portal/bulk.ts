import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A data administrator takes the department's catalogue out as a file, is told what is wrong with a spoilt one, and has nothing to
 *  confirm with the same one. */
export const bringCatalogue: Journey = async (browser, hub) => {
  const visitor = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = visitor;
  await visitor.open('entries');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出整个目录 CSV', exact: true }).click(),
  ]);
  assert.match(file.suggestedFilename(), /\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  await page.getByRole('button', { name: '导入目录' }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: /确\s*认导入/ });
  const choose = (content: string) =>
    dialog
      .getByLabel(/目录文件/)
      .setInputFiles({ name: '目录.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });

  await choose(text.replaceAll('无条件共享', '随便共享'));
  await dialog.getByText(/文件有 \d+ 处问题，未导入任何内容/).waitFor();
  await dialog.getByText('随便共享').first().waitFor();
  assert.ok(await confirm.isDisabled());
  await visitor.look('catalogue-file-refused');

  await choose(text);
  await dialog.getByText(/新增 0 条，修改 0 条，未变 \d+ 条/).waitFor();
  assert.ok(await confirm.isDisabled());
  await visitor.look('catalogue-file-tried');
  // A change makes a draft, which is submitted with what else is picked; each is told on its own.
  await choose(text.replaceAll('Persons registered together.', '同一户口簿登记的人员。'));
  await dialog.getByText(/新增 0 条，修改 1 条/).waitFor();
  await confirm.click();
  await dialog.getByText(/新增 0 条，修改 1 条/).waitFor();
  await dialog.getByRole('button', { name: /取\s*消/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('checkbox', { name: /^家庭户信息 .*@2/ }).check();
  await page.getByRole('button', { name: '提交所选草稿（1）' }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: /已办理 \d 件，未办理 \d 件/ })
    .getByRole('link', { name: '家庭户信息' })
    .waitFor();
  await visitor.look('entries-together');
  await visitor.leave();
};
