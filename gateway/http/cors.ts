import type { IncomingMessage } from 'node:http';
import type { ExtraHeaders } from './reply.js';

/** Headers that a page may send: the hub's own, and those that clients in browsers add by themselves: Apollo's name
 *  themselves and their operation, OpenTelemetry's carry a trace on, and several send an Accept header too long to be plain.
 *  None gives a right; a header that is missing here makes a browser refuse the whole request. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'accept',
  'share-scenario',
  'share-freshness',
  'share-variant',
  'x-request-id',
  'traceparent',
  'tracestate',
  'baggage',
  'x-requested-with',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'x-apollo-operation-name',
  'x-apollo-operation-id',
  'x-apollo-operation-type',
].join(', ');
/** Headers of an answer that a page may read. */
const EXPOSED = 'x-request-id, retry-after';

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
    return ['vary', 'origin', 'access-control-allow-origin', origin, 'access-control-expose-headers', EXPOSED];
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
      REQUEST_HEADERS,
      'access-control-max-age',
      '600',
    ];
  }
}
