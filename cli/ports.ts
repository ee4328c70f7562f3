import type { Config } from '../shared/config/config.js';

/** Where the OpenID provider stands behind the gateway's port. */
const PROVIDER_OFFSET = 9;
const DEFAULT_PORT = 4000;

/** A port of `supergraph.yaml`, moved along when the gateway does not stand at 4000; any free one when PORT is 0. */
export const moved = (port: number, config: Config): number =>
  config.PORT === 0 ? 0 : port - DEFAULT_PORT + config.PORT;

export const providerPort = (config: Config): number => (config.PORT === 0 ? 0 : config.PORT + PROVIDER_OFFSET);

export const embeddedIssuer = (config: Config): string => `http://${config.HOST}:${providerPort(config)}`;

/** Whether everything stands where `supergraph.yaml` says. */
export const standsAsListed = (config: Config): boolean => config.PORT === DEFAULT_PORT && config.HOST === '127.0.0.1';
