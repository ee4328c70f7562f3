/** Drives the query page in a real browser: sign-in, documentation, a query under a scenario, sign-out.
 *  Needs a Chromium on PATH (or its path in CHROMIUM). A picture of the page is left in the folder that SCREENSHOTS names. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { buildSchema, graphql } from 'graphql';
import { chromium } from 'playwright-core';
import { queryPageRoutes } from '../../gateway/http/graphiql/query-page-routes.js';
import { portalRoutes } from '../../gateway/http/portal/portal-routes.js';
import { identifyBySession } from '../../gateway/http/session/identify-by-session.js';
import { sessionRoutes } from '../../gateway/http/session/session-routes.js';
import { RouteTable } from '../../gateway/http/routes.js';
import { createIdentifier } from '../../gateway/identity/identifier.js';
import { HubError } from '../../shared/kernel/index.js';
import { startOpenIdProvider } from '../../shared/openid/open-id-provider.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { openMemorySignIn } from '../support/page-sign-in.js';

const register: GovernanceSnapshot = {
  version: 1,
  departments: new Map([
    ['housing', { code: 'housing', name: '住房和城乡建设局', suspended: false, roles: ['consumer'] }],
  ]),
  systems: new Map(),
  officers: new Map([
    ['zhou', { subject: 'zhou', name: '周敏', department: 'housing', roles: ['consumer'], suspended: false }],
    ['wu', { subject: 'wu', name: '吴刚', department: 'housing', roles: ['consumer'], suspended: false }],
  ]),
  scenarios: new Map([
    [
      'housing|rent',
      { code: 'rent', department: 'housing', name: '公租房资格审核', purpose: 'Eligibility for public housing' },
    ],
  ]),
  grants: new Map(),
  publishers: new Map(),
  consents: [],
};
const feed = { fresh: () => register, current: async () => register };

/** Answers the next operation as the hub does when a token has run out. */
let refuseOnce = false;

const schema = buildSchema(`
  type Query {
    "Who asks, and for what."
    echo: String
    """
    联系电话

    Shared on condition (CONDITIONAL) by population.
    """
    phone: String
  }
`);

const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-browser-'));
const hub = createServer();
await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
const publicUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
const accounts = [
  { subject: 'zhou', name: '周敏', department: '住房和城乡建设局', roles: ['consumer'] },
  { subject: 'wu', name: '吴刚', department: '住房和城乡建设局', roles: ['consumer'] },
];
const provider = await startOpenIdProvider({ port: 0, dataDir, clients: [], accounts, publicUrl });

const audience = 'urn:sharehub:hub';
const identifier = createIdentifier({ issuer: provider.issuer, audience, feed });
const pages = openMemorySignIn(provider.issuer, publicUrl, audience);
const identify = identifyBySession((headers) => identifier.identify(headers.authorization), pages.sessions);
const table = new RouteTable([
  ...sessionRoutes({ ...pages, feed, timeZone: 'Asia/Shanghai' }),
  ...portalRoutes(pages),
  ...queryPageRoutes(pages),
]);
hub.on('request', async (request, response) => {
  try {
    if (request.url !== '/graphql') {
      return void (await table.find(request.method, request.url!.split('?')[0]!).handle(request, response, 'r1'));
    }
    if (refuseOnce) {
      refuseOnce = false;
      throw new HubError('UNAUTHENTICATED', 'The token has expired.');
    }
    const { person, department } = (await identify(request.headers))!;
    const { query } = (await json(request)) as { query: string };
    const echo = `${person} of ${department} for ${String(request.headers['share-scenario'])}`;
    response.setHeader('content-type', 'application/graphql-response+json');
    response.end(JSON.stringify(await graphql({ schema, source: query, rootValue: { echo, phone: null } })));
  } catch (error) {
    response.statusCode = error instanceof HubError ? error.status : 500;
    response.end(JSON.stringify({ errors: [{ message: String(error) }] }));
  }
});

