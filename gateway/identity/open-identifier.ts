import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { resolveIssuer } from '../../shared/openid/embedded-provider.js';
import type { GovernanceFeed } from '../../shared/read-model/read-model.js';
import { createIdentifier, type Identifier } from './identifier.js';

/** Interval at which the age of the provider's keys is checked, milliseconds; keys that are due are fetched again. */
const LOOK_MS = 1_000;

/** Opens the identifier of a hub with these settings. */
export function openIdentifier(config: Config, feed: GovernanceFeed, logger: Logger): Identifier & { close(): void } {
  const identifier = createIdentifier({
    issuer: resolveIssuer(config),
    audience: config.OIDC_AUDIENCE,
    clientClaims: splitList(config.OIDC_CLIENT_CLAIM),
    types: splitList(config.OIDC_TOKEN_TYPES),
    systemMark: parseSystemMark(config.OIDC_SYSTEM_MARK),
    clockTolerance: config.OIDC_CLOCK_TOLERANCE,
    ownClients: [config.GRAPHIQL_CLIENT_ID],
    feed,
    onFault: (err) => logger.warn({ err }, 'OpenID provider'),
  });
  const timer = setInterval(() => identifier.renewWhenDue(), LOOK_MS).unref();
  return { ...identifier, close: () => clearInterval(timer) };
}

const splitList = (text: string): string[] => text.split(',').map((part) => part.trim());

function parseSystemMark(text: string | undefined): { claim: string; value: string } | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf('=');
  return { claim: text.slice(0, at), value: text.slice(at + 1) };
}
