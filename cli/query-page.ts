import type { Logger } from 'pino';
import { queryPageRoutes } from '../gateway/http/graphiql/query-page-routes.js';
import type { Route } from '../gateway/http/routes.js';
import type { Config } from '../shared/config/config.js';
import type { GovernanceFeed } from '../shared/read-model/read-model.js';
import { embeddedIssuer } from './ports.js';

/** The query page of a hub with this configuration. */
export const queryPage = (config: Config, feed: GovernanceFeed, logger: Logger): Route[] =>
  queryPageRoutes({
    feed,
    issuer: config.OIDC_ISSUER ?? embeddedIssuer(config),
    audience: config.OIDC_AUDIENCE,
    clientId: config.GRAPHIQL_CLIENT_ID,
    clientSecret: config.GRAPHIQL_CLIENT_SECRET,
    publicUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
    onFault: (err) => logger.warn({ err }, 'sign-in'),
  });
