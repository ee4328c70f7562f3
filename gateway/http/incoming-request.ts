import type { IncomingMessage, ServerResponse } from 'node:http';
import { traceparentOf } from '../../shared/kernel/traceparent.js';
import type { RequestTrace, TraceAttributes, Tracing } from '../tracing/trace.js';
import type { HttpMetrics } from './http-metrics.js';
import type { RequestLine } from './request-line.js';

/** Observers of the end of a request; each is optional. */
export interface RequestObservers {
  readonly log?: ((line: RequestLine) => void) | undefined;
  readonly tracing?: Tracing | undefined;
  readonly metrics?: HttpMetrics | undefined;
}

/** A request for an operation as it arrives over HTTP, with its clock, its id and its trace. */
export class IncomingRequest {
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
    private readonly observers: RequestObservers,
  ) {
    this.traceparent = traceparentOf(request.headers.traceparent);
    this.trace = observers.tracing?.begin(this.traceparent, {
      'sharehub.request_id': requestId,
      'http.request.method': request.method,
      'http.route': path,
      'url.path': path,
      'url.scheme': 'http',
    });
    observers.metrics?.begin();
  }

  get milliseconds(): number {
    return performance.now() - this.started;
  }

  /** Reports the end of the request to log and tracing.
   *  @param status   HTTP status that was written; 0 when the client had gone
   *  @param outcome  see `outcomeLabel` */
  reportEnd(status: number, outcome: string, attributes?: () => TraceAttributes): void {
    const { log, metrics } = this.observers;
    const { path, requestId, request } = this;
    const failed = status >= 500 || status === 0 ? outcome : undefined;
    metrics?.end({ method: request.method, route: path, status, error: failed }, this.milliseconds / 1000);
    if (!log && !this.trace) return;
    const more = attributes?.();
    this.trace?.end({
      ...more,
      'sharehub.outcome': outcome,
      ...(status > 0 && { 'http.response.status_code': status }),
      ...(failed !== undefined && { 'error.type': failed }),
    });
    const ms = Math.round(this.milliseconds * 1000) / 1000;
    log?.({ method: request.method, path, status, ms, requestId, department: more?.['sharehub.department'], outcome });
  }
}
