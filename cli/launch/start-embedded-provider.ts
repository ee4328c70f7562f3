import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { hostInUrl } from '../../shared/config/host-in-url.js';
import { embeddedProviderPort } from '../../shared/openid/embedded-provider.js';
import { startOpenIdProvider } from '../../shared/openid/open-id-provider.js';
import { followRegister, registeredCallers } from './registered-callers.js';
import type { StartedParts } from './started-parts.js';

/** Starts the embedded OpenID provider for the systems and officers that governance has registered.
 *  @param governanceUrl  the governance database
 *  @param started        takes what stops it
 *  @returns              its issuer */
export async function startEmbeddedProvider(
  config: Config,
  governanceUrl: string,
  logger: Logger,
  started: StartedParts,
): Promise<string> {
  const provider = await startOpenIdProvider({
    port: embeddedProviderPort(config),
    host: config.HOST,
    audience: config.OIDC_AUDIENCE,
    dataDir: config.DATA_DIR,
    publicUrl: config.PUBLIC_URL ?? `http://${hostInUrl(config.HOST)}:${config.PORT}`,
    queryPageClient: config.GRAPHIQL_CLIENT_ID,
    ...(await registeredCallers(governanceUrl)),
    onFault: (err) => logger.error({ err }, 'OpenID provider'),
  });
  await started.add('identity', () => provider.stop());
  const follow = followRegister(
    governanceUrl,
    (callers) => provider.update(callers),
    (err) => logger.warn({ err }, 'the OpenID provider could not read the register'),
  );
  await started.add('register', () => follow.stop());
  return provider.issuer;
}
