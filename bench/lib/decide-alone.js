import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { prepareOperation } from '../../dist/gateway/operation/prepare-operation.js';
import { DEFAULT_LIMITS } from '../../dist/gateway/operation/limits.js';
import { Decider } from '../../dist/gateway/permission/decider.js';
import { NO_LEDGER } from '../../dist/gateway/permission/quota-ledger.js';
import { buildConsumerSchema } from '../../dist/gateway/supergraph/build-consumer-schema.js';
import { readShareRules } from '../../dist/gateway/supergraph/share-rules.js';
import { SUBGRAPHS } from '../subgraphs/schemas.js';
import { departmentCode, SCENARIO } from './callers.js';
import { sdlWithFields } from './catalogue.js';
import { snapshotOf } from './governance.js';
import { withoutShares } from './supergraph.js';

const ROUNDS = 15;
const CALLS = 20_000;

/** The decision without a gateway round it, for sizes in turn.
 *  @returns for each size the milliseconds of the first decision after a change, and of one more in each round */
export async function decideAlone(sizes, callers, { query }) {
  const tried = sizes.map(({ grants, fields }) => ({
    ...prepare(fields, query),
    snapshot: snapshotOf({ callers, grants }),
  }));
  const results = sizes.map(() => ({ first: 0, again: [] }));
  for (const [index, { decider, operation, snapshot }] of tried.entries()) {
    const begin = performance.now();
    await decider.decide(operation, askedBy(0, snapshot));
    results[index].first = performance.now() - begin;
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { decider, operation, snapshot }] of tried.entries()) {
      const questions = Array.from({ length: callers }, (_, caller) => askedBy(caller, snapshot));
      const begin = performance.now();
      for (let call = 0; call < CALLS; call++) await decider.decide(operation, questions[call % callers]);
      results[index].again.push((performance.now() - begin) / CALLS);
    }
  }
  return results;
}

const askedBy = (caller, snapshot) => ({
  department: departmentCode(caller),
  scenario: SCENARIO,
  variables: {},
  snapshot,
  now: Date.now(),
});

function prepare(fields, query) {
  const sdlFor = sdlWithFields(fields);
  const loaded = SUBGRAPHS.map((name) => ({ name, url: 'http://127.0.0.1/', sdl: sdlFor(name) }));
  const { publicSdl, supergraphSdl } = composeServices(
    loaded.map(({ name, url, sdl }) => ({ name, url, typeDefs: withoutShares(parse(sdl)) })),
  );
  const schema = buildConsumerSchema(publicSdl);
  const { index } = readShareRules(loaded, { supergraphSdl, schema });
  const operation = prepareOperation(schema, query, undefined, DEFAULT_LIMITS);
  return { decider: new Decider(index, NO_LEDGER), operation };
}
