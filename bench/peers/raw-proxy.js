import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { settings } from '../lib/settings.js';

/** The ceiling: for each known operation the fetches that ShareHub makes for it, in the same stages, each answer parsed,
 *  and the known answer written as JSON. No GraphQL, no caller, no rules, no record. */
const { port, recording } = settings();
const { urls, operations } = JSON.parse(readFileSync(recording, 'utf8'));
const sources = Object.fromEntries(
  Object.entries(urls).map(([name, url]) => {
    const { origin, pathname } = new URL(url);
    return [name, { pool: new Pool(origin, { connections: 128, pipelining: 1 }), path: pathname }];
  }),
);
const headers = { 'content-type': 'application/json', accept: 'application/json' };

async function fetchFrom({ subgraph, body: sent }) {
  const { pool, path } = sources[subgraph];
  const { body } = await pool.request({ path, method: 'POST', headers, body: sent });
  return body.json();
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const body = Buffer.concat(chunks).toString();
    const operation = operations[body];
    if (!operation) return response.writeHead(400).end();
    JSON.parse(body);
    for (const stage of operation.stages) await Promise.all(stage.map(fetchFrom));
    const text = JSON.stringify(operation.answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
}).listen(port, '127.0.0.1');
