// `npm run test:long`: the tests that start and kill whole hubs (`*.long.test.ts`, which `npm test` leaves out), and those
// that repeat what they do, as often as a night allows: kills, random questions, random worlds.
import { spawnSync } from 'node:child_process';

const LONG = [
  String.raw`\.long\.test`,
  'tests/declaration/loaded-through-hub',
  'tests/declaration/served-versions',
  'tests/evidence/archive.test',
  'tests/evidence/archive-killed',
  'tests/governance/deadlines',
  'tests/governance/evidence-model',
  'tests/governance/protection-through-hub',
  'tests/governance/provider-review',
  'tests/model',
  'tests/statistics',
  'tests/verification/guessing-attack',
];
const jest = ['--import', './tests/support/jest/register.mjs', 'node_modules/jest/bin/jest.js', '--maxWorkers=2'];
const { status } = spawnSync(process.execPath, [...jest, ...process.argv.slice(2), ...LONG], {
  stdio: 'inherit',
  env: { PROPERTY_CASES: '20000', TEST_ROUNDS: 'many', ...process.env },
});
process.exit(status ?? 1);
