import assert from 'node:assert/strict';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A developer ticks a query together, is refused an item, and comes from there to the application for it. */
export const tryQuery: Journey = async (browser, hub) => {
  const developer = await Visitor.signIn(browser, hub, '李娜');
  const { page } = developer;
  const described: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/schema/types') described.push(searchParams.getAll('name').join(' '));
  });
  await developer.open('try');
  await page.getByRole('heading', { name: '试用查询' }).waitFor();
  await page.getByText('请先选择查询对象').waitFor();
  assert.ok(await page.getByRole('button', { name: '运行查询' }).isDisabled());
  // The page that a sign-in leads to may have asked, too.
  const others = developer.operations.filter((each) => each !== 'CatalogueLibraries');
  assert.deepEqual([described, [...new Set(others)]], [['Query'], ['Departments']]);
  await developer.look('try-empty');

  await developer.choose('查询对象', 'residents');
  const text = page.getByRole('textbox', { name: '查询文本' });
  await page.getByRole('checkbox', { name: /姓名 name/ }).waitFor();
  await page.getByRole('checkbox', { name: /联系电话 phone/ }).check();
  await page.getByRole('button', { name: '展开所属家庭户' }).click();
  await page.getByRole('checkbox', { name: /户籍地址 address/ }).check();
  const written = await text.inputValue();
  assert.match(written, /query Residents\(\$first: Int!\) \{\n {2}residents\(first: \$first\) \{\n {4}nodes \{/);
  assert.match(written, /phone\n {6}household \{\n {8}address\n {6}\}/);
  await page.getByLabel('division').fill('330102');
  assert.match(await text.inputValue(), /residents\(first: \$first, division: \$division\)/);
  assert.doesNotMatch(await text.inputValue(), /330102/);
  await developer.look('try-built');

  // Nothing of it has been asked for yet.
  const asked = () => developer.operations.filter((each) => each === 'Residents').length;
  assert.equal(asked(), 0);
  await page.getByRole('button', { name: '运行查询' }).dblclick();
  await page.getByRole('heading', { name: '查询结果' }).waitFor();
  assert.equal(asked(), 1);
  await page.getByText('须写明用途').first().waitFor();
  await developer.choose('用途（应用场景）', /./);
  await page.getByRole('checkbox', { name: /年收入 annualIncome/ }).check();
  await page.getByRole('button', { name: '展开医疗保险参保信息' }).click();
  await page.getByRole('checkbox', { name: /参保状态 status/ }).check();
  await page.getByRole('button', { name: '运行查询' }).click();
  await page
    .getByRole('cell', { name: /须申请授权/ })
    .first()
    .waitFor();
  await developer.look('try-answer');
  assert.equal(asked(), 2);

  // The text written by hand is read back into the ticks.
  await text.fill(written.replace('      phone\n', ''));
  assert.equal(await page.getByRole('checkbox', { name: /联系电话 phone/ }).isChecked(), false);
  await text.fill('{ residents(first: 1) { nodes { name } }');
  await page.getByText('查询文本有语法错误').waitFor();
  await text.fill('{ resident(idNumber: "330102196702128466") { name } }');
  await page.getByText(/疑似公民身份号码/).waitFor();
  await developer.look('try-by-hand');
  assert.equal(await page.getByRole('button', { name: '保存查询' }).count(), 0);
  await text.fill(written);

  // Saved and shared, refused under a name that is taken, opened after a reload, deleted.
  const save = async () => {
    await page.getByRole('button', { name: '保存查询' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('名称').fill('公租房申请人');
    return form;
  };
  const form = await save();
  await form.getByLabel('与本部门共用').check();
  await developer.look('try-save');
  await page.getByRole('button', { name: '确认' }).click();
  await form.waitFor({ state: 'hidden' });
  await save();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('代码: QUERY_KNOWN').waitFor();
  await page.getByRole('button', { name: '取消' }).click();
  await page.reload();
  await page.getByText('已保存的查询').click();
  await page.getByRole('cell', { name: '公租房申请人', exact: true }).waitFor();
  await page.getByText('本人 · 本部门共用').waitFor();
  await page.getByRole('button', { name: '打开查询公租房申请人' }).click();
  await page.getByRole('checkbox', { name: /户籍地址 address/ }).waitFor();
  assert.equal(await text.inputValue(), written);
  await developer.look('try-saved');
  await page.getByRole('button', { name: '删除' }).click();
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('没有保存的查询').waitFor();
  await page.getByText('已保存的查询').click();
  await developer.choose('用途（应用场景）', /./);
  await page.getByRole('button', { name: '展开医疗保险参保信息' }).click();
  await page.getByRole('checkbox', { name: /参保状态 status/ }).check();
  await page.getByRole('button', { name: '运行查询' }).click();
  await page
    .getByRole('cell', { name: /须申请授权/ })
    .first()
    .waitFor();

  // To GraphiQL and back, with the query and its purpose, and without values.
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '在 GraphiQL 中打开' }).click(),
  ]);
  await other.locator('.graphiql-query-editor').getByText('query Residents').waitFor();
  assert.equal(await other.getByLabel('用途（应用场景）').inputValue(), 'public-rental-review');
  await other.getByRole('button', { name: /^运行查询/ }).waitFor();
  await other.getByRole('button', { name: /^显示文档/ }).waitFor();
  const english = other.getByRole('button', { name: /^(Execute|Show|Prettify|Copy)/ });
  assert.deepEqual(await english.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML.slice(0, 200))), []);
  await other.getByRole('button', { name: '在“试用查询”中打开' }).click();
  await other.getByRole('checkbox', { name: /联系电话 phone/ }).waitFor();
  assert.equal(await other.getByRole('textbox', { name: '查询文本' }).inputValue(), await text.inputValue());
  assert.equal(new URL(other.url()).hash, '');
  await other.close();

  await page.getByText('程序示例').click();
  await page.getByText('SHAREHUB_TOKEN').last().waitFor();
  await page.getByText('Python', { exact: true }).click();
  await page.getByText('urllib.request').first().waitFor();
  await developer.look('try-samples');

  const [application] = await Promise.all([
    page.context().waitForEvent('page'),
    page
      .getByRole('link', { name: /申请医疗保险参保信息/ })
      .first()
      .click(),
  ]);
  await application.getByRole('heading', { name: '申请使用数据' }).waitFor();
  await application.getByText('Resident.medicalInsurance').waitFor();
  assert.match(application.url(), /scenario=/);
  await application.close();
  assert.deepEqual(
    await page.evaluate(
      '[sessionStorage.length, Object.keys(localStorage).filter((key) => !key.includes("language")).length]',
    ),
    [0, 0],
  );
  await developer.choose('查询对象', 'statisticsResident');
  await page.getByRole('checkbox', { name: /人数 count/ }).waitFor();
  await page.getByRole('button', { name: '运行查询' }).click();
  await page.getByText('被抑制的单元数').last().waitFor();
  await page.getByRole('columnheader', { name: '人数' }).waitFor();
  await developer.look('try-statistic');
  // What is required is asked for before anything is sent.
  await developer.choose('查询对象', 'party');
  await page.getByText('如为企业').waitFor();
  await page.getByRole('button', { name: '运行查询' }).click();
  await page.getByText(/请先填写必填的查询条件/).waitFor();
  assert.equal(developer.operations.filter((each) => each === 'Party').length, 0);
  await developer.look('try-missing');
  await developer.open('entry?code=101001%2F000001');
  await page.getByText('查询示例').click();
  await page.getByText(/query Residents/).waitFor();
  await developer.look('entry-sample');
  await page.getByRole('link', { name: '试用查询' }).last().click();
  await page.getByRole('checkbox', { name: /姓名 name/ }).waitFor();
  assert.match(await text.inputValue(), /^query Residents/);
  await developer.leave();
};
