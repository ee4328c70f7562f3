import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = process.env.SCREENSHOTS;

/** A browser that persons of the demo sign in with. Needs a Chromium on PATH (or its path in CHROMIUM). */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });

/** Pixels by which the page is wider than its window, once nothing moves, comes or goes any more. The page's content security
 *  policy lets no `waitForFunction` evaluate text. */
const SETTLED_OVERFLOW = `new Promise((resolve) => {
  const end = performance.now() + 5_000;
  const isMoving = () =>
    document.querySelector('[class*="-enter-active"], [class*="-appear-active"], [class*="-leave-active"]') !== null ||
    document.getAnimations().some((each) => each.playState === 'running' && each.effect.getComputedTiming().endTime < Infinity);
  const look = () => {
    const overflow = document.documentElement.scrollWidth - innerWidth;
    if ((overflow <= 0 && !isMoving()) || performance.now() > end) resolve(overflow);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** A person at the portal, in a browser profile of their own. What the browser complains about is kept. */
export class Visitor {
  readonly complaints: string[] = [];
  /** Operations that were sent to `/graphql`, by name. */
  readonly operations: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly hub: string,
  ) {
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text().slice(0, 300)));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(hub) && !request.url().startsWith('data:') && request.resourceType() !== 'document')
        this.complaints.push(`asked another host: ${request.url()}`);
      if (new URL(request.url()).pathname === '/graphql')
        this.operations.push((request.postDataJSON() as { operationName: string }).operationName);
    });
  }

  /** @param name  of a demo account; @param locale  of the browser */
  static async signIn(browser: Browser, hub: string, name: string, locale = 'zh-CN'): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale });
    const visitor = new Visitor(await context.newPage(), hub);
    await visitor.page.goto(`${hub}/portal`);
    await visitor.page.getByRole('button', { name }).first().click();
    await visitor.page.waitForURL(`${hub}/portal/**`);
    return visitor;
  }

  /** Opens a page of the portal by its address. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.hub}/portal/${path}`);
  }

  /** Chooses in a list: the first choice with a text.
   *  @param within  part of the page that the list is in */
  async choose(label: string, text: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    const box = within.getByRole('combobox', { name: label });
    await box.click();
    // A long list shows the choices that are near; what is typed brings the one that is meant.
    if (typeof text === 'string' && (await box.getAttribute('readonly')) === null) await box.fill(text);
    const page = box.page();
    const list = page.locator(`#${await box.getAttribute('aria-controls')}`);
    const popup = page.locator('.ant-select-dropdown').filter({ has: list });
    await popup.locator('.ant-select-item-option').filter({ hasText: text }).first().click();
    await popup.waitFor({ state: 'hidden' });
  }

  /** Finds nothing that WCAG 2.2 AA forbids on the page as it is now, wide and narrow, and takes a picture of each into the
   *  folder that SCREENSHOTS names. */
  async look(name: string): Promise<void> {
    for (const [width, size] of [
      [1280, 'wide'],
      [390, 'narrow'],
    ] as const) {
      await this.page.setViewportSize({ width, height: 800 });
      const overflow = await this.page.evaluate(SETTLED_OVERFLOW);
      if (PICTURES) {
        await mkdir(PICTURES, { recursive: true });
        await this.page.screenshot({ path: join(PICTURES, `${name}-${size}.png`), fullPage: true });
      }
      assert.ok(Number(overflow) <= 0, `${name} (${size}) is ${String(overflow)} px wider than the window`);
    }
    await this.page.setViewportSize({ width: 1280, height: 800 });
    await this.page.evaluate(SETTLED_OVERFLOW);
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate<string[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
    );
    assert.deepEqual(found, [], `${name} is accessible`);
  }

  /** The browser says of each request that was refused as such that it failed: that is no complaint. */
  forgiveRefusals(): void {
    const left = this.complaints.filter((each) => !each.includes('status of 400'));
    this.complaints.splice(0, this.complaints.length, ...left);
  }

  /** Ends, and finds nothing that the browser complained about. */
  async leave(): Promise<void> {
    await this.page.context().close();
    assert.deepEqual(this.complaints, [], 'the browser has nothing to complain about');
  }
}
