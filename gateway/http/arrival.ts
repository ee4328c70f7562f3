import type { IncomingMessage, ServerResponse } from 'node:http';
import { traceparentOf } from '../../shared/kernel/traceparent.js';
import type { RequestTrace, TraceAttributes, Tracing } from '../tracing/trace.js';
import type { RequestLine } from './request-line.js';

/** Who is told how requests end; absent where nobody is. */
export interface Followers {
  readonly log?: ((line: RequestLine) => void) | undefined;
  readonly tracing?: Tracing | undefined;
}

/** A request for an operation, from the moment it came. */
export class Arrival {
  readonly started = performance.now();
  /** Milliseconds since the epoch. */
  readonly receivedAt = Date.now();
  readonly traceparent: string | undefined;
  readonly trace: RequestTrace | undefined;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly path: string,
    readonly requestId: string,
    private readonly followers: Followers,
  ) {
    this.traceparent = traceparentOf(request.headers.traceparent);
    this.trace = followers.tracing?.begin(this.traceparent, {
      'sharehub.request_id': requestId,
      'http.request.method': request.method,
      'url.path': path,
    });
  }

  get milliseconds(): number {
    return performance.now() - this.started;
  }

  /** Tells the log and the tracing how it ended.
   *  @param status   HTTP status that was written; 0 when the client had gone
   *  @param outcome  see `endedAs` */
  ended(status: number, outcome: string, attributes?: () => TraceAttributes): void {
    const { log } = this.followers;
    if (!log && !this.trace) return;
    const more = attributes?.();
    this.trace?.end({ ...more, 'sharehub.outcome': outcome, 'http.response.status_code': status }, status >= 500);
    const { path, requestId, request } = this;
    const ms = Math.round(this.milliseconds * 1000) / 1000;
    log?.({ method: request.method, path, status, ms, requestId, department: more?.['sharehub.department'], outcome });
  }
}
