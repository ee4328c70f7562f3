import type { Config } from '../shared/config/config.js';
import { HubError } from '../shared/kernel/index.js';
import type { MetricsReaders } from './http/health.js';
import type { HubLimits } from './http/hub-server.js';
import type { OperationLimits } from './operation/limits.js';

/** The limits of an operation, from the settings. */
export const operationLimits = (config: Config): Partial<OperationLimits> => ({
  depth: config.MAX_DEPTH,
  aliases: config.MAX_ALIASES,
  rootFields: config.MAX_ROOT_FIELDS,
  tokens: config.MAX_TOKENS,
  cost: config.MAX_COST,
  suggestions: config.NODE_ENV !== 'production',
});

/** The limits of the wire, from the settings. */
export const wireLimits = (config: Config): Partial<HubLimits> => ({
  bodyBytes: config.MAX_BODY_BYTES,
  deadlineMs: config.REQUEST_DEADLINE_MS,
});

export const allowedOrigins = (config: Config): string[] =>
  config.CORS_ORIGINS.split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');

/** Codes of departments are in the metrics, so in production only who has the token reads them. */
export const metricsReaders = ({ METRICS_TOKEN: token, NODE_ENV }: Config): MetricsReaders =>
  token !== undefined ? { token } : NODE_ENV === 'production' ? 'nobody' : 'everybody';

/** Permissive mode is for trying the engine; it must not be reachable by mistake.
 *  @throws HubError CONFIG_INVALID in production */
export function refusePermissiveInProduction(config: Config): void {
  if (config.NODE_ENV !== 'production') return;
  throw new HubError(
    'CONFIG_INVALID',
    '--permissive admits anonymous callers and sends no signed context, so it does not run with NODE_ENV=production.',
  );
}
