import type { Config } from '../config/config.js';

/** Distance of the embedded OpenID provider's port from the gateway's. */
const PORT_OFFSET = 9;

/** Port of the embedded OpenID provider; any free one when PORT is 0. */
export const embeddedProviderPort = (config: Config): number => (config.PORT === 0 ? 0 : config.PORT + PORT_OFFSET);

/** Issuer of access tokens: the configured OpenID provider, else the embedded one. */
export const resolveIssuer = (config: Config): string =>
  config.OIDC_ISSUER ?? `http://${config.HOST}:${embeddedProviderPort(config)}`;
