import { Gauge, type Registry } from 'prom-client';
import type { FetchTrace } from '../request/answer.js';
import { LabelledHistogram } from './labelled.js';

/** Bounds that the conventions advise, seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** Methods that have a label of their own; anybody can invent others. */
const METHODS = new Set(['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'PATCH', 'DELETE']);

/** The end of a request, as the HTTP layer knows it. */
export interface EndedRequest {
  readonly method: string | undefined;
  /** One of the addresses for operations. */
  readonly route: string;
  /** 0 when the client had gone. */
  readonly status: number;
  /** Code of what went wrong on this side. */
  readonly error: string | undefined;
}

/** The metrics that every HTTP service has, under the names that dashboards and alerts expect.
 *  @source OpenTelemetry semantic conventions, "HTTP metrics" (stable), in Prometheus' spelling */
export class HttpMetrics {
  readonly #served: LabelledHistogram;
  readonly #asked: LabelledHistogram;
  #active = 0;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#served = new LabelledHistogram({
      name: 'http_server_request_duration_seconds',
      help: 'Duration of requests for operations.',
      labelNames: ['http_request_method', 'http_route', 'http_response_status_code', 'url_scheme', 'error_type'],
      buckets: SECONDS,
      registers,
    });
    this.#asked = new LabelledHistogram({
      name: 'http_client_request_duration_seconds',
      help: 'Duration of fetches from subgraphs.',
      labelNames: ['http_request_method', 'server_address', 'server_port', 'url_scheme', 'error_type'],
      buckets: SECONDS,
      registers,
    });
    const now = (): number => this.#active;
    new Gauge({
      name: 'http_server_active_requests',
      help: 'Requests for operations under way.',
      registers,
      collect() {
        this.set(now());
      },
    });
  }

  begin(): void {
    this.#active++;
  }

  end({ method = '', route, status, error }: EndedRequest, seconds: number): void {
    this.#active--;
    this.#served.observe(
      {
        http_request_method: METHODS.has(method) ? method : '_OTHER',
        http_route: route,
        ...(status > 0 && { http_response_status_code: status }),
        url_scheme: 'http',
        ...(error !== undefined && { error_type: error }),
      },
      seconds,
    );
  }

  fetched({ peer, milliseconds, failure }: FetchTrace): void {
    this.#asked.observe(
      {
        http_request_method: 'POST',
        server_address: peer.address,
        server_port: peer.port,
        url_scheme: peer.scheme,
        ...(failure !== undefined && { error_type: failure }),
      },
      milliseconds / 1000,
    );
  }
}
