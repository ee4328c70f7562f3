import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { QUERIES } from './queries/index.js';
import { agreeOnAnswers } from './lib/agree.js';
import { sdlWithFields } from './lib/catalogue.js';
import { CONTENDERS } from './lib/contenders.js';
import { decideAlone } from './lib/decide-alone.js';
import { openSession } from './lib/session.js';
import { markdown, median, medianRatio, mediansOf } from './lib/table.js';

/** Does a request cost the same whatever the number of grants and of catalogued fields? */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '1' },
    'warm-up': { type: 'string', default: '3' },
    query: { type: 'string', default: 'medium' },
  },
});
/** Three callers make ten grants a whole world. */
const CALLERS = 3;
const LIMIT = 1.1;
const SIZES = [
  { grants: 10, fields: 50 },
  { grants: 100_000, fields: 50 },
  { grants: 10, fields: 5000 },
  { grants: 100_000, fields: 5000 },
].map((size) => ({ ...size, name: `${size.grants} grants, ${size.fields} fields` }));

const alone = await decideAlone(SIZES, CALLERS, QUERIES[options.query]);

const session = await openSession({ callers: CALLERS });
const sharehub = CONTENDERS.find(({ name }) => name === 'sharehub');
const running = [];
for (const { name, grants, fields } of SIZES) {
  console.error(`starting with ${name}`);
  const graph = session.writeGraph(`graph-${fields}`, sdlWithFields(fields));
  const id = `sharehub-${grants}-${fields}`;
  running.push(await session.start({ ...sharehub, name: id, title: name }, { ...graph, grants }));
}
const { bodies, expectedBytes } = (await agreeOnAnswers(session, running))[options.query];
const answersOf = (contender) => ({ bodies, expectedBytes: expectedBytes[contender.name] });
const [warmUp, milliseconds] = [Number(options['warm-up']) * 1000, Number(options.seconds) * 1000];
const measured = running.map(() => []);
for (const contender of running) {
  await session.warmUp(contender, answersOf(contender), { connections: 50, milliseconds: warmUp });
}
for (let round = 1; round <= Number(options.rounds); round++) {
  console.error(`round ${round} of ${options.rounds}`);
  for (const [index, contender] of running.entries()) {
    measured[index].push(await session.measure(contender, answersOf(contender), { connections: 50, milliseconds }));
  }
}

const rows = running.map(({ title }, index) => {
  const { cpu, throughput } = mediansOf(measured[index]);
  const ratio = medianRatio(measured[index], measured[0], 'cpu');
  const counted = measured[index][0].instructions && medianRatio(measured[index], measured[0], 'instructions');
  const { first, again } = alone[index];
  return [
    title,
    cpu.toFixed(3),
    `${ratio.toFixed(2)}x`,
    counted ? `${counted.toFixed(2)}x` : '',
    ratio <= LIMIT ? 'flat' : 'not flat',
    throughput.toFixed(0),
    (median(again) * 1000).toFixed(2),
    first.toFixed(2),
  ];
});
const head = [
  '',
  'CPU ms a request',
  '',
  'instructions',
  '',
  'req/s',
  'decision alone, µs',
  'first after a change, ms',
];
console.log(
  `Query ${options.query}, ${CALLERS} callers, medians of ${options.rounds} rounds, at most ${LIMIT}x is flat\n`,
);
console.log(markdown(head, rows));
const results = join(session.results, `decisions-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
writeFileSync(results, JSON.stringify({ options, sizes: SIZES, measured, alone }, null, 2));
session.close();
process.exit();
