import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const GOVERNANCE = 'subgraphs/governance/';

/** `from` imports something of `to`, at least once. Both are direct children of subgraphs/governance, folders or files. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}
export interface RoomMeasure {
  readonly rooms: readonly string[];
  readonly arrows: readonly Arrow[];
  /** Arrows between rooms against the declared order. */
  readonly upward: readonly Arrow[];
  /** Rooms that can reach themselves. */
  readonly circular: readonly string[];
}

/** Order of the rooms in .dependency-cruiser.cjs, each after those it may import: it makes one rule for each but the
 *  last, which nothing of governance may import. */
export function declaredRooms(): readonly string[] {
  const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string; to: { path?: string } }[];
  };
  const rules = forbidden.filter(({ name }) => name.endsWith('-knows-no-later-room'));
  const last = /\((\w+)\)/.exec(rules.at(-1)!.to.path!)![1]!;
  return [...rules.map(({ name }) => name.replace(/^governance-|-knows-no-later-room$/g, '')), last];
}

/** Measures how the rooms of governance hang together, from the imports that dependency-cruiser finds. */
export async function measureRooms(): Promise<RoomMeasure> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'subgraphs/governance'],
    ],
    { cwd: ROOT, maxBuffer: 1 << 28 },
  );
  const { modules } = JSON.parse(stdout) as {
    modules: { source: string; dependencies: { resolved: string }[] }[];
  };
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: roomOf(source), to: roomOf(resolved) })),
  );
  const distinct = new Map<string, Arrow>();
  for (const { from, to } of imports)
    if (from !== undefined && to !== undefined && from !== to) distinct.set(`${from} ${to}`, { from, to });
  const arrows = [...distinct.values()];
  const order = declaredRooms();
  return {
    rooms: [...new Set(modules.map(({ source }) => roomOf(source)).filter((room) => room !== undefined))].sort(),
    arrows,
    upward: arrows.filter(({ from, to }) => order.includes(from) && order.indexOf(to) > order.indexOf(from)),
    circular: [...new Set(arrows.map(({ from }) => from))].filter((room) => reaches(arrows, room, room)),
  };
}

function roomOf(file: string): string | undefined {
  return file.startsWith(GOVERNANCE) ? file.slice(GOVERNANCE.length).split('/')[0] : undefined;
}

function reaches(arrows: readonly Arrow[], start: string, goal: string): boolean {
  const open = [start];
  const seen = new Set<string>();
  for (let room = open.pop(); room !== undefined; room = open.pop()) {
    for (const { from, to } of arrows) {
      if (from !== room || seen.has(to)) continue;
      if (to === goal) return true;
      seen.add(to);
      open.push(to);
    }
  }
  return false;
}
