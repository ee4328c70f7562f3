import { readFileSync } from 'node:fs';
import pino from 'pino';
import { createIdentifier } from '../../dist/gateway/identity/identifier.js';
import { startGateway } from '../../dist/gateway/index.js';
import { readConfig } from '../../dist/shared/config/config.js';
import { AUDIENCE, ISSUER } from '../lib/callers.js';
import { snapshotOf } from '../lib/governance.js';
import { settings } from '../lib/settings.js';

/** ShareHub's gateway as it runs in production, with governance and the OpenID provider's keys given from memory, so
 *  that nothing but the gateway is measured.
 *
 *  `rules: false` is permissive mode over the bare supergraph, which carries no share rules: nobody is identified,
 *  every item is open, no context is signed and nothing is recorded. `records: false` leaves out the record alone. */
const { port, supergraph, config: graph, folder, jwks, callers, grants, rules = true, records = true } = settings();
const config = readConfig({
  PORT: String(port),
  DATA_DIR: folder,
  NODE_ENV: rules ? 'production' : 'development',
  LOG_LEVEL: 'warn',
  MAX_COST: '10000000',
});

/** For whom each subgraph of the bench publishes. */
const PUBLISHERS = new Map([
  ['population', ['D-POPULATION']],
  ['geography', ['D-GEOGRAPHY']],
  ['legal-entity', ['D-MARKET']],
  ['licence', ['D-LICENCE']],
]);
const snapshot = { ...snapshotOf({ callers, grants }), publishers: PUBLISHERS, consents: [] };
const feed = { fresh: () => snapshot, current: async () => snapshot, subscribe: () => () => {}, close: async () => {} };

/** Answers the identifier's two questions to the OpenID provider. */
const provider = async (url) =>
  Response.json(
    url.pathname.endsWith('/openid-configuration')
      ? { issuer: ISSUER, jwks_uri: `${ISSUER}/jwks` }
      : JSON.parse(readFileSync(jwks, 'utf8')),
  );

const governed = () => {
  const identifier = createIdentifier({ issuer: ISSUER, audience: AUDIENCE, feed, fetch: provider });
  return {
    feed,
    identify: ({ authorization }) => identifier.identify(authorization),
    secret: 'a secret of the bench, which guards nothing',
    ...(!records && { records: 'off' }),
  };
};
const gateway = await startGateway({
  config,
  source: rules ? { config: graph } : { supergraph },
  logger: pino({ level: config.LOG_LEVEL }),
  governance: rules ? governed() : 'permissive',
  watch: false,
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => gateway.close().then(() => process.exit()));
