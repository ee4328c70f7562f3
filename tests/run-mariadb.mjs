// `npm run test:mariadb`: the tests of connected databases that need a MariaDB server (MARIADB_URL; 127.0.0.1:3306 where unset).
// None is skipped: without a server they fail.
import { spawnSync } from 'node:child_process';

const jest = ['--import', './tests/support/jest/register.mjs', 'node_modules/jest/bin/jest.js', '--runInBand'];
const match = ['--testMatch', '<rootDir>/tests/**/*.mariadb.ts'];
const { status } = spawnSync(process.execPath, [...jest, ...match, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
