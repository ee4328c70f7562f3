import { errors, type ClientMetadata, type Configuration } from 'oidc-provider';
import { escapeHtml, page, pageHeaders } from './html.js';
import { createMemoryAdapter } from './memory-adapter.js';
import { SIGNING_ALGORITHM, type ClientSecrets, type ProviderKeys } from './provider-keys.js';

/** A registered system, as the launcher knows it from governance. */
export interface OpenIdClient {
  readonly clientId: string;
  readonly name: string;
}
/** A person who may sign in. Department and roles are shown on the sign-in page; the hub takes them from its own register. */
export interface OpenIdAccount {
  readonly subject: string;
  readonly name: string;
  readonly department: string;
  readonly roles: readonly string[];
}
/** The hub's own query page, which signs persons in. */
export interface QueryPageClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly afterLogoutUris: readonly string[];
}

/** Lifetime of an access token, and of the session of a person who signed in, seconds. */
const TOKEN_SECONDS = 3600;
const SESSION_SECONDS = 8 * 3600;

/** Path of the sign-in page of one interaction. */
export const SIGN_IN = '/sign-in/';

/** Configuration of `oidc-provider`: client credentials for systems, authorisation code with PKCE for persons, and
 *  access tokens as signed JWTs (RFC 9068) for one audience, the hub. */
export function providerConfiguration(options: {
  audience: string;
  keys: ProviderKeys;
  secrets: ClientSecrets;
  clients: readonly OpenIdClient[];
  accounts: readonly OpenIdAccount[];
  queryPage: QueryPageClient | undefined;
}): Configuration {
  const { audience, accounts } = options;
  return {
    adapter: createMemoryAdapter(),
    clients: [
      ...options.clients.map((client) => systemClient(client, options.secrets)),
      ...personClient(options.queryPage),
    ],
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
    jwks: { keys: options.keys.signing },
    cookies: { keys: [...options.keys.cookies] },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      Interaction: 900,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
    },
    scopes: ['openid'],
    claims: { openid: ['sub', 'name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientBasedCORS: () => false,
    interactions: { url: (_ctx, interaction) => `${SIGN_IN}${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: askToSignOut, postLogoutSuccessSource: signedOut },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== audience) throw new errors.InvalidTarget(`the only resource here is ${audience}`);
          return {
            scope: '',
            audience,
            accessTokenTTL: TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: SIGNING_ALGORITHM } },
          };
        },
      },
    },
    async findAccount(_ctx, subject) {
      const account = accounts.find((candidate) => candidate.subject === subject);
      return account && { accountId: subject, claims: async () => ({ sub: subject, name: account.name }) };
    },
    // The only client of persons is the hub's own page, so there is nothing to ask their consent for.
    async loadExistingGrant(ctx) {
      const { provider, session, client, account } = ctx.oidc;
      const grantId = session?.grantIdFor(client!.clientId);
      if (grantId) return provider.Grant.find(grantId);
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: account!.accountId });
      grant.addOIDCScope('openid');
      grant.addResourceScope(audience, '');
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.set(pageHeaders());
      const why = escapeHtml(out.error_description ?? out.error);
      ctx.body = page('Sign-in failed', `<h1>Sign-in failed</h1><p>${why}</p>`);
    },
  };
}

const systemClient = ({ clientId, name }: OpenIdClient, secrets: ClientSecrets): ClientMetadata => ({
  client_id: clientId,
  client_name: name,
  client_secret: secrets[clientId],
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
});

const personClient = (client: QueryPageClient | undefined): ClientMetadata[] =>
  client
    ? [
        {
          client_id: client.clientId,
          client_name: 'ShareHub',
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: [...client.redirectUris],
          post_logout_redirect_uris: [...client.afterLogoutUris],
        },
      ]
    : [];

type Ctx = Parameters<NonNullable<Configuration['renderError']>>[0];

function askToSignOut(ctx: Ctx, form: string): void {
  const back = (ctx as { oidc?: { params?: Record<string, unknown> } }).oidc?.params?.['post_logout_redirect_uri'];
  ctx.set(pageHeaders(typeof back === 'string' ? [new URL(back).origin] : []));
  const confirm = `<button form="op.logoutForm" name="logout" value="yes" autofocus>Yes, sign me out</button>`;
  const stay = `<button form="op.logoutForm">No, stay signed in</button>`;
  ctx.body = page('Sign out', `<h1>Sign out?</h1>${form}${confirm}${stay}`);
}

function signedOut(ctx: Ctx): void {
  ctx.set(pageHeaders());
  ctx.body = page('Signed out', '<h1>Signed out</h1><p>You can close this page.</p>');
}
