/** Drives the portal in a real browser, over a hub with the demo's data: each journey is a person's piece of work. Journeys
 *  follow each other on one hub. With names as arguments, only those. Pictures are left in the folder that SCREENSHOTS names. */
import { join } from 'node:path';
import { agreeTogether, applyAndReview } from './portal/apply.js';
import { bringCatalogue } from './portal/bulk.js';
import { defineCheck } from './portal/checks.js';
import { reformDepartments } from './portal/reform.js';
import { correctItem } from './portal/corrections.js';
import { wholeDay } from './portal/day.js';
import { showDashboard } from './portal/dashboard.js';
import { findData } from './portal/find.js';
import { reportUpdate } from './portal/freshness.js';
import { suspendGrant } from './portal/grants.js';
import { chooseMessages } from './portal/messages.js';
import { meetMishaps } from './portal/mishaps.js';
import { inquire, openPages, registerScenario } from './portal/pages.js';
import { registerSource, SOURCE_HOST } from './portal/sources.js';
import { judgeQuality } from './portal/quality.js';
import { tryQuery } from './portal/try.js';
import { DASHBOARD_PORT } from './support/dashboard-port.js';
import { mail, mailSettings } from './support/hub-mail.js';
import type { Journey } from './support/journey.js';
import { startHub } from './support/running-hub.js';
import { openBrowser } from './support/visitor.js';

const journeys: Readonly<Record<string, Journey>> = {
  findData,
  tryQuery,
  applyAndReview,
  agreeTogether,
  suspendGrant,
  correctItem,
  reportUpdate,
  judgeQuality,
  bringCatalogue,
  defineCheck,
  reformDepartments,
  openPages,
  inquire,
  registerScenario,
  registerSource,
  chooseMessages,
  showDashboard,
  wholeDay,
  meetMishaps,
};

const pictures = process.env.SCREENSHOTS;
const wanted = process.argv.slice(2);
const chosen = Object.entries(journeys).filter(([name]) => wanted.length === 0 || wanted.includes(name));
/** A hub that runs already, with the demo's data, or one of its own. */
const running = process.env.HUB;
const hub = running
  ? { url: running, stop: () => Promise.resolve() }
  : await startHub({ ...mailSettings, SOURCE_HOSTS: SOURCE_HOST, CORS_ORIGINS: `http://127.0.0.1:${DASHBOARD_PORT}` });
const browser = await openBrowser();
let failed = 0;
try {
  for (const [name, journey] of chosen) {
    try {
      await journey(browser, hub.url);
      console.log(`${name} passed`);
    } catch (error) {
      failed++;
      console.error(`${name} FAILED`, error);
      for (const [at, page] of browser
        .contexts()
        .flatMap((context) => context.pages())
        .entries())
        if (pictures) await page.screenshot({ path: join(pictures, `failed-${name}-${at}.png`), fullPage: true });
    } finally {
      for (const context of browser.contexts()) await context.close();
    }
  }
} finally {
  await browser.close();
  await hub.stop();
  await mail.close();
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
