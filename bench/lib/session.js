import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCallers, SCENARIO } from './callers.js';
import { countInstructions } from './instructions.js';
import { watchOtherWork } from './other-work.js';
import { ask, startChild, startContender, stopAll } from './processes.js';
import { usageOf } from './process-tree.js';
import { writeGraph } from './supergraph.js';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const HEADERS = { 'content-type': 'application/json', accept: 'application/json', 'share-scenario': SCENARIO };

const WARM_REQUESTS = 1000;
const WARM_TRIES = 6;

/** One run's surroundings: the subgraphs, the graph, the callers and the load, each in a process of its own.
 *  @param callers  number of distinct callers */
export async function openSession({ callers }) {
  const folder = mkdtempSync(join(tmpdir(), 'sharehub-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { tokens, jwks } = await createCallers(callers);
  const jwksFile = join(folder, 'jwks.json');
  writeFileSync(jwksFile, JSON.stringify(jwks));
  const subgraphs = startChild(file('../subgraphs/serve.js'));
  const [load, { urls }] = [startChild(file('load.js')), await new Promise((done) => subgraphs.once('message', done))];
  const graph = writeGraph(join(folder, 'graph'), urls);
  const results = file('../results');
  mkdirSync(results, { recursive: true });
  const log = openSync(join(results, 'contenders.log'), 'w');
  const session = {
    folder,
    results,
    urls,
    tokens,

    /** Writes another graph over the same subgraphs, to be given to `start`.
     *  @param sdlFor  SDL of a subgraph by name */
    writeGraph: (name, sdlFor) => writeGraph(join(folder, name), urls, sdlFor),

    /** Starts a contender, with the settings that all of them get and its own. */
    start: (contender, settings = {}) => {
      const own = join(folder, contender.name);
      mkdirSync(own, { recursive: true });
      return startContender(contender, { ...graph, jwks: jwksFile, callers, folder: own, ...settings }, log);
    },

    /** Sends one request and reads the answer. */
    async send({ origin, path }, body, token = tokens[0]) {
      const headers = { ...HEADERS, authorization: `Bearer ${token}` };
      const response = await fetch(origin + path, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    },

    /** Does something while the subgraphs note what is fetched. */
    async watch(delay, work) {
      await ask(subgraphs, { watch: delay });
      await work();
      return (await ask(subgraphs, { watch: false })).fetches;
    },

    /** Puts load on a contender and measures what it costs.
     *  @returns CPU milliseconds and, where they can be counted, millions of instructions a request, requests a second,
     *    latencies in milliseconds, resident megabytes, and the share of the machine that other work took */
    async measure({ pid, origin, path, title }, { bodies, expectedBytes }, { connections, milliseconds }) {
      const job = { origin, path, headers: HEADERS, bodies, expectedBytes, tokens, connections, milliseconds };
      const counted = await countInstructions(pid);
      const others = watchOtherWork();
      const before = usageOf(pid);
      const outcome = await ask(load, job);
      const after = usageOf(pid);
      const otherWork = others();
      const instructions = await counted();
      if (outcome.wrong) throw new Error(`${title} gave ${outcome.wrong} wrong answers under load: ${outcome.example}`);
      return {
        requests: outcome.requests,
        cpu: (after.cpuMilliseconds - before.cpuMilliseconds) / outcome.requests,
        instructions: instructions && instructions / outcome.requests / 1e6,
        throughput: outcome.requests / outcome.seconds,
        p50: outcome.p50,
        p99: outcome.p99,
        otherWork,
        memory: after.residentBytes / 1e6,
      };
    },

    /** Puts load on a contender until its code is compiled: until a request costs no less than a moment ago, within
     *  reason. */
    async warmUp(contender, query, { connections, milliseconds }) {
      let [requests, cost] = [0, Infinity];
      for (let tries = 0; tries < WARM_TRIES; tries++) {
        const found = await session.measure(contender, query, { connections, milliseconds });
        const settled = (found.instructions ?? found.cpu) > 0.95 * cost;
        requests += found.requests;
        if (settled && requests >= WARM_REQUESTS) break;
        cost = found.instructions ?? found.cpu;
      }
    },

    close() {
      stopAll();
      closeSync(log);
    },
  };
  return session;
}
