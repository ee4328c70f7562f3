// `npm run test:property -- --cases N [--seed S]`: the model's properties over N random cases.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } });
for (const [name, value] of Object.entries(values)) {
  if (/^-?\d+$/.test(value)) continue;
  console.error(`--${name} ${value} is not a whole number.`);
  process.exit(2);
}
const jest = ['--import', './tests/support/jest/register.mjs', 'node_modules/jest/bin/jest.js', 'tests/model'];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(values.cases && { PROPERTY_CASES: values.cases }),
    ...(values.seed && { PROPERTY_SEED: values.seed }),
  },
});
process.exit(status ?? 1);
