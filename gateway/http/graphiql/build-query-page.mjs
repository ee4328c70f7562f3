// Bundles the query page into dist/query-page. Does nothing when neither its sources nor its packages have changed.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = join(here, '..', '..', '..');
const browser = join(here, 'browser');
const output = join(root, 'dist', 'query-page');

const sources = (await readdir(browser)).sort().map((name) => join(browser, name));
const inputs = [...sources, import.meta.filename, join(root, 'package-lock.json')];
const hash = createHash('sha256');
for (const input of inputs) hash.update(await readFile(input));
const version = hash.digest('hex').slice(0, 16);

if ((await readFile(join(output, 'stamp'), 'utf8').catch(() => '')) !== version) {
  const draft = `${output}.${process.pid}`;
  await build({
    absWorkingDir: root,
    outdir: draft,
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
  for (const name of await readdir(draft)) {
    const file = join(draft, name);
    await writeFile(`${file}.gz`, await promisify(gzip)(await readFile(file)));
  }
  await writeFile(join(draft, 'stamp'), version);
  // In one step, so that a hub that starts now never reads half a page.
  await rm(output, { recursive: true, force: true });
  await rename(draft, output);
}
