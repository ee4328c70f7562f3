import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, parse } from 'graphql';
import type { Coordinate } from '../../shared/kernel/index.js';
import { buildShareIndex } from '../../shared/share/build-share-index.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { isReleaseAllowed } from '../../shared/share/releases/is-release-allowed.js';
import type { Consent, Publishers, ReleasePolicy, ReleaseUse } from '../../shared/share/releases/release.js';
import { applyReleasePolicy } from '../../shared/share/releases/releases-in-force.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { propertyCases, propertySeed } from './config.js';
import { Draw } from './draw.js';
import { printConsumerSchema, printReleaseWorld } from './print-release-world.js';
import { ReleaseModel } from './release-model.js';
import { DEPARTMENTS, generateReleaseWorld, type ReleaseWorld } from './release-world.js';

jest.setTimeout(24 * 3_600_000);

const NOW = 1_000_000;
/** Some consents end between the load of the graph and the request. */
const LATER = NOW + 5;
/** Consents are drawn this often for each world, since reading SDL is the slow part. */
const POLICIES = 40;
const CODES = /^(KEY_NOT|INPUT_NOT|OVERRIDE_NOT|COPY_NOT|PROVIDES_NOT|FOREIGN_|PUBLISHER_)/;

/** Consents to some of what would be refused, some of them wrong in one way or another. */
function drawConsents(draw: Draw, world: ReleaseWorld, wishes: ReturnType<ReleaseModel['wishes']>): Consent[] {
  const subgraphs = world.subgraphs.map(({ name }) => name);
  return wishes.flatMap((wish, n): Consent[] => {
    if (!draw.chance(60)) return [];
    const consent: Consent = {
      id: `C-${n}`,
      item: wish.item,
      owner: wish.owner,
      receiver: draw.pick(wish.receivers),
      receiverSubgraph: wish.subgraph,
      use: wish.use as ReleaseUse,
      coordinate: wish.coordinate,
      purpose: 'a purpose',
      until: draw.chance(70) ? LATER + 1 : LATER,
    };
    const faults: Partial<Consent>[] = [
      { owner: draw.pick([...DEPARTMENTS]) },
      { receiver: draw.pick([...DEPARTMENTS]) },
      { receiverSubgraph: draw.pick(subgraphs) },
      { use: draw.pick(['KEY', 'REQUIRES', 'OVERRIDE', 'SHAREABLE', 'PROVIDES'] as const) },
      { item: 'T0.f2' },
      { coordinate: 'T0.f3' },
      { until: NOW },
      { revokedAt: NOW - 1 },
      { identity: 'of another item' },
    ];
    return [draw.chance(20) ? { ...consent, ...draw.pick(faults) } : consent];
  });
}

function compare(world: ReleaseWorld, draw: Draw): { refused: number; consented: number } {
  const sdl = printReleaseWorld(world);
  const shares = Object.entries(sdl).map(([name, text]) => readSubgraphShares(name, parse(text, { noLocation: true })));
  const schema = buildSchema(printConsumerSchema(world), { assumeValid: true });
  const publishers: Publishers = new Map(
    world.subgraphs.flatMap(({ name, departments }) => (departments ? [[name, departments] as const] : [])),
  );
  const wishes = new ReleaseModel(world, [], NOW).wishes();
  let [refused, consented] = [0, 0];
  for (let policy = 0; policy < POLICIES; policy++) {
    const consents = policy === 0 ? [] : drawConsents(draw, world, wishes);
    const { index, problems } = buildShareIndex(schema, shares, { trust: { publishers, consents, now: NOW } });
    const found = problems
      .filter(({ code }) => CODES.test(code))
      .map(({ code, subgraph, coordinate, item, owner }) =>
        [code, subgraph, coordinate, item, owner].filter((each) => each !== undefined).join(' '),
      );
    const model = new ReleaseModel(world, consents, NOW);
    const tell = (what: string) =>
      [what, JSON.stringify(consents), JSON.stringify(publishers), ...Object.values(sdl)].join('\n');
    const [fast, slow] = [[...new Set(found)].toSorted().join('\n'), model.refusals().join('\n')];
    if (fast !== slow) throw new Error(tell(`share rules:\n${fast}\nmodel:\n${slow}`));
    for (const wish of model.wishes()) {
      const allowed = model.mayReceive(wish.subgraph, wish.item, wish.coordinate);
      const asked = isReleaseAllowed(index, wish.item, wish.subgraph, wish.coordinate, consents, NOW);
      if (allowed !== asked) throw new Error(tell(`${JSON.stringify(wish)}: ${asked}, the model says ${allowed}`));
      if (!wish.free && allowed && consents.length > 0) consented++;
    }
    compareLater(index, { publishers, consents }, world, model, tell);
    if (isReleaseAllowed(index, 'T0.f2', 's0', 'T0.unknown', consents, NOW)) throw new Error(tell('T0.unknown'));
    refused += slow === '' ? 0 : 1;
  }
  return { refused, consented };
}

/** At a request, exactly those releases are stopped whose consents have ended since the graph was loaded, and everything
 *  that is computed from what they would have sent. */
function compareLater(
  index: ShareIndex,
  policy: ReleasePolicy,
  world: ReleaseWorld,
  loaded: ReleaseModel,
  tell: (what: string) => string,
): void {
  const later = new ReleaseModel(world, policy.consents, LATER);
  const { stopped, stoppedItems } = applyReleasePolicy(index, policy, LATER)!;
  const keyOf = (parts: readonly string[]) => parts.join('|');
  const isStopped = new Map(
    [...index.releases!.values()]
      .flat()
      .map((release) => [
        keyOf([release.receiverSubgraph, release.use, release.item, release.forCoordinate, release.owner]),
        stopped.has(release),
      ]),
  );
  const refused = new Set<string>();
  const wishes = loaded.wishes();
  for (const wish of wishes) {
    const isRegistered = policy.publishers.has(wish.subgraph);
    const may = isRegistered && later.isGranted(wish);
    const at = keyOf([wish.subgraph, wish.use, wish.item, wish.coordinate, wish.owner]);
    if (isStopped.get(at) === may) throw new Error(tell(`later ${at}: the model says ${may}`));
    if (!may && wish.use === 'REQUIRES') refused.add(wish.coordinate);
  }
  for (let size = -1; size !== refused.size;) {
    size = refused.size;
    for (const { use, item, coordinate } of wishes)
      if (use === 'REQUIRES' && refused.has(item)) refused.add(coordinate);
  }
  for (const at of refused)
    if (!stoppedItems.has(at as Coordinate)) throw new Error(tell(`later ${at} is not refused`));
}

describe('Over random subgraphs, permits and consents', () => {
  it('a graph is refused for exactly what the model says that somebody may not receive or say', () => {
    const cases = propertyCases(10_000);
    const seen = { refused: 0, consented: 0 };
    const supply = fc.array(fc.nat({ max: 0xffff }), { minLength: 200, maxLength: 800, size: 'max' });
    fc.assert(
      fc.property(supply, supply, (choices, others) => {
        const { refused, consented } = compare(generateReleaseWorld(new Draw(choices)), new Draw(others));
        seen.refused += refused;
        seen.consented += consented;
      }),
      { numRuns: Math.ceil(cases / POLICIES), seed: propertySeed(), endOnFailure: true },
    );
    // The worlds are neither all refused for everything nor all harmless.
    expect(seen.refused).toBeGreaterThan(cases / 10);
    expect(seen.consented).toBeGreaterThan(cases / 10);
  });
});
