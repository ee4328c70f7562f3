import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;
const PAGE_BYTES = 4096;

/** A process and everything it started. */
export function pidsOf(pid) {
  const processes = readAll();
  return [...processes.keys()].filter((id) => descends(id, pid, processes));
}

/** CPU time and memory of a process and everything it started, from /proc, so that helper processes and native threads
 *  count like the process itself.
 *  @returns CPU milliseconds since start (user and system, ended children included) and resident bytes now */
export function usageOf(pid) {
  const processes = readAll();
  if (!processes.has(pid)) throw new Error(`Process ${pid} has ended.`);
  let [cpu, resident] = [0, 0];
  for (const [id, { ticks, endedTicks, pages }] of processes) {
    if (!descends(id, pid, processes)) continue;
    cpu += ticks + endedTicks;
    resident += pages;
  }
  return { cpuMilliseconds: (cpu * 1000) / TICKS, residentBytes: resident * PAGE_BYTES };
}

function readAll() {
  const processes = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat) processes.set(Number(name), stat);
  }
  return processes;
}

function descends(id, ancestor, processes) {
  for (let at = id; at > 1; at = processes.get(at)?.parent ?? 0) if (at === ancestor) return true;
  return false;
}

/** Fields of proc(5) `/proc/[pid]/stat`; the second one, in parentheses, may hold spaces. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return {
      parent: fields[1],
      ticks: fields[11] + fields[12],
      endedTicks: fields[13] + fields[14],
      pages: fields[21],
    };
  } catch {
    return undefined;
  }
}
