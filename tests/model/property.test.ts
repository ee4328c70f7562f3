import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { propertyCases, propertySeed } from './config.js';
import { Draw } from './draw.js';
import { FakeSubgraphs } from './fake-subgraphs.js';
import { GatewayUnderTest, type Question } from './gateway-under-test.js';
import { generateCaller, grantable } from './generate-grants.js';
import { generateOperation } from './generate-operation.js';
import { generateWorld } from './generate-world.js';
import type { Caller } from './model.js';

const supply = (length: number) => fc.array(fc.nat({ max: 0xffff }), { maxLength: length, size: 'max' });
const many = (length: number, count: number) =>
  fc.array(supply(length), { minLength: count / 2, maxLength: count, size: 'max' });

jest.setTimeout(24 * 3_600_000);

let fakes: FakeSubgraphs;
beforeAll(async () => {
  fakes = await FakeSubgraphs.start();
});
afterAll(async () => {
  await fakes.stop();
});

let worlds = 0;
async function inWorld(choices: readonly number[], tell: (gateway: GatewayUnderTest) => Promise<void>): Promise<void> {
  const gateway = await GatewayUnderTest.open(generateWorld(new Draw(choices)), `world${worlds++}`, fakes);
  try {
    await tell(gateway);
  } finally {
    await gateway.close();
  }
}

/** Asks every question for every caller; a difference is told with everything that is needed to see it. */
async function compare(
  gateway: GatewayUnderTest,
  operations: readonly (readonly number[])[],
  callers: readonly (readonly number[])[],
  ask: (question: Question, caller: Caller) => Promise<unknown>,
): Promise<number> {
  const items = grantable(gateway.world);
  const drawn = callers.map((choices) => generateCaller(new Draw(choices), gateway.world, items));
  let cases = 0;
  for (const choices of operations) {
    const question = gateway.prepare(generateOperation(new Draw(choices), gateway.schema));
    if (!question) continue;
    for (const caller of drawn) {
      cases++;
      await ask(question, caller).catch((error: Error) => {
        throw new Error(
          [
            [error.message, error.cause instanceof Error ? error.cause.message : ''].join('\n'),
            question.generated.text,
            JSON.stringify(question.generated.variables),
            JSON.stringify(caller, null, 1),
            ...Object.entries(gateway.sdl).map(([name, text]) => `# ${name}\n${text}`),
          ].join('\n\n'),
        );
      });
    }
  }
  return cases;
}

/** What a failure says: how to repeat it, and the difference. The choices themselves would tell nobody anything. */
function told<T>({ failed, seed, counterexamplePath, errorInstance, numShrinks }: fc.RunDetails<T>): void {
  if (!failed) return;
  const how = `Repeat with PROPERTY_SEED=${seed} (path ${counterexamplePath}, shrunk ${numShrinks} times).`;
  throw new Error(`${how}\n${String((errorInstance as Error | undefined)?.message)}`, { cause: errorInstance });
}

interface Trial {
  readonly cases: number;
  /** Composing and planning are slow, so every world answers many questions, and every question is asked by many callers. */
  readonly operations: number;
  readonly callers: number;
  readonly ask: (gateway: GatewayUnderTest, question: Question, caller: Caller) => Promise<unknown>;
}

/** Runs until so many cases were tried. A failure prints the seed with which PROPERTY_SEED repeats it.
 *  @returns  how many were tried */
async function tryCases({ cases, operations, callers, ask }: Trial): Promise<number> {
  let tried = 0;
  const world = fc.asyncProperty(
    supply(400),
    many(120, operations),
    many(150, callers),
    async (choices, asked, asking) => {
      if (tried >= cases) return;
      await inWorld(choices, async (gateway) => {
        tried += await compare(gateway, asked, asking, (question, caller) => ask(gateway, question, caller));
      });
    },
  );
  // Few runs at a time: to draw worlds costs more than to ask them nothing.
  for (let seed = propertySeed() ?? Date.now() | 0; tried < cases; seed++)
    await fc.assert(world, { numRuns: 10, seed, reporter: told });
  return tried;
}

describe('Over random schemas, grants and operations', () => {
  it('every requested field is decided, and limited, as the model says', async () => {
    const cases = propertyCases(10_000);
    const ask: Trial['ask'] = (gateway, question, caller) => gateway.decide(question, caller);
    expect(await tryCases({ cases, operations: 40, callers: 30, ask })).toBeGreaterThanOrEqual(cases);
  });

  it('the whole gateway answers what the model says, and asks no provider for what is refused', async () => {
    const cases = propertyCases(2_000);
    const ask: Trial['ask'] = (gateway, question, caller) => gateway.answer(question, caller);
    expect(await tryCases({ cases, operations: 16, callers: 16, ask })).toBeGreaterThanOrEqual(cases);
  });
});
