// Runs the browser tests, or those whose names are given: `npm run test:browser -- portal`. Exits with 1 when one fails.
import { spawnSync } from 'node:child_process';

const TESTS = ['graphiql', 'portal'];
const [wanted, ...journeys] = process.argv.slice(2);
const failed = TESTS.filter((name) => wanted === undefined || name === wanted).filter((name) => {
  const file = `tests/browser/${name}.browser.ts`;
  const { status } = spawnSync(process.execPath, ['--import', './tests/support/typescript.mjs', file, ...journeys], {
    stdio: 'inherit',
  });
  return status !== 0;
});
process.exitCode = failed.length > 0 ? 1 : 0;
