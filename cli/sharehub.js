#!/usr/bin/env node
// The `sharehub` command. Runs on any Node: finds one that is new enough, then the compiled command.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST = [24, 2];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = join(root, 'dist', 'cli', 'index.js');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  if (!existsSync(entry)) build();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(entry).href);
} else {
  runOn(bundledNode());
}

/** The Node that comes with the dependencies, whatever the machine has. */
function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  if (existsSync(node)) return node;
  fail(
    `ShareHub needs Node ${OLDEST.join('.')} or later, and this is ${process.version}. Run \`npm ci\`, or install Node 24.`,
  );
}

function runOn(node) {
  const child = spawn(node, ['--enable-source-maps', fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child by itself; what is sent to this process alone must be handed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function build() {
  if (!existsSync(join(root, 'node_modules', '@swc', 'core')))
    fail('ShareHub is not built here. Run `npm ci`, then `npm run build`.');
  process.stderr.write('Building ShareHub, once…\n');
  const { status } = spawnSync(process.execPath, [join(root, 'cli', 'compile.mjs')], { stdio: ['ignore', 2, 2] });
  if (!existsSync(entry)) fail(`The build failed (${status}). Run \`npm run build\` to see why.`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
