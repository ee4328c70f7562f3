// `npm run bench:graphs`: graphs of 20, 100 and 200 declared subgraphs of 20 types beside the demo's, each composed in the process of its
// own and taken over here, as a gateway does. Processor time of both, the longest that a request would wait here, and resident memory.
// `-- 20 100` for other numbers; `-- --extend` lets every subgraph extend one entity.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Composer } from '../../gateway/supergraph/composer/composer.js';
import { receiveGraph } from '../../gateway/supergraph/receive-graph.js';
import type { Graph } from '../../gateway/supergraph/graph.js';
import type { LoadedSubgraph } from '../../gateway/supergraph/load-subgraphs.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { declareNumbered, typeName } from '../declaration/support/numbered-subgraph.js';
import { composerProcesses, processorOf, residentOf } from '../support/composer-processes.js';
import { LoopWatch } from '../support/loop-watch.js';

const TYPES = 20;
const SWAPS = 3;
const { values, positionals } = parseArgs({ options: { extend: { type: 'boolean' } }, allowPositionals: true });
const sizes = positionals.length > 0 ? positionals.map(Number) : [20, 100, 200];

const demo = readdirSync('schema/subgraphs').map((file) => {
  const name = file.replace('.graphql', '');
  return { name, url: `http://${name}.example/`, sdl: readFileSync(`schema/subgraphs/${file}`, 'utf8') };
});
function numbered(at: number, more?: string): LoadedSubgraph {
  const { declaration } = parseDeclaration(declareNumbered(at, TYPES, more));
  const { sdl } = buildDeclaredGraph(declaration!).built;
  const own = `extend type Resident @key(fields: "idNumber") {
    idNumber: String! records${at}: [${typeName(at, 0)}!] @share(type: UNCONDITIONAL) }`;
  return { name: `numbered-${at}`, url: 'http://declared.example/', sdl: values.extend ? `${sdl}\n${own}` : sdl };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);

const rows: Record<string, string | number>[] = [];
for (const size of sizes) {
  const composer = new Composer({ timeoutMs: 600_000, memoryMb: 2_048 });
  const all = [...demo, ...Array.from({ length: size }, (_, at) => numbered(at))];
  const policy = { publishers: new Map(all.map(({ name }) => [name, ['civil-affairs']])), consents: [] };
  // The one before takes a moment to end.
  while (composerProcesses().length > 0) await setTimeout(20);
  composer.warmUp();
  const child = composerProcesses()[0]!;
  let graph: Graph | undefined;
  const bring = async (subgraphs: readonly LoadedSubgraph[]) => {
    const [began, cpu] = [performance.now(), processorOf(child)];
    const parts = await composer.run('graph', { subgraphs, policy, base: graph?.version });
    const composed = processorOf(child) - cpu;
    const [watch, own] = [new LoopWatch(), process.cpuUsage()];
    ({ graph } = await receiveGraph(parts, graph, subgraphs));
    await setTimeout(20);
    const { user, system } = process.cpuUsage(own);
    return { composed, wall: performance.now() - began, received: (user + system) / 1000, step: watch.stop() };
  };
  const first = await bring(all);
  const next: (typeof first)[] = [];
  for (let swap = 0; swap < SWAPS; swap++)
    next.push(await bring([...all.slice(0, -1), numbered(size - 1, `more${swap}`)]));
  const median = (of: keyof typeof first) => next.map((each) => each[of]).toSorted((a, b) => a - b)[SWAPS >> 1]!;
  rows.push({
    subgraphs: size,
    types: size * TYPES,
    'first, s cpu': seconds(first.composed),
    'first, s': seconds(first.wall),
    'next, s cpu': seconds(median('composed')),
    'next, s': seconds(median('wall')),
    'taken over, s cpu': seconds(median('received')),
    'longest step, ms cpu': Math.round(Math.max(...next.map(({ step }) => step))),
    'resident here, MiB': Math.round(residentOf('self')),
    'composing, MiB': Math.round(residentOf(child)),
  });
  composer.close();
  process.kill(child, 'SIGKILL');
  process.stdout.write(`${JSON.stringify(rows.at(-1))}\n`);
}
console.table(rows);
