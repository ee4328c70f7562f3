/** `npm run pictures`: takes the pictures of README and guides anew. Runs the journeys that show what they show, and puts the
 *  upper part of each page into docs/pictures. With a folder as argument it takes the journeys' pictures from there.
 *  A picture of 150 kB or more fails. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './support/visitor.js';

const JOURNEYS = ['findData', 'applyAndReview', 'correctItem', 'openPages', 'chooseMessages'];
/** Name in docs/pictures, by the name that a journey gives. */
const PICTURES: Readonly<Record<string, string>> = {
  find: 'find',
  entry: 'entry',
  apply: 'apply',
  application: 'application',
  review: 'review',
  correction: 'correction',
  'correction-decide': 'correction-decide',
  'page-loads-new': 'load',
  'page-board': 'board',
  messages: 'messages',
};
const MOST_BYTES = 150_000;
const MOST_HEIGHT = 900;

const given = process.argv[2];
const folder = given ?? (await mkdtemp(join(tmpdir(), 'sharehub-pictures-')));
if (given === undefined) {
  const env = { ...process.env, SCREENSHOTS: folder };
  const { status } = spawnSync(process.execPath, ['tests/run-browser.mjs', 'portal', ...JOURNEYS], {
    stdio: 'inherit',
    env,
  });
  if (status !== 0) throw new Error('A journey failed; no pictures were taken.');
}
await mkdir('docs/pictures', { recursive: true });
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: MOST_HEIGHT } });
for (const [taken, name] of Object.entries(PICTURES)) {
  const png = await readFile(join(folder, `${taken}-wide.png`));
  await page.setContent(`<img style="display:block" src="data:image/png;base64,${png.toString('base64')}">`);
  await page.addStyleTag({ content: 'body { margin: 0 }' });
  const height = Number(await page.evaluate('document.images[0].decode().then(() => document.images[0].height)'));
  const clip = { x: 0, y: 0, width: 1280, height: Math.min(height, MOST_HEIGHT) };
  const cut = await page.screenshot({ clip });
  if (cut.length >= MOST_BYTES)
    throw new Error(`${name}.png has ${cut.length} bytes, at most ${MOST_BYTES} are allowed.`);
  await writeFile(join('docs/pictures', `${name}.png`), cut);
}
await browser.close();
if (given === undefined) await rm(folder, { recursive: true, force: true });
