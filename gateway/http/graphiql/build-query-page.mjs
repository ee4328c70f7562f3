// Bundles the query page into dist/query-page. Does nothing when neither its sources nor its packages have changed.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = join(here, '..', '..', '..');
const browser = join(here, 'browser');
const output = join(root, 'dist', 'query-page');
const stamp = join(output, 'stamp');

const sources = (await readdir(browser)).sort().map((name) => join(browser, name));
const inputs = [...sources, import.meta.filename, join(root, 'package-lock.json')];
const hash = createHash('sha256');
for (const input of inputs) hash.update(await readFile(input));
const version = hash.digest('hex').slice(0, 16);

if ((await readFile(stamp, 'utf8').catch(() => '')) !== version) {
  await rm(output, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    outdir: output,
    entryPoints: {
      'query-page': join(browser, 'query-page.tsx'),
      'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
      'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
      'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: join(browser, 'tsconfig.json'),
    loader: { '.ttf': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const name of await readdir(output)) {
    const file = join(output, name);
    await writeFile(`${file}.gz`, await promisify(gzip)(await readFile(file)));
  }
  await writeFile(stamp, version);
}
