// Builds the packages that departments install into dist/packages: compiled code, a package.json that depends on what the
// code imports and nothing else, and the tarballs that `npm pack` makes of them.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const project = readJson(join(root, 'package.json'));
const require = createRequire(join(root, 'package.json'));

/** Packages whose one copy the provider's code and the kit must share. */
const SHARED = /^(graphql|type-graphql|reflect-metadata|@mikro-orm\/.*)$/;

const PACKAGES = {
  kit: {
    name: '@sharehub/kit',
    description: 'Publish a federation subgraph with share types to a ShareHub.',
    exports: {
      '.': { types: './lib/packages/kit/index.d.ts', default: './lib/packages/kit/index.js' },
      './testing': { types: './lib/packages/kit/testing.d.ts', default: './lib/packages/kit/testing.js' },
      './tsconfig.json': './tsconfig.json',
    },
    readme: 'shared/subgraph/README.md',
  },
  cli: {
    name: '@sharehub/cli',
    description: 'The sharehub command for departments that provide data.',
    bin: { sharehub: './lib/packages/cli/index.js' },
    readme: 'packages/cli/README.md',
  },
};

for (const [folder, { readme, ...about }] of Object.entries(PACKAGES)) {
  const home = join(root, 'dist', 'packages', folder);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'schema'), { recursive: true });
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'packages', folder)]);
  copyFileSync(join(root, 'schema', 'share.graphql'), join(home, 'schema', 'share.graphql'));
  copyFileSync(join(root, readme), join(home, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(home, 'LICENSE'));
  if (folder === 'kit') {
    writeJson(join(home, 'tsconfig.json'), compilerOptions());
    cpSync(join(root, 'shared', 'subgraph', 'pages'), join(home, 'pages'), { recursive: true });
  }
  for (const file of Object.values(about.bin ?? {})) chmodSync(join(home, file), 0o755);
  writeJson(join(home, 'package.json'), {
    ...about,
    version: project.version,
    license: project.license,
    type: 'module',
    engines: { node: '>=24.2' },
    files: ['lib', 'schema', 'pages', 'tsconfig.json'],
    ...dependencies(join(home, 'lib')),
  });
  run('npm', ['pack', '--silent', '--pack-destination', join(root, 'dist', 'packages')], home);
}

/** What a provider's own tsconfig.json extends, so that decorators work. */
function compilerOptions() {
  const { compilerOptions: ours } = readJson(join(root, 'tsconfig.json'));
  const wanted = ['target', 'lib', 'module', 'moduleResolution', 'strict', 'skipLibCheck'];
  const decorators = ['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields'];
  return { compilerOptions: Object.fromEntries([...wanted, ...decorators].map((name) => [name, ours[name]])) };
}

/** Versions of what the compiled code imports, and of what those packages want beside them. */
function dependencies(lib) {
  const own = { dependencies: {}, peerDependencies: {} };
  const wanted = [...new Set(filesIn(lib).flatMap((file) => importsOf(readFileSync(file, 'utf8'))))];
  for (let name; (name = wanted.pop()) !== undefined;) {
    const version = project.dependencies[name];
    if (version === undefined) throw new Error(`${name} is imported and is no dependency of the project.`);
    const kind = SHARED.test(name) ? 'peerDependencies' : 'dependencies';
    if (own[kind][name] !== undefined) continue;
    own[kind][name] = version;
    const { peerDependencies = {} } = readJson(manifestOf(name));
    wanted.push(...Object.keys(peerDependencies).filter((peer) => project.dependencies[peer] !== undefined));
  }
  return own;
}

/** Packages that compiled code names: imports, static or not, and what it requires by `createRequire`. */
function importsOf(text) {
  const required = [...text.matchAll(/\b(?:require|load)(?:\.resolve)?\(['"`]([^'"`]+)['"`]\)/g)].map(
    ([, name]) => name,
  );
  return [...ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName), ...required]
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function manifestOf(name) {
  for (const folder of require.resolve.paths(name)) {
    const file = join(folder, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {
      // Another folder has it.
    }
  }
  throw new Error(`${name} is not installed.`);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
function run(program, args, cwd = root) {
  const { status } = spawnSync(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed.`);
}
