import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { providerAway } from './identity-refusal.js';

/** The verification keys of one OpenID provider. */
export interface IssuerKeys {
  /** The key for a token's header, as `jwtVerify` asks for it.
   *  @throws HubError NOT_READY when the provider cannot be asked and the key is not known
   *  @throws JWKSNoMatchingKey when the provider does not know the key either */
  readonly key: JWTVerifyGetKey;
  /** Renews the keys in the background when they are due; costs one comparison when they are not. */
  renewWhenDue(): void;
  /** True when tokens can be verified. */
  ready(): boolean;
  /** Grows whenever the provider's keys change. */
  generation(): number;
}

export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Shortest time between two requests for an unknown key, ms. */
  readonly cooldown?: number;
  /** Shortest time between two requests after one that failed, ms. */
  readonly retryAfter?: number;
  /** Age after which known keys are renewed, ms. */
  readonly renewAfter?: number;
  /** Called with the reason for which the provider cannot be reached, once for each new reason. */
  readonly onFault?: (error: Error) => void;
}

const TIMEOUT_MS = 5000;
/** With the time of one request and of one look it stays below a minute, in which a withdrawn key must stop counting. */
const RENEW_AFTER_MS = 30_000;

/** Finds a provider's keys by discovery (OpenID Connect Discovery 1.0 section 4) when they are first needed. Known keys
 *  serve for as long as the provider is away. Nothing that a caller sends can make the hub ask the provider more often
 *  than `cooldown` and `retryAfter` say. */
export function createIssuerKeys(options: IssuerKeysOptions): IssuerKeys {
  const { issuer, now = Date.now, cooldown = 5000, retryAfter = 1000, renewAfter = RENEW_AFTER_MS } = options;
  let local: ReturnType<typeof createLocalJWKSet> | undefined;
  let text = '';
  let generation = 0;
  let askedAt = -Infinity;
  let fault: Error | undefined;
  let loading: Promise<void> | undefined;

  const json = async (url: URL): Promise<unknown> => {
    const send = options.fetch ?? fetch;
    const response = await send(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
    return response.json();
  };

  const load = (): Promise<void> => {
    askedAt = now();
    loading ??= (async () => {
      const keys = (await json(await findKeysAddress(issuer, json))) as JSONWebKeySet;
      local = createLocalJWKSet(keys);
      fault = undefined;
      if (JSON.stringify(keys) === text) return;
      text = JSON.stringify(keys);
      generation += 1;
    })()
      .catch((error: Error) => {
        if (fault?.message !== error.message) options.onFault?.(error);
        fault = error;
        throw providerAway(error);
      })
      .finally(() => (loading = undefined));
    return loading;
  };

  /** Loads the keys unless they were asked for too short a time ago. @returns whether they were loaded */
  const reload = async (): Promise<boolean> => {
    if (!loading && now() - askedAt < (fault ? retryAfter : cooldown)) {
      if (fault) throw providerAway(fault);
      return false;
    }
    await (loading ?? load());
    return true;
  };

  return {
    async key(header, token) {
      if (!local) await reload();
      try {
        return await local!(header, token);
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_JWKS_NO_MATCHING_KEY' || !(await reload())) throw error;
        return local!(header, token);
      }
    },
    renewWhenDue() {
      // A failure is reported by `onFault` and tried again after `retryAfter`.
      if (now() - askedAt >= (fault ? retryAfter : renewAfter)) void load().catch(() => undefined);
    },
    ready: () => local !== undefined,
    generation: () => generation,
  };
}

/** Reads `jwks_uri` from the discovery document. @throws Error when its `issuer` differs from the configured one */
async function findKeysAddress(issuer: string, json: (url: URL) => Promise<unknown>): Promise<URL> {
  const found = (await json(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))) as {
    issuer?: unknown;
    jwks_uri?: unknown;
  } | null;
  if (found?.issuer !== issuer) throw new Error(`it calls itself ${String(found?.issuer)}, not ${issuer}`);
  const address = new URL(String(found.jwks_uri));
  if (address.protocol === 'https:' || address.protocol === new URL(issuer).protocol) return address;
  throw new Error(`it offers its keys over ${address.protocol}`);
}
