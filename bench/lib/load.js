import { Client } from 'undici';

/** The load, in a process of its own: a closed loop, so many connections with one request under way on each, and every
 *  request with the next caller's token. Parent → here: a job; here → parent: what came of it. */
process.on('message', (job) => void run(job).then((outcome) => process.send(outcome)));
process.on('disconnect', () => process.exit());

/** @param job.bodies         request bodies, taken in turn
 *  @param job.expectedBytes  length of the right answer to each
 *  @param job.tokens         bearer tokens, taken in turn
 *  @param job.milliseconds   no request begins after that long; those under way are waited for */
async function run({ origin, path, headers, bodies, expectedBytes, tokens, connections, milliseconds }) {
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  const requests = tokens.map((token) => ({
    path,
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${token}` },
  }));
  const latencies = [];
  const wrong = [];
  let next = 0;
  const begin = performance.now();
  const deadline = begin + milliseconds;
  const loop = async (client) => {
    while (performance.now() < deadline) {
      const start = performance.now();
      const turn = next++;
      const at = turn % bodies.length;
      const { status, bytes } = await send(client, { ...requests[turn % requests.length], body: bodies[at] });
      latencies.push(performance.now() - start);
      if (status !== 200 || bytes !== expectedBytes[at]) wrong.push(`${status} with ${bytes} bytes`);
    }
  };
  try {
    await Promise.all(clients.map(loop));
  } catch (error) {
    wrong.push(error.message);
  }
  const seconds = (performance.now() - begin) / 1000;
  await Promise.all(clients.map((client) => client.destroy()));
  latencies.sort((a, b) => a - b);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return {
    requests: latencies.length,
    seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    wrong: wrong.length,
    example: wrong[0],
  };
}

function send(client, request) {
  return new Promise((resolve, reject) => {
    let [status, bytes] = [0, 0];
    client.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_, statusCode) {
        status = statusCode;
      },
      onResponseData(_, chunk) {
        bytes += chunk.length;
      },
      onResponseEnd: () => resolve({ status, bytes }),
      onResponseError: (_, error) => reject(error),
    });
  });
}
