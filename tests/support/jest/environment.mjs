import { ModernFakeTimers } from '@jest/fake-timers';
import { TestEnvironment } from 'jest-environment-node';

/** What tests hand to matchers: `expect.any(String)` compares with the `String` of its own realm. */
const COMPARED = ['Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Function', 'Number', 'Object', 'RegExp', 'String'];

/**
 * Jest's environment for Node around tests that Node itself has loaded (see `native-runner.mjs`): built-in classes
 * and fake timers are those of the tests.
 */
export default class NativeEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of COMPARED) this.global[name] = globalThis[name];
    this.fakeTimersModern = new ModernFakeTimers({ config: config.projectConfig, global: globalThis });
  }
}
