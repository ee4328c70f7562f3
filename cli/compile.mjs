// Compiles the hub into dist/: each file by itself, all of them within a second. `npm run types` checks the types.
// With `--watch` it goes on and compiles what changes.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transform } from '@swc/core';
import { compilerOptions } from './compiler-options.mjs';

const root = dirname(import.meta.dirname);
const output = join(root, 'dist');
const FOLDERS = ['shared', 'gateway', 'subgraphs', 'worker', 'cli'];
/** The pages are bundled by `cli/bundle-pages.mjs`. */
const isSource = (path) => path.endsWith('.ts') && !path.startsWith(join('gateway', 'http', 'graphiql', 'browser'));

await compileAll();
if (process.argv.includes('--watch')) await watchSources();

async function compileAll() {
  const sources = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root })).filter(isSource);
  await Promise.all(sources.map(compile));
  const outputs = new Set(sources.flatMap(outputsOf));
  for (const path of FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{js,js.map}`, { cwd: output })))
    if (!outputs.has(path)) remove(path);
}

async function compile(path) {
  const [target, targetMap] = outputsOf(path);
  const { code, map } = await transform(readFileSync(join(root, path), 'utf8'), {
    ...compilerOptions,
    filename: join(root, path),
    outputPath: join(output, target),
    sourceMaps: true,
    inlineSourcesContent: false,
  });
  write(targetMap, map);
  write(target, code);
}

async function watchSources() {
  const { watch } = await import('chokidar');
  const ignored = (path, stats) => !!stats?.isFile() && !isSource(relative(root, path));
  const watcher = watch(FOLDERS, { cwd: root, ignoreInitial: true, ignored });
  watcher.on('all', (event, path) => {
    if (event === 'unlink') outputsOf(path).forEach(remove);
    else if (event === 'add' || event === 'change')
      compile(path).catch((error) => process.stderr.write(`${error.message}\n`));
  });
}

function outputsOf(path) {
  const target = path.replace(/\.ts$/, '.js');
  return [target, `${target}.map`];
}

function remove(path) {
  rmSync(join(output, path), { force: true });
}

/** Writes what differs from what is there: processes that watch dist/ start again for each file. */
function write(path, text) {
  const file = join(output, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
