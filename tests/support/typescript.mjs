// Preloaded (`node --import`) where TypeScript is run as it stands. Node's hooks of the same thread: those of a loader
// thread wait for each module on another thread, seconds for the 1,500 modules of a hub.
import { existsSync, readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { compilerOptions } from '../../cli/compiler-options.mjs';

process.setSourceMapsEnabled(true);
enableCompileCache(fileURLToPath(new URL('../../dist/.compile-cache', import.meta.url)));

/** The source that a relative import with the name of its output means. */
function sourceOf(specifier, parent) {
  if (!specifier.startsWith('.') || !specifier.endsWith('.js') || !parent?.endsWith('.ts')) return undefined;
  const url = new URL(`${specifier.slice(0, -3)}.ts`, parent);
  return existsSync(url) ? url.href : undefined;
}

registerHooks({
  resolve(specifier, context, next) {
    const url = sourceOf(specifier, context.parentURL);
    return url ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...compilerOptions,
      sourceMaps: 'inline',
      filename,
    });
    return { source: code, format: 'module', shortCircuit: true };
  },
});
