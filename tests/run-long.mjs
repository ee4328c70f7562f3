// `npm run test:long`: the tests that repeat what they do, as often as a night allows: kills, random questions, random worlds.
import { spawnSync } from 'node:child_process';

const LONG = [
  'tests/acceptance/killed-gateway',
  'tests/evidence/archive-killed',
  'tests/governance/deadlines',
  'tests/governance/evidence-model',
  'tests/governance/pusher-kills',
  'tests/model',
];
const jest = ['--import', './tests/support/jest/register.mjs', 'node_modules/jest/bin/jest.js', '--maxWorkers=2'];
const { status } = spawnSync(process.execPath, [...jest, ...process.argv.slice(2), ...LONG], {
  stdio: 'inherit',
  env: { PROPERTY_CASES: '20000', TEST_ROUNDS: 'many', ...process.env },
});
process.exit(status ?? 1);
