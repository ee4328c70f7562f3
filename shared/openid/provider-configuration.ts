import { errors, type ClientMetadata, type Configuration } from 'oidc-provider';
import { ROLES } from '../kernel/index.js';
import { escapeHtml, page, pageHeaders } from './html.js';
import { createMemoryAdapter } from './memory-adapter.js';
import { SIGNING_ALGORITHM, type ProviderKeys } from './provider-keys.js';

/** A registered system, as the launcher knows it from governance. */
export interface OpenIdClient {
  readonly clientId: string;
  readonly name: string;
  /** Where persons who sign in through it are sent back to; none where persons do not. */
  readonly redirectUris?: readonly string[];
  /** It runs in a browser, has no secret and never speaks for itself. */
  readonly browser?: boolean;
}
/** A person who may sign in. Department and roles are shown on the sign-in page; the hub takes them from its own register. */
export interface OpenIdAccount {
  readonly subject: string;
  readonly name: string;
  readonly department: string;
  readonly roles: readonly string[];
}
/** The systems and persons that the provider knows now. */
export interface CallerRegister {
  /** @returns undefined for a system that is not registered */
  findClient(clientId: string): { readonly client: OpenIdClient; readonly secret: string } | undefined;
  findAccount(subject: string): OpenIdAccount | undefined;
  listAccounts(): readonly OpenIdAccount[];
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

/** Scopes that limit a token to some of its caller's roles. */
const ROLE_SCOPES = ROLES.map((role) => `sharehub:${role}`);

/** Path of the sign-in page of one interaction. */
export const SIGN_IN = '/sign-in/';

/** Configuration of `oidc-provider`: client credentials for systems, authorisation code with PKCE for persons, and
 *  access tokens as signed JWTs (RFC 9068) for one audience, the hub. */
export function providerConfiguration(options: {
  audience: string;
  keys: ProviderKeys;
  register: CallerRegister;
  queryPage: QueryPageClient | undefined;
}): Configuration {
  const { audience, register } = options;
  return {
    // Registered systems are looked up, so that one counts from its registration on. A system that took the query page's
    // id is never found: the page comes first.
    adapter: createMemoryAdapter((clientId) => {
      const found = register.findClient(clientId);
      return found && systemClient(found.client, found.secret);
    }),
    clients: personClient(options.queryPage),
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
      RefreshToken: SESSION_SECONDS,
    },
    // The hub's own pages renew their persons' tokens; what a browser holds itself is not renewed.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    scopes: ['openid', ...ROLE_SCOPES],
    claims: { openid: ['sub', 'name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    // A page that signs persons in fetches their token from its own origin.
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    interactions: { url: (_ctx, interaction) => `${SIGN_IN}${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      // The hub takes plain bearer tokens only.
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: askToSignOut, postLogoutSuccessSource: signedOut },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== audience) throw new errors.InvalidTarget(`the only resource here is ${audience}`);
          return {
            scope: ROLE_SCOPES.join(' '),
            audience,
            accessTokenTTL: TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: SIGNING_ALGORITHM } },
          };
        },
      },
    },
    async findAccount(_ctx, subject) {
      const account = register.findAccount(subject);
      return account && { accountId: subject, claims: async () => ({ sub: subject, name: account.name }) };
    },
    // Persons sign in to the hub's own page and to systems that the data authority registered, which gives the hub no more
    // than their department may have, so there is nothing to ask their consent for.
    async loadExistingGrant(ctx) {
      const { provider, session, client, account } = ctx.oidc;
      const grantId = session?.grantIdFor(client!.clientId);
      if (grantId) return provider.Grant.find(grantId);
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: account!.accountId });
      grant.addOIDCScope(['openid', ...ROLE_SCOPES].join(' '));
      grant.addResourceScope(audience, ROLE_SCOPES.join(' '));
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

function systemClient({ clientId, name, redirectUris = [], browser }: OpenIdClient, secret: string): ClientMetadata {
  const signsIn = redirectUris.length > 0;
  return {
    client_id: clientId,
    client_name: name,
    ...(browser
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret }),
    grant_types: [...(browser ? [] : ['client_credentials']), ...(signsIn ? ['authorization_code'] : [])],
    response_types: signsIn ? ['code'] : [],
    redirect_uris: [...redirectUris],
  };
}

const personClient = (client: QueryPageClient | undefined): ClientMetadata[] =>
  client
    ? [
        {
          client_id: client.clientId,
          client_name: 'ShareHub',
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
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
