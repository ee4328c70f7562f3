import { defineConfig } from '@graphql-hive/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { Pool } from 'undici';

const pools = new Map();
const poolOf = (origin) => {
  let pool = pools.get(origin);
  if (!pool) pools.set(origin, (pool = new Pool(origin, { connections: 128, pipelining: 1 })));
  return pool;
};

/** The part of a fetch that the gateway's HTTP executor uses, on the pool's own request. */
async function pooledFetch(url, { method, headers, body: sent }) {
  const { origin, pathname, search } = new URL(url);
  const {
    statusCode,
    headers: received,
    body,
  } = await poolOf(origin).request({
    path: pathname + search,
    method,
    headers,
    body: sent,
  });
  return {
    ok: statusCode < 300,
    status: statusCode,
    headers: { get: (name) => received[name] ?? null },
    body,
    text: () => body.text(),
    json: () => body.json(),
  };
}

/** Hive Gateway with the Rust planner, the pooled client, and everything switched off that can be. */
export const gatewayConfig = defineConfig({
  unifiedGraphHandler,
  fetchAPI: { fetch: pooledFetch },
  logging: false,
  graphiql: false,
  landingPage: false,
  cors: false,
  maskedErrors: false,
  disableWebsockets: true,
  blockFieldSuggestions: false,
  requestId: false,
  subgraphErrors: false,
  // No two requests of the bench are alike at the same time, so looking for such costs and gives nothing.
  transportEntries: { '*': { options: { deduplicateInflightRequests: false } } },
});
