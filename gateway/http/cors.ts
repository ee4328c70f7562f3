import type { IncomingMessage } from 'node:http';
import type { ExtraHeaders } from './reply.js';

/** Answers for pages of other origins. Only origins on the list are named, never the one that asks.
 *  @param allowed  exact origins, e.g. `https://portal.example`; none by default
 *  @source Fetch Standard, "CORS protocol" */
export class CrossOrigin {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowed: readonly string[] = []) {
    this.#allowed = new Set(allowed);
  }

  /** Headers for an ordinary answer. */
  headers({ headers: { origin } }: IncomingMessage): ExtraHeaders {
    if (this.#allowed.size === 0) return [];
    if (origin === undefined || !this.#allowed.has(origin)) return ['vary', 'origin'];
    return ['vary', 'origin', 'access-control-allow-origin', origin, 'access-control-expose-headers', 'x-request-id'];
  }

  /** Headers for the browser's question before a request. */
  preflight(request: IncomingMessage, methods: string): ExtraHeaders {
    const headers = this.headers(request);
    if (!headers.includes('access-control-allow-origin')) return headers;
    return [
      ...headers,
      'access-control-allow-methods',
      methods,
      'access-control-allow-headers',
      'authorization, content-type, share-scenario, x-request-id, traceparent, apollo-require-preflight',
      'access-control-max-age',
      '600',
    ];
  }
}
