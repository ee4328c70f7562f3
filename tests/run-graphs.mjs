// `npm run test:graphs`: 50,000 random operations over random federated graphs, compared with graphql-js, and
// 10,000 under share rules, compared with the model. A failure prints its seed; PROPERTY_SEED=N begins with it.
import { spawnSync } from 'node:child_process';

const jest = ['--import', './tests/support/jest/register.mjs', 'node_modules/jest/bin/jest.js', '--runInBand'];
const { status } = spawnSync(process.execPath, [...jest, 'tests/federation/random-'], {
  stdio: 'inherit',
  env: { TEST_ROUNDS: 'many', ...process.env },
});
process.exit(status ?? 1);
