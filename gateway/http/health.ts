import type { Route } from './routes.js';
import { writeJson, writeText } from './reply.js';
import type { HubMetrics } from './metrics.js';

/** What keeps the hub from serving, in words for its operator; undefined when nothing does. */
export type ReadinessCheck = () => string | undefined | Promise<string | undefined>;

/** Longest wait for one check, milliseconds. */
const CHECK_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can serve; what it waits for otherwise, with 503. `/metrics`. */
export function healthRoutes(checks: Readonly<Record<string, ReadinessCheck>>, metrics: HubMetrics): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: (_, response, id) => writeJson(response, 200, { alive: true }, id) },
    {
      method: 'GET',
      path: '/readyz',
      async handle(_, response, id) {
        const results = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => [name, await look(check)] as const),
        );
        const waitingFor = Object.fromEntries(results.filter(([, why]) => why !== undefined));
        const ready = Object.keys(waitingFor).length === 0;
        writeJson(response, ready ? 200 : 503, ready ? { ready } : { ready, waitingFor }, id);
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(_, response, id) {
        writeText(response, 200, metrics.registry.contentType, await metrics.registry.metrics(), id);
      },
    },
  ];
}

async function look(check: ReadinessCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('it did not answer in time'), CHECK_MS);
    });
    return await Promise.race([Promise.resolve(check()), late]);
  } catch {
    return 'its check failed';
  } finally {
    clearTimeout(timer);
  }
}
