import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { pidsOf } from './process-tree.js';

/** Linux perf with a hardware counter is on few machines, and few sandboxes let it in. */
const available = (() => {
  const tried = spawnSync('perf', ['stat', '-x', ',', '-e', 'instructions', 'true'], { encoding: 'utf8' });
  return tried.status === 0 && countIn(tried.stderr) !== undefined;
})();

/** Counts the instructions that a process and everything it started retire from now on, where the machine can. Other
 *  work on the machine makes CPU time longer, by its caches and clocks; it hardly changes this count.
 *  @returns a function that ends the counting and gives the count, undefined where there is none */
export async function countInstructions(pid) {
  if (!available) return async () => undefined;
  const perf = spawn('perf', ['stat', '-x', ',', '-e', 'instructions', '-p', pidsOf(pid).join(',')]);
  let text = '';
  perf.stderr.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  const ended = once(perf, 'exit');
  await new Promise((resolve) => setTimeout(resolve, 200));
  return async () => {
    perf.kill('SIGINT');
    await ended;
    return countIn(text);
  };
}

function countIn(text) {
  const line = text.split('\n').find((candidate) => candidate.includes(',instructions'));
  const count = Number(line?.split(',')[0]);
  return Number.isFinite(count) && count > 0 ? count : undefined;
}
