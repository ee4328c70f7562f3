import { askAsHub, type AskSubgraph } from '../../shared/subgraph/testing/index.js';
import { subgraphKey, type FetchContext } from '../../shared/trust/signed-context.js';

export const TEST_SECRET = 'a secret that only the tests know of.';

/** Asks a subgraph that was started with a key of the tests' secret. */
export const askAs = (subgraph: string, url: string, standing: Partial<FetchContext> = {}): AskSubgraph =>
  askAsHub(subgraph, url, subgraphKey(TEST_SECRET, subgraph), standing);
