import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { propertySeed } from '../model/config.js';
import { Draw } from '../model/draw.js';
import { generateOperation } from '../model/generate-operation.js';
import { rounds } from '../support/rounds.js';
import { drawWorld } from './random/draw-world.js';
import { findMisstated, judgeShares, type Seen } from './random/judge-shares.js';
import { isReachable } from './random/reach.js';
import { serveShares, type SharedWorld } from './random/serve-shares.js';
import { WorldServer } from './random/serve-world.js';
import { ShareModel } from './random/share-model.js';

/** `npm run test:graphs` asks many more, from other graphs each time. */
const OPERATIONS = rounds(200, 10_000);
const OF_ONE_GRAPH = 20;
const FIRST = propertySeed() ?? rounds(1, Date.now() % 1_000_000_000);

let server: WorldServer;
beforeAll(async () => {
  server = await WorldServer.start();
});
afterAll(async () => {
  await server.stop();
});

it(
  'under share rules random graphs give what the model allows, and send no department what it may not receive',
  async () => {
    const seen: Seen = { denied: 0, withheld: 0, sent: 0, mutations: 0 };
    let asked = 0;
    for (let seed = FIRST; asked < OPERATIONS; seed++) asked += await askAll(seed, seen);
    // Something is refused of either kind, and something is sent.
    expect(Math.min(seen.denied, seen.sent)).toBeGreaterThan(OPERATIONS / 5);
    expect(Math.min(seen.withheld, seen.mutations)).toBeGreaterThan(0);
  },
  // A busy machine takes some 300 ms for each.
  60_000 + OPERATIONS * 1_000,
);

/** @returns how many operations were asked */
async function askAll(seed: number, seen: Seen): Promise<number> {
  const world = drawWorld(Draw.seeded(seed));
  const served = await server.serve(world);
  if (!served) return 0;
  let asked = 0;
  try {
    if (!isReachable(world)) return 0;
    const shared = serveShares(served, new ShareModel(world, Draw.seeded(seed + 7)));
    const misstated = findMisstated(shared);
    if (misstated !== undefined) throw new Error(tell(seed, shared, [misstated]));
    for (let n = 0; n < OF_ONE_GRAPH; n++) {
      const kind = n % 6 === 5 && shared.whole.getMutationType() ? 'mutation' : 'query';
      const operation = generateOperation(Draw.seeded(seed * 1_000 + n), shared.whole, kind);
      if (validate(shared.whole, parse(operation.text)).length > 0) continue;
      asked++;
      const fault = await judgeShares(shared, operation, seen);
      if (fault !== undefined)
        throw new Error(
          tell(seed, shared, [
            operation.text,
            JSON.stringify(operation.variables),
            fault,
            ...served.graph.asked.map((sent) => `${sent.subgraph}: ${sent.query} ${JSON.stringify(sent.variables)}`),
          ]),
        );
    }
    await shared.close();
  } finally {
    await served.close();
  }
  return asked;
}

function tell(seed: number, { model, served }: SharedWorld, fault: readonly string[]): string {
  const { departments, consents, grants } = model.describe();
  const sdl = Object.entries(served.sdl).map(([name, text]) => `# ${name}\n${text}`);
  return [`Repeat with PROPERTY_SEED=${seed}.`, ...fault, departments, grants, consents, ...sdl].join('\n');
}
