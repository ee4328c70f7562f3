import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { hostInUrl } from '../../shared/config/host-in-url.js';
import { HubError } from '../../shared/kernel/index.js';
import type { FetchSpan, Peer, RequestTrace, Stage, TraceAttributes, Tracing } from './trace.js';

export interface OpenTelemetryOptions {
  /** Address to which spans are sent: the full URL of the collector's OTLP/HTTP traces. */
  readonly url: string;
  /** Name of the service where `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` give none. */
  readonly service: string;
  /** Told, at most once a minute, that spans do not arrive. */
  readonly onTrouble: (message: string) => void;
}

/** Sends the traces of requests to an OpenTelemetry collector, by OTLP over HTTP, in batches and beside the
 *  requests: a collector that is slow or away costs spans, never a request. Sampling, queue, headers and time limits are
 *  the SDK's own `OTEL_*` settings. Loaded only where a collector is configured.
 *  @source OpenTelemetry specification, "Environment Variable Specification"; W3C Trace Context */
export function openTracing({ url, service, onTrouble }: OpenTelemetryOptions): Tracing & { close(): Promise<void> } {
  listenForTrouble(onTrouble);
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': service }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('sharehub.gateway');
  return {
    begin: (traceparent, attributes) => new OpenTelemetryTrace(tracer, traceparent, attributes),
    /** Sends what is there, but waits no longer than this for a collector that does not take it. */
    close: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)));
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

const CLOSE_MS = 2_000;
const TROUBLE_MS = 60_000;

function listenForTrouble(onTrouble: (message: string) => void): void {
  let last = -Infinity;
  const say = (message: string): void => {
    if (performance.now() - last < TROUBLE_MS) return;
    last = performance.now();
    onTrouble(message);
  };
  const silent = (): void => undefined;
  const logger = { error: say, warn: say, info: silent, debug: silent, verbose: silent };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

class OpenTelemetryTrace implements RequestTrace {
  private readonly span: Span;
  private readonly context: Context;

  constructor(
    private readonly tracer: Tracer,
    traceparent: string | undefined,
    attributes: TraceAttributes,
  ) {
    const parent =
      traceparent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remoteContext(traceparent));
    const name = `${attributes['http.request.method'] ?? 'HTTP'} ${attributes['http.route'] ?? ''}`.trim();
    this.span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes: { ...attributes } }, parent);
    this.context = trace.setSpan(ROOT_CONTEXT, this.span);
  }

  stage<T>(name: Exclude<Stage, 'fetch'>, work: () => T): T {
    const span = this.tracer.startSpan(name, undefined, this.context);
    const failed = (error: unknown): never => {
      fail(span, error instanceof HubError ? error.code : 'INTERNAL');
      span.end();
      throw error;
    };
    try {
      const result = work();
      if (!(result instanceof Promise)) span.end();
      else
        return result.then((value: unknown) => {
          span.end();
          return value;
        }, failed) as T;
      return result;
    } catch (error) {
      return failed(error);
    }
  }

  fetch(subgraph: string, { address, port, scheme, path }: Peer): FetchSpan {
    const attributes = {
      'sharehub.subgraph': subgraph,
      'http.request.method': 'POST',
      'server.address': address,
      'server.port': port,
      'url.full': `${scheme}://${hostInUrl(address)}:${port}${path}`,
      'url.template': path,
    } satisfies TraceAttributes;
    const span = this.tracer.startSpan(`POST ${path}`, { kind: SpanKind.CLIENT, attributes }, this.context);
    return {
      traceparent: traceparentFor(span.spanContext()),
      end: (failure, status) => {
        if (status !== undefined) span.setAttributes({ 'http.response.status_code': status } satisfies TraceAttributes);
        if (failure !== undefined) fail(span, failure);
        span.end();
      },
    };
  }

  end(attributes: TraceAttributes): void {
    this.span.setAttributes({ ...attributes });
    if (attributes['error.type'] !== undefined) this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

function fail(span: Span, code: string): void {
  span.setAttributes({ 'error.type': code } satisfies TraceAttributes);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function remoteContext(traceparent: string): SpanContext {
  const [, traceId, spanId, flags] = traceparent.split('-') as [string, string, string, string];
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
}

const traceparentFor = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
