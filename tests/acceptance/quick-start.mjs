// The quick start as a new user runs it: the README's commands, in its order, and its answers compared with what comes.
// Prints how long each start took; speed is measured, not asserted, here.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const readme = await readFile('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text }));
const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-quick-start-'));
const env = { ...process.env, DATA_DIR: dataDir };

assert.match(readme, /npm ci && npm start/, 'the README names the command that starts everything');
assert.match(readme, /npm ci && npm test/, 'the README names the command that tests everything');

try {
  const first = await start();
  console.log(`first start: ready after ${first.seconds} s`);
  let compared = 0;
  try {
    for (const [index, { language, text }] of blocks.entries()) {
      if (language !== 'sh' || !text.startsWith('npx sharehub ')) continue;
      // A refused request ends the command with 1 and is printed all the same.
      const { stdout } = await run('bash', ['-c', text], { env, maxBuffer: 16_000_000 }).catch((error) => error);
      const expected = blocks[index + 1];
      if (expected?.language === 'json') {
        assertShown(JSON.parse(stdout), JSON.parse(expected.text), text);
        compared += 1;
      } else if (expected?.language === 'text') {
        for (const line of expected.text.split('\n').filter((part) => part.trim() !== '' && part.trim() !== '…'))
          assert.ok(stdout.includes(line.trim()), `${text}\ndid not print: ${line}\nbut:\n${stdout}`);
        compared += 1;
      }
    }
    assert.ok(compared >= 3, `only ${compared} of the README's answers could be compared`);
    console.log(`${compared} answers are as the README shows them`);
  } finally {
    await first.stop();
  }
  await assert.rejects(fetch('http://127.0.0.1:4000/healthz'), 'Ctrl-C stopped the gateway');

  const second = await start();
  console.log(`second start: ready after ${second.seconds} s`);
  await second.stop();
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

/** `npm start` until it says that it is ready. `stop` is Ctrl-C. */
async function start() {
  const began = performance.now();
  const child = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    process.kill(-child.pid, 'SIGINT');
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      console.log(`  ${line}`);
      if (line === 'ready http://127.0.0.1:4000') resolve(undefined);
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before it was ready`)));
  });
  await ready;
  return { seconds: ((performance.now() - began) / 1000).toFixed(1), stop };
}

/** Everything the README shows is in the answer; what it leaves out may be there too. Lists are shown whole. */
function assertShown(answer, shown, at) {
  if (shown === null || typeof shown !== 'object') return assert.equal(answer, shown, at);
  assert.equal(Array.isArray(answer), Array.isArray(shown), at);
  if (Array.isArray(shown)) assert.equal(answer.length, shown.length, at);
  for (const key of Object.keys(shown)) assertShown(answer?.[key], shown[key], `${at} > ${key}`);
}
