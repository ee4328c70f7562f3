import type { Config } from '../../shared/config/config.js';
import type { MetricsReaders } from './health.js';
import type { HubLimits } from './hub-server.js';

/** HTTP limits by the settings. */
export const readHttpLimits = (config: Config): Partial<HubLimits> => ({
  bodyBytes: config.MAX_BODY_BYTES,
  deadlineMs: config.REQUEST_DEADLINE_MS,
});

/** Origins whose pages may call the hub. */
export const readAllowedOrigins = (config: Config): string[] =>
  config.CORS_ORIGINS.split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');

/** The metrics hold department codes, so in production reading them needs the token. */
export const readMetricsReaders = ({ METRICS_TOKEN: token, NODE_ENV }: Config): MetricsReaders =>
  token !== undefined ? { token } : NODE_ENV === 'production' ? 'nobody' : 'everybody';
