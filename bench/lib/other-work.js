import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { usageOf } from './process-tree.js';

const TICKS = 100;

/** Milliseconds for which the machine's cores were not idle, the time that a hypervisor took included.
 *  @source proc(5), `/proc/stat` */
function busyMilliseconds() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .slice(3, 200)
    .trim()
    .split(/\s+/)
    .map(Number);
  return ((user + nice + system + irq + softirq + steal) * 1000) / TICKS;
}

/** Watches how much of the machine goes to work that is not the bench's own.
 *  @returns a function that says which share of all cores that was since, from 0 to 1 */
export function watchOtherWork() {
  const since = performance.now();
  const [busy, own] = [busyMilliseconds(), usageOf(process.pid).cpuMilliseconds];
  return () => {
    const others = busyMilliseconds() - busy - (usageOf(process.pid).cpuMilliseconds - own);
    return Math.max(0, others / (performance.now() - since) / cpus().length);
  };
}
