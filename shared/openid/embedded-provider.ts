import type { Config } from '../config/config.js';
import { hostInUrl } from '../config/host-in-url.js';

/** Distance of the embedded OpenID provider's port from the gateway's. */
const PORT_OFFSET = 9;

/** Port of the embedded OpenID provider; any free one when PORT is 0. */
export const embeddedProviderPort = (config: Config): number => (config.PORT === 0 ? 0 : config.PORT + PORT_OFFSET);

/** Issuer of access tokens: the configured OpenID provider, else the embedded one. */
export const resolveIssuer = (config: Config): string =>
  config.OIDC_ISSUER ?? `http://${hostInUrl(config.HOST)}:${embeddedProviderPort(config)}`;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** True for a host that only this machine reaches. The embedded provider listens on no other. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);
