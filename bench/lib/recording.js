import { QUERIES } from '../queries/index.js';

/** Long enough to tell fetches of one stage from those of the next, milliseconds. */
const DELAY = 8;

/** What a gateway fetches for each operation, in the stages in which it does it, for the raw proxy to do alike. */
export async function recordFetches(session, contender, agreed) {
  const operations = {};
  for (const { name, bodies } of Object.values(QUERIES)) {
    let shape;
    for (const [index, body] of bodies.entries()) {
      for (let tries = 0; ; tries++) {
        const stages = stagesOf(await session.watch(DELAY, () => session.send(contender, body)));
        const found = JSON.stringify(stages.map((stage) => stage.map(({ subgraph }) => subgraph).sort()));
        shape ??= found;
        operations[body] = { stages, answer: { data: agreed[name].answers[index] } };
        if (found === shape) break;
        if (tries === 5) throw new Error(`The fetches of ${name} come in ${found}, then in ${shape}.`);
      }
    }
  }
  return { urls: session.urls, operations };
}

/** Fetches of a stage are under way together; a stage begins when one before it has ended.
 *  @param fetches  `{ subgraph, body, begin, end }` */
function stagesOf(fetches) {
  const placed = [];
  for (const fetch of [...fetches].sort((a, b) => a.begin - b.begin)) {
    const before = placed.filter(({ end }) => end <= fetch.begin);
    placed.push({ ...fetch, stage: 1 + Math.max(-1, ...before.map(({ stage }) => stage)) });
  }
  const count = 1 + Math.max(-1, ...placed.map(({ stage }) => stage));
  return Array.from({ length: count }, (_, index) =>
    placed.filter(({ stage }) => stage === index).map(({ subgraph, body }) => ({ subgraph, body })),
  );
}
