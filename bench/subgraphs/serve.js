import { createServer } from 'node:http';
import { graphqlSync } from 'graphql';
import { SUBGRAPHS, subgraphOf } from './schemas.js';

/** The four subgraphs in one process of their own, each on its own port, so that their CPU is nobody's.
 *  An answer is computed once and then sent from memory: the records never change, so equal requests have equal
 *  answers, and the subgraphs are not the bottleneck.
 *
 *  Parent → here: `{ watch: milliseconds }` begins noting fetches, with that delay before each answer, which tells
 *  what is fetched at the same time from what waits for it; `{ watch: false }` ends it.
 *  Here → parent: `{ urls }` when serving, `{ fetches }` after watching. */
const PREPARED_LIMIT = 20_000;
let delay = 0;
let fetches;

function serve(name) {
  const { schema, rootValue } = subgraphOf(name);
  const prepared = new Map();
  const answer = (body) => {
    const known = prepared.get(body);
    if (known) return known;
    const { query, variables, operationName } = JSON.parse(body);
    const result = graphqlSync({ schema, rootValue, source: query, variableValues: variables, operationName });
    const bytes = Buffer.from(JSON.stringify(result));
    if (prepared.size < PREPARED_LIMIT) prepared.set(body, bytes);
    return bytes;
  };
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString();
      const bytes = answer(body);
      const send = () => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
        response.end(bytes);
      };
      if (!fetches) return send();
      const fetch = { subgraph: name, body, begin: performance.now(), end: Infinity };
      fetches.push(fetch);
      setTimeout(() => {
        fetch.end = performance.now();
        send();
      }, delay);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve([name, `http://127.0.0.1:${server.address().port}/graphql`]));
  });
}

process.on('message', ({ watch }) => {
  if (watch === false) {
    process.send({ fetches });
    fetches = undefined;
  } else {
    delay = watch;
    fetches = [];
    process.send({ watching: true });
  }
});
process.on('disconnect', () => process.exit());
const urls = await Promise.all(SUBGRAPHS.map(serve));
process.send({ urls: Object.fromEntries(urls) });
