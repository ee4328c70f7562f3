import * as openid from 'openid-client';
import { HubError } from '../../../shared/kernel/index.js';

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
}

/** A person who has signed in. */
export interface SignedIn {
  readonly subject: string;
  readonly accessToken: string;
  readonly idToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Signs persons in by authorisation code with PKCE at any OpenID provider. @source RFC 9700 section 2.1 */
export class OpenIdSignIn {
  #provider: Promise<openid.Configuration> | undefined;

  constructor(private readonly options: SignInOptions) {}

  /** Begins: where to send the browser, and what it must bring back. @throws HubError NOT_READY */
  async begin(): Promise<{ address: URL; attempt: Attempt }> {
    const provider = await this.provider();
    const attempt = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const address = openid.buildAuthorizationUrl(provider, {
      redirect_uri: this.at('/graphiql/callback').href,
      scope: 'openid',
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
  async finish(target: string, { state, nonce, verifier }: Attempt): Promise<SignedIn> {
    const provider = await this.provider();
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const resource = { resource: this.options.audience };
      const tokens = await openid.authorizationCodeGrant(provider, this.at(target), checks, resource);
      return {
        subject: tokens.claims()!.sub,
        accessToken: tokens.access_token,
        idToken: tokens.id_token!,
        expiresAt: Date.now() + (tokens.expiresIn() ?? 0) * 1000,
      };
    } catch (cause) {
      throw new HubError('UNAUTHENTICATED', 'The sign-in did not succeed. Start again.', {}, { cause });
    }
  }

  /** Address that ends the session at the provider as well; the page itself when the provider has none. */
  async leave(idToken: string): Promise<URL> {
    const home = this.at('/graphiql');
    // The session of the hub has ended already; without the provider the browser goes to the page itself.
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
      throw new HubError('NOT_READY', 'The OpenID provider does not answer. Try again shortly.', {}, { cause });
    });
    return this.#provider;
  }
}
