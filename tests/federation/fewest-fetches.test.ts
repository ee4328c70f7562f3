import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { OverrideLabels } from '../../gateway/plan/override-labels.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { Draw } from '../model/draw.js';
import { generateOperation } from '../model/generate-operation.js';
import { ABSTRACT_TYPES } from './cases/abstract-types.js';
import { FEDERATION_1 } from './cases/federation-1.js';
import { INPUTS } from './cases/inputs.js';
import { INTERFACE_OBJECTS } from './cases/interface-objects.js';
import { JOINED } from './cases/joined.js';
import { KEYS } from './cases/keys.js';
import { OPERATIONS } from './cases/operations.js';
import { PROVIDES } from './cases/provides.js';
import { SHARED_AND_OVERRIDDEN } from './cases/shared-and-overridden.js';
import { drawWorld } from './random/draw-world.js';
import { isReachable } from './random/reach.js';
import { printSubgraph } from './random/sdl.js';
import { compareWithFewest } from './support/compare-fewest.js';
import { withLinks, type CorpusGraph } from './support/corpus.js';
import { compose } from './support/graph.js';

const CASES: Readonly<Record<string, CorpusGraph>> = {
  ...{ ...KEYS, ...INPUTS, ...PROVIDES, ...ABSTRACT_TYPES, ...INTERFACE_OBJECTS },
  ...{ ...SHARED_AND_OVERRIDDEN, ...OPERATIONS, ...FEDERATION_1, ...JOINED },
};

/** Random graphs, queries of each, and the longest plan for which all orders are tried. */
const [GRAPHS, QUERIES, MOST] = [20, 20, 6];

// A request is made as soon as it can be, so a subgraph may be asked again when more is known.
describe('no plan makes a request more than the best order of all', () => {
  for (const [title, graph] of Object.entries(CASES)) {
    it(title, () => {
      const subgraphs = Object.entries(withLinks(graph.subgraphs));
      const urls = subgraphs.map(([name, sdl]) => ({ name, sdl, url: `http://${name}.test/` }));
      const { labels, compare } = compareWithFewest(composeGraph(urls).supergraphSdl);
      const choice = new OverrideLabels(labels, graph.labels ?? []);
      for (const [sentence, { ask, variables, errors = [], drawn = 50 }] of Object.entries(graph.cases)) {
        // Refused whole: there is no plan.
        if (errors.some((each) => !each.includes('@'))) continue;
        const found = compare(
          ask,
          variables,
          choice.choose(() => drawn),
        );
        expect({ sentence, requests: found?.planned }).toEqual({ sentence, requests: found?.fewest });
      }
    });
  }
});

// The planner weighs one object at a time, and whole plans only against those with a subgraph avoided.
it('random plans make a request too many one time in fifty at most', () => {
  const tooMany: string[] = [];
  let compared = 0;
  for (let seed = 1, graphs = 0; graphs < GRAPHS; seed++) {
    const world = drawWorld(Draw.seeded(seed));
    const supergraph = tryCompose(world);
    if (supergraph === undefined || !isReachable(world)) continue;
    graphs++;
    const { consumers, compare } = compareWithFewest(supergraph, MOST);
    for (let n = 0; n < QUERIES; n++) {
      const { text, variables } = generateOperation(Draw.seeded(seed * 1_000 + n), consumers, 'query');
      if (text.length > 500 || validate(consumers, parse(text)).length > 0) continue;
      const found = compare(text, variables);
      if (!found) continue;
      compared++;
      if (found.planned !== found.fewest) tooMany.push(`${seed}: ${text} ${found.planned} ${found.fewest}`);
    }
  }
  expect(compared).toBeGreaterThan(100);
  expect(tooMany.length <= compared / 50 ? [] : tooMany).toEqual([]);
});

function tryCompose(world: ReturnType<typeof drawWorld>): string | undefined {
  try {
    return compose(Object.fromEntries(world.subgraphs.map((name) => [name, { sdl: printSubgraph(world, name) }])));
  } catch {
    return undefined;
  }
}
