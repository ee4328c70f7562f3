import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import type { Tracing } from './trace.js';

/** Opens the tracing that the settings ask for; undefined when they ask for none. OpenTelemetry is loaded only then.
 *  @returns `close` sends the last spans and releases the exporter */
export async function openTraces(
  config: Config,
  logger: Logger,
): Promise<(Tracing & { close(): Promise<void> }) | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces, OTEL_SDK_DISABLED } = config;
  const url = traces ?? (base && `${base.replace(/\/$/, '')}/v1/traces`);
  if (url === undefined || OTEL_SDK_DISABLED) return undefined;
  const { openTracing } = await import('./open-telemetry.js');
  return openTracing({
    url,
    service: 'sharehub',
    onTrouble: (trouble) => logger.warn({ trouble }, 'traces do not arrive at the collector'),
  });
}
