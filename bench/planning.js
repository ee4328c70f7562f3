import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planningTasks } from './lib/planning-tasks.js';
import { markdown, median } from './lib/table.js';

/** What does a plan cost that is in no cache? Against Apollo's planner and against reading and checking the same text in
 *  graphql-js, in turn and in one process, so that what disturbs the machine disturbs all. */
const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '40' } } });
const rounds = Number(options.rounds);
/** Time for Apollo's planner in each task, milliseconds; at least one plan. */
const APOLLO_MS = 3_000;
const sum = (values) => values.reduce((total, each) => total + each, 0);

const demo = readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8');
const results = [];
for (const task of planningTasks(demo)) {
  const times = Object.fromEntries(Object.keys(task.run).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(task.run)) {
      // Apollo's planner takes seconds where a field is in several subgraphs.
      if (name === 'apollo' && sum(times.apollo) > APOLLO_MS) continue;
      const begin = performance.now();
      run(round);
      times[name].push(performance.now() - begin);
    }
  }
  // The first is compiled while it runs: it is what a hub pays after its start.
  const { sharehub, apollo, check } = times;
  const settled = (all) => median(all.slice(all.length >> 1));
  const ours = settled(sharehub);
  results.push({ ...task, ours, first: sharehub[0], apollo: settled(apollo), check: settled(check), times });
}

const ms = (value) => value.toFixed(2);
const head = [
  '',
  'fetches',
  'ms',
  'at most',
  '',
  'first, ms',
  'of @apollo/query-planner',
  'of its fetches',
  'of parse + validate',
];
console.log(`Medians of the later half of ${rounds} rounds\n`);
console.log(
  markdown(
    head,
    results.map((each) => [
      each.title,
      each.fetches.sharehub,
      ms(each.ours),
      each.limit,
      each.ours <= each.limit ? 'met' : 'missed',
      ms(each.first),
      `${(each.ours / each.apollo).toFixed(3)}x`,
      `${(each.fetches.sharehub / each.fetches.apollo).toFixed(2)}x`,
      `${(each.ours / each.check).toFixed(2)}x`,
    ]),
  ),
);
const folder = new URL('results/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const file = join(folder, `planning-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
writeFileSync(
  file,
  JSON.stringify({ options, results: results.map(({ title, times }) => ({ title, times })) }, null, 2),
);
if (results.some(({ ours, limit, apollo }) => ours > limit || ours > apollo)) process.exitCode = 1;
