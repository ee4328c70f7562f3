import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { propertySeed } from '../model/config.js';
import { Draw } from '../model/draw.js';
import { generateOperation } from '../model/generate-operation.js';
import { rounds } from '../support/rounds.js';
import { drawWorld } from './random/draw-world.js';
import { judgeShares, type Seen } from './random/judge-shares.js';
import { isReachable } from './random/reach.js';
import { serveShares } from './random/serve-shares.js';
import { WorldServer } from './random/serve-world.js';
import { ShareModel } from './random/share-model.js';
import type { Field, World } from './random/world.js';

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
    const seen: Seen = { denied: 0, withheld: 0, sent: 0 };
    let asked = 0;
    for (let seed = FIRST; asked < OPERATIONS; seed++) asked += await askAll(seed, seen);
    // Something is refused of either kind, and something is sent.
    expect(Math.min(seen.denied, seen.sent)).toBeGreaterThan(OPERATIONS / 5);
    expect(seen.withheld).toBeGreaterThan(0);
  },
  60_000 + OPERATIONS * 200,
);

/** @returns how many operations were asked */
async function askAll(seed: number, seen: Seen): Promise<number> {
  const world = restrict(drawWorld(Draw.seeded(seed)));
  const served = await server.serve(world);
  if (!served) return 0;
  let asked = 0;
  try {
    if (!isReachable(world)) return 0;
    const shared = serveShares(served, new ShareModel(world, Draw.seeded(seed + 7)));
    for (let n = 0; n < OF_ONE_GRAPH; n++) {
      const operation = generateOperation(Draw.seeded(seed * 1_000 + n), served.whole);
      if (validate(served.whole, parse(operation.text)).length > 0) continue;
      asked++;
      const fault = await judgeShares(shared, operation, seen);
      if (fault !== undefined) {
        const { text, variables } = operation;
        const { departments, consents, grants } = shared.model.describe();
        throw new Error(
          [
            `Repeat with PROPERTY_SEED=${seed}.`,
            ...[text, JSON.stringify(variables), fault, departments, grants, consents],
            ...served.graph.asked.map((sent) => `${sent.subgraph}: ${sent.query} ${JSON.stringify(sent.variables)}`),
            ...Object.entries(served.sdl).map(([name, sdl]) => `# ${name}\n${sdl}`),
          ].join('\n'),
        );
      }
    }
    await shared.close();
  } finally {
    await served.close();
  }
  return asked;
}

/** The same world with nullable fields, so that every null stands in its own place: how a null moves up is what the test
 *  without share rules compares.
 *
 *  Left out: an item that is not null and unconditional, and whose key must not be sent, which takes its parent along; and
 *  `@override`. An item that another department has taken over with consent is refused as NOT_PUBLISHED where the
 *  statement of the old subgraph counts, since that subgraph has no permit for the new provider. */
const restrict = (world: World): World => ({
  ...world,
  types: world.types.map((type) => ({
    ...type,
    fields: type.fields.map((field): Field => {
      const { overridden: _old, ...rest } = field;
      return { ...rest, type: field.type.replaceAll('!', '') };
    }),
  })),
  interfaces: world.interfaces.map((each) => ({
    ...each,
    added: each.added.map((field) => ({ ...field, type: field.type.replaceAll('!', '') })),
  })),
});
