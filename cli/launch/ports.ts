import type { Config } from '../../shared/config/config.js';

const DEFAULT_PORT = 4000;

/** A port of `supergraph.yaml`, moved along when the gateway does not stand at 4000; any free one when PORT is 0. */
export const movePort = (port: number, config: Config): number =>
  config.PORT === 0 ? 0 : port - DEFAULT_PORT + config.PORT;
