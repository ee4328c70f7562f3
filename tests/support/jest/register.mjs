// Preloaded where tests run (`node --import`): TypeScript, its source maps, and the names of the file that runs.
import { registerHooks } from 'node:module';
import '../typescript.mjs';

const globals = new URL('./globals.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
});
