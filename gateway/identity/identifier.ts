import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../shared/kernel/index.js';
import type { GovernanceFeed, GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { bearerToken } from './bearer-token.js';
import { resolveCaller } from './resolve-caller.js';
import { tokenRefused } from './identity-refusal.js';
import { createIssuerKeys, type IssuerKeysOptions } from './issuer-keys.js';
import { verifyToken, type TokenRules, type TokenSubject } from './token-verifier.js';
import { say } from '../request/messages/index.js';

/** Identifies callers. */
export interface Identifier {
  /** The caller of a request, from its `Authorization` header and the hub's register as it is now.
   *  @throws HubError UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, CALLER_UNKNOWN, CALLER_SUSPENDED, NOT_READY, GRANTS_STALE */
  identify(authorization: string | undefined): Promise<Caller>;
  /** True once the provider's keys are known; for the readiness check. */
  ready(): boolean;
  /** Asks the provider for its keys in the background when that is due. Called now and then, so that a provider that was
   *  away is found again, and a withdrawn key stops counting, though nobody calls. */
  renewWhenDue(): void;
}

export interface IdentifierOptions extends Pick<
  IssuerKeysOptions,
  'fetch' | 'now' | 'cooldown' | 'retryAfter' | 'renewAfter' | 'onFault'
> {
  readonly issuer: string;
  readonly audience: string;
  readonly feed: Pick<GovernanceFeed, 'current' | 'fresh'>;
  /** Claims that may name the client; default `client_id`, `azp`, `appid`. */
  readonly clientClaims?: readonly string[];
  readonly systemMark?: TokenRules['systemMark'];
  /** Default `at+jwt` only (RFC 9068); some providers issue `jwt`. */
  readonly types?: readonly string[];
  /** Clients of the hub's own pages, through which officers of every department sign in. */
  readonly ownClients?: readonly string[];
  /** Seconds; default 5. */
  readonly clockTolerance?: number;
  /** Verified tokens remembered; default 10,000. */
  readonly maxTokens?: number;
}

/** A verified token, with its caller by an edition of the register. */
interface VerifiedToken {
  readonly token: TokenSubject;
  readonly generation: number;
  edition: number;
  caller?: Caller;
}

/** Identifies callers by access tokens of any OpenID provider. A token's signature is verified once; who it stands for
 *  is looked up again whenever the register has changed, so a suspension counts at the next request. */
export function createIdentifier(options: IdentifierOptions): Identifier {
  const { feed, now = () => Date.now(), clockTolerance = 5 } = options;
  const ownClients = new Set(options.ownClients ?? ['sharehub-graphiql']);
  const keys = createIssuerKeys(options);
  const rules: TokenRules = {
    issuer: options.issuer,
    audience: options.audience,
    clientClaims: options.clientClaims ?? ['client_id', 'azp', 'appid'],
    systemMark: options.systemMark,
    types: options.types ?? ['at+jwt'],
    clockTolerance,
  };
  const verified = new LRUCache<string, VerifiedToken>({ max: options.maxTokens ?? 10_000 });

  const verify = async (bearer: string, id: string): Promise<VerifiedToken> => {
    const generation = keys.generation();
    const known: VerifiedToken = { token: await verifyToken(bearer, keys, rules, now()), generation, edition: 0 };
    verified.set(id, known);
    return known;
  };

  let seen: GovernanceSnapshot | undefined;
  let version = NaN;
  let edition = 0;
  const editionOf = (snapshot: GovernanceSnapshot): number => {
    if (snapshot === seen && snapshot.version === version) return edition;
    seen = snapshot;
    version = snapshot.version;
    return ++edition;
  };

  keys.renewWhenDue();
  return {
    async identify(authorization) {
      const bearer = bearerToken(authorization);
      keys.renewWhenDue();
      // Cached by hash, so that a memory dump holds no earlier tokens.
      const id = hash('sha256', bearer, 'base64');
      let known = verified.get(id);
      if (known && known.token.expiresAt + clockTolerance * 1000 <= now()) {
        verified.delete(id);
        throw tokenRefused('TOKEN_EXPIRED', say('token.expired'));
      }
      // After a change of the provider's keys, a token must be signed by one that is still there.
      if (known?.generation !== keys.generation()) known = undefined;
      known ??= await verify(bearer, id);

      const snapshot = feed.fresh() ?? (await feed.current());
      if (known.edition !== editionOf(snapshot) || !known.caller) {
        known.caller = resolveCaller(known.token, snapshot, ownClients);
        known.edition = edition;
      }
      return known.caller;
    },
    ready: () => keys.ready(),
    renewWhenDue: () => keys.renewWhenDue(),
  };
}