const screenshots = process.env.SCREENSHOTS;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
page.setDefaultTimeout(10_000);
const complaints: string[] = [];
const elsewhere: string[] = [];
try {
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text().slice(0, 300)));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const known = [publicUrl, publicUrl.replace('127.0.0.1', 'localhost'), provider.issuer, 'data:'];
    if (!known.some((origin) => request.url().startsWith(origin))) elsewhere.push(request.url());
  });

  await page.goto(publicUrl.replace('127.0.0.1', 'localhost') + '/graphiql');
  await page.getByRole('button', { name: /周敏/ }).click();
  await page.waitForURL(`${publicUrl}/graphiql`);
  await page.getByText('周敏, 住房和城乡建设局').waitFor();

  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('{ echo phone '); // the editor closes the brace
  await page.getByRole('button', { name: /Execute query/ }).click();
  // A purpose is named by the person, so it starts empty; it outlives a reload and a new token.
  await page.locator('.result-window').getByText('zhou of housing for undefined').waitFor();
  const execute = () => page.getByRole('button', { name: /Execute query/ }).click();
  await page.getByLabel('Scenario').selectOption('rent');
  await execute();
  await page.locator('.result-window').getByText('zhou of housing for rent').waitFor();
  await page.evaluate(`sessionStorage.setItem('graphiql:variables', '{"typed":"11010519491231002X"}')`);
  await page.reload();
  await page.getByText('周敏, 住房和城乡建设局').waitFor();
  assert.equal(await page.getByLabel('Scenario').inputValue(), 'rent');
  await execute();
  await page.locator('.result-window').getByText('zhou of housing for rent').waitFor();
  refuseOnce = true;
  await execute();
  await page.getByText('周敏, 住房和城乡建设局').waitFor();
  await page.waitForURL(`${publicUrl}/graphiql`);
  await execute();
  await page.locator('.result-window').getByText('zhou of housing for rent').waitFor();

  await page.getByRole('button', { name: /Show Documentation Explorer/ }).click();
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
  await page
    .getByText(/Shared on condition/)
    .first()
    .waitFor();
  if (screenshots) await page.screenshot({ path: join(screenshots, 'graphiql.png') });

  // Documentation is found by the titles of the catalogue too.
  await page.getByRole('button', { name: /Find by title/ }).click();
  await page.getByRole('searchbox', { name: 'Find by title' }).fill('电话');
  await page.getByRole('button', { name: '联系电话 Query.phone' }).click();
  await page.locator('.graphiql-doc-explorer').getByText('联系电话').first().waitFor();

  // A query comes with the address, and does not stay in it.
  await page.goto('about:blank');
  await page.goto(
    `${publicUrl}/graphiql#${new URLSearchParams({ query: '{ phone echo }', scenario: 'rent' }).toString()}`,
  );
  await page.locator('.graphiql-query-editor').getByText('phone').waitFor();
  await page.waitForURL(`${publicUrl}/graphiql`);
  assert.equal(await page.getByLabel('Scenario').inputValue(), 'rent');
  await execute();
  await page.locator('.result-window').getByText('zhou of housing for rent').waitFor();
  if (screenshots) {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.screenshot({ path: join(screenshots, 'graphiql-narrow.png'), fullPage: true });
    await page.setViewportSize({ width: 1400, height: 800 });
  }

  const cookies = await page.context().cookies(`${publicUrl}/graphiql`);
  assert.ok(cookies.length > 0 && cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Lax'));
  assert.equal(await page.evaluate('document.cookie'), '');

  await page.getByLabel('Scenario').selectOption('');
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('zhou of housing for undefined').waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.waitForURL(`${publicUrl}/`);
  // What one person typed is gone with the sign-out, before anybody else comes.
  const typed = `JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])`;
  assert.doesNotMatch(String(await page.evaluate(typed)), /echo|11010519491231002X|rent|zhou/);
  await page.getByRole('link', { name: /Query page/ }).click();
  await page.getByRole('button', { name: /周敏/ }).waitFor();
  assert.equal((await fetch(`${publicUrl}/session`)).status, 401);

  // The next person in the same browser finds nothing of what was typed, whether they signed out or not.
  await page.getByRole('button', { name: /吴刚/ }).click();
  await page.getByText('吴刚, 住房和城乡建设局').waitFor();
  assert.doesNotMatch(String(await page.evaluate(typed)), /echo|11010519491231002X|rent|zhou/);
  assert.equal(await page.getByLabel('Scenario').inputValue(), '');
  assert.equal(await page.locator('.graphiql-query-editor').getByText('echo').count(), 0);
  await page.evaluate(`sessionStorage.setItem('sharehub:person', 'zhou')`);
  await page.evaluate(`sessionStorage.setItem('graphiql:query', '{ echo }')`);
  await page.reload();
  await page.getByText('吴刚, 住房和城乡建设局').waitFor();
  assert.doesNotMatch(String(await page.evaluate(typed)), /echo|zhou/);

  assert.deepEqual(elsewhere, [], 'the page asks no other host');
  const others = complaints.filter((text) => !text.includes('401 (Unauthorized)'));
  assert.deepEqual(others, [], 'the browser has nothing to complain about but the token that ran out');
  console.log('1 passed, 0 failed');
} catch (error) {
  if (screenshots) await page.screenshot({ path: join(screenshots, 'failed.png') });
  console.error(error, complaints);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await browser.close();
  await provider.stop();
  hub.closeAllConnections();
  hub.close();
  await rm(dataDir, { recursive: true, force: true });
}
