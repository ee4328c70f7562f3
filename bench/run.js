import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { QUERIES } from './queries/index.js';
import { agreeOnAnswers } from './lib/agree.js';
import { CONTENDERS } from './lib/contenders.js';
import { recordFetches } from './lib/recording.js';
import { reportOf } from './lib/report.js';
import { openSession } from './lib/session.js';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    'warm-up': { type: 'string', default: '3' },
    connections: { type: 'string', default: '50' },
    callers: { type: 'string', default: '200' },
    quiet: { type: 'string', default: '1' },
    tries: { type: 'string', default: '10' },
    only: { type: 'string', default: CONTENDERS.map(({ name }) => name).join(',') },
    queries: { type: 'string', default: Object.keys(QUERIES).join(',') },
  },
});
const wanted = options.only.split(',');
const queries = options.queries.split(',');
const say = (line) => console.error(line);

const session = await openSession({ callers: Number(options.callers) });
const running = [];
for (const contender of CONTENDERS) {
  if (!wanted.includes(contender.name) || contender.name === 'raw-proxy') continue;
  say(`starting ${contender.title}`);
  running.push(await session.start(contender));
}

say('comparing the answers');
let agreed = await agreeOnAnswers(session, running);
if (wanted.includes('raw-proxy')) {
  const model = running.find(({ name }) => name === 'sharehub') ?? running.at(-1);
  say(`noting the fetches of ${model.title} for the raw proxy`);
  const recording = join(session.folder, 'recording.json');
  writeFileSync(recording, JSON.stringify(await recordFetches(session, model, agreed)));
  const proxy = await session.start(
    CONTENDERS.find(({ name }) => name === 'raw-proxy'),
    { recording },
  );
  agreed = await agreeOnAnswers(session, [proxy], agreed);
  running.push(proxy);
}

const fetches = {};
const measured = {};
for (const name of queries) {
  const { bodies, expectedBytes } = agreed[name];
  fetches[name] = {};
  measured[name] = {};
  const answersOf = (contender) => ({ bodies, expectedBytes: expectedBytes[contender.name] });
  const connections = Number(options.connections);
  const [warmUp, milliseconds] = [Number(options['warm-up']) * 1000, Number(options.seconds) * 1000];
  for (const contender of running) {
    fetches[name][contender.name] = (await session.watch(0, () => session.send(contender, bodies[0]))).length;
    measured[name][contender.name] = [];
    await session.warmUp(contender, answersOf(contender), { connections, milliseconds: warmUp });
  }
  const measureRound = async (order) => {
    const figures = new Map();
    for (const contender of order)
      figures.set(contender, await session.measure(contender, answersOf(contender), { connections, milliseconds }));
    return { figures, otherWork: Math.max(...[...figures.values()].map(({ otherWork }) => otherWork)) };
  };
  for (let round = 1; round <= Number(options.rounds); round++) {
    say(`${name}, round ${round} of ${options.rounds}`);
    let best;
    for (let tries = 0; tries < Number(options.tries) && !(best?.otherWork <= Number(options.quiet)); tries++) {
      const found = await measureRound((round + tries) % 2 ? running : running.toReversed());
      if (!best || found.otherWork < best.otherWork) best = found;
    }
    for (const contender of running) measured[name][contender.name].push(best.figures.get(contender));
  }
}

const { text, medians, aims } = reportOf(measured, running, fetches);
const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version };
const now = new Date().toISOString();
const results = join(session.results, `run-${now.replaceAll(/[:.]/g, '-')}.json`);
writeFileSync(results, JSON.stringify({ now, machine, options, medians, aims, fetches, measured }, null, 2));
const otherWork = Object.values(measured).flatMap((byName) =>
  Object.values(byName)
    .flat()
    .map((each) => each.otherWork),
);
console.log(
  `${machine.cores} x ${machine.cpu}, Node ${machine.node}, ${options.connections} connections, medians of ${options.rounds} rounds, other work took ${(100 * Math.max(...otherWork)).toFixed(0)} % of the machine at most\n`,
);
console.log(text);
session.close();
process.exit();
