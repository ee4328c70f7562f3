import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';

/** Where `globals.mjs` finds what belongs to the test file that runs now. */
export const RUNNING = Symbol.for('sharehub.tests.running');

/**
 * jest-circus over Node's own module loader. Jest's loader compiles every module again for each test file; a test
 * file here needs some 1,500 of them. Node keeps a module, and what it has compiled, for all files of a worker.
 */
export default async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  const { setGlobalsForRuntime } = runtime;
  runtime.setGlobalsForRuntime = (globals) => {
    setGlobalsForRuntime.call(runtime, globals);
    globalThis[RUNNING] = runtime.requireModuleOrMock(testPath, '@jest/globals');
  };
  // The runner maps stacks by what Jest has compiled; Node knows the maps of what it has loaded.
  Error.prepareStackTrace = undefined;
  // As in the hub; Jest's hundred frames cost a tenth of tests that refuse much.
  Error.stackTraceLimit = 10;
  runtime.unstable_shouldLoadAsEsm = () => true;
  runtime.unstable_importModule = (path) => import(pathToFileURL(path).href);
  return circus.default(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
}
