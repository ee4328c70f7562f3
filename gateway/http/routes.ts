import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError, type Language } from '../../shared/kernel/index.js';
import { refusalHeaders, refusalText, toPublicError } from './error-response.js';
import { JSON_RESPONSE } from './media-types.js';
import { writeAndHangUp } from './reply.js';
import { say } from '../request/messages/index.js';

/** An address that the hub serves beside GraphQL. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Exact path, or a folder and everything below it: `/graphiql/*`. */
  readonly path: string;
  /** Answers; an error it throws before its first byte becomes a refusal. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, requestId: string) => Promise<void> | void;
}

/** Finds routes by path. Folders are compared longest first. */
export class RouteTable {
  readonly #exact = new Map<string, Route[]>();
  readonly #folders: readonly Route[];

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      if (route.path.endsWith('/*')) continue;
      this.#exact.set(route.path, [...(this.#exact.get(route.path) ?? []), route]);
    }
    this.#folders = routes.filter(({ path }) => path.endsWith('/*')).sort((a, b) => b.path.length - a.path.length);
  }

  /** @throws HubError NOT_FOUND, or METHOD_NOT_ALLOWED where another method would be taken */
  find(method: string | undefined, path: string): Route {
    const found = this.#exact.get(path) ?? this.#folders.filter((route) => path.startsWith(route.path.slice(0, -1)));
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = found.find((candidate) => candidate.method === wanted);
    if (route) return route;
    if (found.length === 0) throw new HubError('NOT_FOUND', say('http.notFound'));
    const allow = [
      ...new Set(found.flatMap((candidate) => (candidate.method === 'GET' ? ['GET', 'HEAD'] : [candidate.method]))),
    ];
    throw new HubError('METHOD_NOT_ALLOWED', say('http.methods', { methods: allow.join(', ') }), {
      allow: allow.join(', '),
    });
  }
}

/** Refuses a request that is not for GraphQL. */
export function refuseRoute(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  requestId: string,
  language: Language,
): HubError {
  const refusal = toPublicError(error, requestId);
  // Half an answer is out: only a broken connection tells the client so.
  if (response.headersSent) response.destroy();
  writeAndHangUp(
    request,
    response,
    refusal.status,
    JSON_RESPONSE,
    refusalText(refusal, language, false),
    requestId,
    refusalHeaders(refusal),
  );
  return refusal;
}
