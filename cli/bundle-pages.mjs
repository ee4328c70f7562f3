// Bundles the pages that browsers load, the query page and the portal, into dist/NAME, each file also compressed. Does nothing
// for a page when neither its sources nor its packages have changed.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const queryPage = join(root, 'gateway', 'http', 'graphiql', 'browser');
const portal = join(root, 'portal');

/** @param {string} folder @returns {Promise<string[]>} paths of all files in it and below */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** Which file loads which at once, beside the page's folder: by it a test knows how much a page loads.
 *  @param {import('esbuild').Metafile} metafile @param {string} folder @returns {Record<string, {entry?: string, imports: string[]}>} */
function importsOf(metafile, folder) {
  const nameOf = (/** @type {string} */ path) => relative(folder, join(root, path));
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, { entryPoint: entry, imports }]) => [
      nameOf(path),
      { entry, imports: imports.filter(({ kind }) => kind === 'import-statement').map((each) => nameOf(each.path)) },
    ]),
  );
}

/** @param {string} name  of the page
 *  @param {string} sources  folder of its sources
 *  @param {import('esbuild').BuildOptions} options  entry points and what else is its own */
async function bundlePage(name, sources, options) {
  const output = join(root, 'dist', name);
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const input of [...(await listFiles(sources)), import.meta.filename, join(root, 'package-lock.json')])
    hash.update(await readFile(input));
  const version = hash.digest('hex').slice(0, 16);
  if ((await readFile(join(output, 'stamp'), 'utf8').catch(() => '')) === version) return;

  const draft = `${output}.${process.pid}`;
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    outdir: draft,
    tsconfig: join(sources, 'tsconfig.json'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'linked',
    logLevel: 'warning',
    ...options,
  });
  for (const file of await readdir(draft)) {
    const path = join(draft, file);
    await writeFile(`${path}.gz`, await promisify(gzip)(await readFile(path)));
  }
  await writeFile(`${output}.imports.json`, JSON.stringify(importsOf(metafile, draft)));
  await writeFile(join(draft, 'stamp'), version);
  // In one step, so that a hub that starts now never reads half a page.
  await rm(output, { recursive: true, force: true });
  await rename(draft, output);
}

/** Lists filter on the server: the menu by which Ant Design's table filters in the browser, and the tree in it, stay out. */
const withoutTableFilters = {
  name: 'without-table-filters',
  setup(/** @type {import('esbuild').PluginBuild} */ { onLoad }) {
    onLoad({ filter: /antd[\\/]es[\\/]table[\\/]hooks[\\/]useFilter[\\/]FilterDropdown\.js$/ }, () => ({
      contents: 'export default () => null; export const flattenKeys = () => [];',
    }));
  },
};

await bundlePage('query-page', queryPage, {
  entryPoints: {
    'query-page': join(queryPage, 'query-page.tsx'),
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
});
await bundlePage('portal', portal, {
  entryPoints: { portal: join(portal, 'app', 'main.tsx') },
  plugins: [withoutTableFilters],
  splitting: true,
  chunkNames: '[name]-[hash]',
});
