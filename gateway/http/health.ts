import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HubError } from '../../shared/kernel/index.js';
import type { Route } from './routes.js';
import { writeJson, writeText } from './reply.js';
import type { HubMetrics } from './metrics.js';
import { say } from '../request/messages/index.js';

/** Returns the reason for which the hub cannot serve, in words for its operator; undefined when it can. */
export type ReadinessCheck = () => string | undefined | Promise<string | undefined>;

/** Longest wait for one check, milliseconds. */
const CHECK_MS = 2_000;

/** Readers of `/metrics`: everybody, nobody, or callers that send this bearer token. */
export type MetricsReaders = 'everybody' | 'nobody' | { readonly token: string };

/** `/healthz`: the process lives. `/readyz`: it can serve; otherwise 503 and the reasons. `/metrics`.
 *  @param warnings  parts that do not work as they should, though the hub can serve */
export function healthRoutes(
  checks: Readonly<Record<string, ReadinessCheck>>,
  warnings: Readonly<Record<string, ReadinessCheck>>,
  metrics: HubMetrics,
  readers: MetricsReaders,
): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: (_, response, id) => writeJson(response, 200, { alive: true }, id) },
    {
      method: 'GET',
      path: '/readyz',
      async handle(_, response, id) {
        const [waitingFor, warned] = await Promise.all([findReasons(checks), findReasons(warnings)]);
        const ready = Object.keys(waitingFor).length === 0;
        const body = {
          ready,
          ...(!ready && { waitingFor }),
          ...(Object.keys(warned).length > 0 && { warnings: warned }),
        };
        writeJson(response, ready ? 200 : 503, body, id);
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(request, response, id) {
        requireReader(request, readers);
        writeText(response, 200, metrics.registry.contentType, await metrics.registry.metrics(), id);
      },
    },
  ];
}

async function findReasons(checks: Readonly<Record<string, ReadinessCheck>>): Promise<Record<string, string>> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const),
  );
  return Object.fromEntries(results.flatMap(([name, why]) => (why === undefined ? [] : [[name, why]])));
}

async function runCheck(check: ReadinessCheck): Promise<string | undefined> {
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

/** @throws HubError UNAUTHENTICATED or TOKEN_INVALID */
function requireReader({ headers: { authorization } }: IncomingMessage, readers: MetricsReaders): void {
  if (readers === 'everybody') return;
  if (readers === 'nobody' || authorization === undefined)
    throw new HubError('UNAUTHENTICATED', say('http.metricsToken'));
  const [given, right] = [authorization, `Bearer ${readers.token}`].map((text) => hash('sha256', text, 'buffer'));
  if (!timingSafeEqual(given!, right!)) throw new HubError('TOKEN_INVALID', say('http.metricsTokenWrong'));
}
