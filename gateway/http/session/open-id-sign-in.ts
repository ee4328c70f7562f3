import * as openid from 'openid-client';
import { HubError } from '../../../shared/kernel/index.js';
import type { PersonTokens } from './person-session.js';
import { say } from '../../request/messages/index.js';

export interface SignInOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Address of the hub as browsers see it. */
  readonly publicUrl: string;
}

/** State of a sign-in under way, kept in the browser that began it. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path of the hub to which the person goes back. */
  readonly to: string;
}

/** Signs persons in by authorisation code with PKCE at any OpenID provider. @source RFC 9700 section 2.1 */
export class OpenIdSignIn {
  #provider: Promise<openid.Configuration> | undefined;

  constructor(private readonly options: SignInOptions) {}

  /** Begins: where to send the browser, and what it must bring back.
   *  @param to  where the person was going
   *  @throws HubError NOT_READY */
  async begin(to: string): Promise<{ address: URL; attempt: Attempt }> {
    const provider = await this.provider();
    const attempt = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      to,
    };
    const address = openid.buildAuthorizationUrl(provider, {
      redirect_uri: this.at('/session/callback').href,
      scope: scopeOf(provider),
      resource: this.options.audience,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { address, attempt };
  }

  /** Ends: trades the code that came back for the person's tokens.
   *  @param target  path and query of the request that brought the code
   *  @throws HubError UNAUTHENTICATED when the provider or the checks say no, NOT_READY */
  async finish(target: string, { state, nonce, verifier }: Attempt): Promise<PersonTokens> {
    const provider = await this.provider();
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const resource = { resource: this.options.audience };
      const tokens = await openid.authorizationCodeGrant(provider, this.at(target), checks, resource);
      return toPersonTokens(tokens, tokens.claims()!.sub, tokens.id_token!);
    } catch (cause) {
      throw new HubError('UNAUTHENTICATED', say('page.signInFailed'), {}, { cause });
    }
  }

  /** New tokens of a person whose access token is about to end.
   *  @returns undefined when the provider refuses, or cannot be asked now */
  async renew({ subject, idToken, refreshToken }: PersonTokens): Promise<PersonTokens | undefined> {
    try {
      const resource = { resource: this.options.audience };
      const tokens = await openid.refreshTokenGrant(await this.provider(), refreshToken!, resource);
      const renewed = toPersonTokens(tokens, subject, tokens.id_token ?? idToken);
      return { ...renewed, refreshToken: renewed.refreshToken ?? refreshToken };
    } catch {
      return undefined;
    }
  }

  /** Address that ends the session at the provider as well; the first page when the provider has none. */
  async leave(idToken: string): Promise<URL> {
    const home = this.at('/');
    // The session of the hub has ended already, also when the provider does not answer.
    const provider = await this.provider().catch(() => undefined);
    if (!provider?.serverMetadata().end_session_endpoint) return home;
    return openid.buildEndSessionUrl(provider, { id_token_hint: idToken, post_logout_redirect_uri: home.href });
  }

  private at(target: string): URL {
    return new URL(target, this.options.publicUrl);
  }

  /** The provider by discovery, when it is first needed and until that has succeeded. */
  private provider(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const url = new URL(issuer);
    const plainHttp = url.protocol === 'http:' ? { execute: [openid.allowInsecureRequests] } : undefined;
    const authentication = clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret);
    this.#provider ??= openid.discovery(url, clientId, undefined, authentication, plainHttp).catch((cause) => {
      this.#provider = undefined;
      throw new HubError('NOT_READY', say('page.providerAway'), {}, { cause });
    });
    return this.#provider;
  }
}

/** Asks for a refresh token where the provider says that one is asked for so. @source OpenID Connect Core section 11 */
const scopeOf = (provider: openid.Configuration): string =>
  provider.serverMetadata().scopes_supported?.includes('offline_access') ? 'openid offline_access' : 'openid';

const toPersonTokens = (
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
  subject: string,
  idToken: string,
): PersonTokens => ({
  subject,
  idToken,
  accessToken: tokens.access_token,
  refreshToken: tokens.refresh_token,
  expiresAt: Date.now() + (tokens.expiresIn() ?? 0) * 1000,
});
