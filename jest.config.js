/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/tests/support/jest/environment.mjs',
  globalTeardown: '<rootDir>/tests/support/jest/teardown.mjs',
  testRunner: '<rootDir>/tests/support/jest/native-runner.mjs',
  // No test asserts how long something takes; a machine that is busy with other things must not fail one.
  testTimeout: process.env.TEST_ROUNDS === 'many' ? 600_000 : 60_000,
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/**/*.test.ts', ...(process.env.TEST_ROUNDS === 'many' ? [] : ['!**/*.long.test.ts'])],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/bench/', '/.data/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/bench/', '<rootDir>/.data/'],
  transform: {},
};
