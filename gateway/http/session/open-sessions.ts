import type { Logger } from 'pino';
import type { Config } from '../../../shared/config/config.js';
import { hostInUrl } from '../../../shared/config/host-in-url.js';
import { openBoundedPool } from '../../../shared/database/open-bounded-pool.js';
import { resolveIssuer } from '../../../shared/openid/embedded-provider.js';
import { envelopeKeys } from '../../../shared/trust/secret-envelope.js';
import { DatabaseSessions } from './database-sessions.js';
import { OpenIdSignIn } from './open-id-sign-in.js';
import { PageSessions } from './page-sessions.js';

/** Sign-in to the hub's own pages. */
export interface PageSignIn {
  readonly sessions: PageSessions;
  readonly signIn: OpenIdSignIn;
  readonly issuer: string;
  /** Address of the hub as browsers see it. */
  readonly publicUrl: string;
  /** Of the jurisdiction. */
  readonly timeZone: string;
}

/** Opens the sessions of a hub with these settings.
 *  @param database  governance's
 *  @param secret    the hub's
 *  @param opened    closes what was opened */
export function openSessions(
  config: Config,
  database: string,
  secret: string,
  logger: Logger,
  opened: AsyncDisposableStack,
): PageSignIn {
  const issuer = resolveIssuer(config);
  const publicUrl = config.PUBLIC_URL ?? `http://${hostInUrl(config.HOST)}:${config.PORT}`;
  const signIn = new OpenIdSignIn({
    issuer,
    audience: config.OIDC_AUDIENCE,
    clientId: config.GRAPHIQL_CLIENT_ID,
    clientSecret: config.GRAPHIQL_CLIENT_SECRET,
    publicUrl,
  });
  const pool = openBoundedPool(database, {
    name: 'sharehub-gateway-sessions',
    patienceMs: 5_000,
    onBroken: (err) => logger.warn({ err }, 'database'),
  });
  opened.defer(() => pool.end());
  const keys = envelopeKeys(secret, 'page-sessions');
  const sessions = new DatabaseSessions(pool, keys, (tokens) => signIn.renew(tokens));
  return { sessions: new PageSessions(sessions, publicUrl), signIn, issuer, publicUrl, timeZone: config.TIME_ZONE };
}
