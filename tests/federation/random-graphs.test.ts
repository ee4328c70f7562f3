import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { propertySeed } from '../model/config.js';
import { Draw } from '../model/draw.js';
import { generateOperation } from '../model/generate-operation.js';
import { rounds } from '../support/rounds.js';
import { drawWorld } from './random/draw-world.js';
import { judge } from './random/judge.js';
import type { Asked } from './random/lenient.js';
import { minimise } from './random/minimise.js';
import { isReachable } from './random/reach.js';
import { WorldServer, type ServedWorld } from './random/serve-world.js';
import type { World } from './random/world.js';

/** `npm run test:graphs` asks 50,000, from other graphs each time. */
const OPERATIONS = rounds(2_000, 50_000);
const OF_ONE_GRAPH = 50;
/** Smaller cases that are tried of one that failed. */
const TRIES = 2_000;
const FIRST = propertySeed() ?? rounds(1, Date.now() % 1_000_000_000);

let server: WorldServer;
beforeAll(async () => {
  server = await WorldServer.start();
});
afterAll(async () => {
  await server.stop();
});

it(
  'random graphs answer random operations, data and errors, as one schema without federation would',
  async () => {
    let asked = 0;
    for (let seed = FIRST; asked < OPERATIONS; seed++) {
      const world = drawWorld(Draw.seeded(seed));
      asked += (await using(world, (served) => askAll(served, seed))) ?? 0;
    }
    expect(asked).toBeGreaterThanOrEqual(OPERATIONS);
  },
  // A busy machine takes some 300 ms for each.
  60_000 + OPERATIONS * 1_000,
);

/** @returns how many operations were asked */
async function askAll(served: ServedWorld, seed: number): Promise<number> {
  let asked = 0;
  for (let n = 0; n < OF_ONE_GRAPH; n++) {
    const kind = n % 6 === 5 && served.graph.schema.getMutationType() ? 'mutation' : 'query';
    const operation = generateOperation(Draw.seeded(seed * 1_000 + n), served.graph.schema, kind);
    if (!isValid(served, operation)) continue;
    const fault = await judge(served, operation);
    // Lists in lists, many deep, are refused by their estimated cost alone: there is no answer to compare.
    if (fault?.startsWith('refused: The operation is estimated at')) continue;
    asked++;
    if (fault !== undefined) throw new Error(await tell(served.world, operation, fault, seed));
  }
  return asked;
}

/** The smallest case that shows the same kind of fault, with the seed that repeats it. */
async function tell(world: World, operation: Asked, fault: string, seed: number): Promise<string> {
  const kind = kindOf(fault);
  let tries = 0;
  const small = await minimise(world, operation, async (smaller, asked) => {
    if (++tries > TRIES) return false;
    // A smaller world that cannot be served shows nothing.
    const found = await using(smaller, (served) => (isValid(served, asked) ? judge(served, asked) : undefined)).catch(
      () => undefined,
    );
    return found !== undefined && kindOf(found) === kind;
  });
  const account = await using(small.world, async (served) => [
    (await judge(served, small.asked)) ?? fault,
    ...served.graph.asked.map((sent) => `${sent.subgraph}: ${sent.query} ${JSON.stringify(sent.variables)}`),
    ...Object.entries(served.sdl).map(([name, sdl]) => `# ${name}\n${sdl}`),
  ]);
  const { text, variables } = small.asked;
  return [`Repeat with PROPERTY_SEED=${seed}.`, text, JSON.stringify(variables), ...(account ?? [fault])].join('\n');
}

const kindOf = (fault: string): string | undefined => /^[a-z ]+/i.exec(fault)?.[0].split(' ').slice(0, 2).join(' ');

const isValid = ({ graph }: ServedWorld, { text }: Asked): boolean => validate(graph.schema, parse(text)).length === 0;

/** @returns undefined for a world of which no graph can be made */
async function using<T>(world: World, work: (served: ServedWorld) => Promise<T> | T): Promise<T | undefined> {
  const served = await server.serve(world);
  if (!served) return undefined;
  try {
    return isReachable(world) ? await work(served) : undefined;
  } finally {
    await served.close();
  }
}
