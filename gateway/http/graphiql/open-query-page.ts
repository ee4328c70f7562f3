import type { Logger } from 'pino';
import type { Config } from '../../../shared/config/config.js';
import { hostInUrl } from '../../../shared/config/host-in-url.js';
import { resolveIssuer } from '../../../shared/openid/embedded-provider.js';
import type { GovernanceFeed } from '../../../shared/read-model/read-model.js';
import type { Route } from '../routes.js';
import { queryPageRoutes } from './query-page-routes.js';

/** The routes of the query page of a hub with these settings. */
export const openQueryPage = (config: Config, feed: GovernanceFeed, logger: Logger): Route[] =>
  queryPageRoutes({
    feed,
    issuer: resolveIssuer(config),
    audience: config.OIDC_AUDIENCE,
    clientId: config.GRAPHIQL_CLIENT_ID,
    clientSecret: config.GRAPHIQL_CLIENT_SECRET,
    publicUrl: config.PUBLIC_URL ?? `http://${hostInUrl(config.HOST)}:${config.PORT}`,
    onFault: (err) => logger.warn({ err }, 'sign-in'),
  });
