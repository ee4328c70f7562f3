import { errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose';
import { HubError, type Sentence } from '../../shared/kernel/index.js';
import { tokenRefused } from './identity-refusal.js';
import type { IssuerKeys } from './issuer-keys.js';
import { say } from '../request/messages/index.js';

/** The claims of a verified token that identify its caller. */
export interface TokenSubject {
  readonly subject: string;
  /** OpenID client that the token was issued to. */
  readonly client: string;
  /** True for client credentials: the client calls on its own behalf, without a person. */
  readonly system: boolean;
  /** Roles to which the token is limited by its scopes; all of the caller's own where absent. */
  readonly roles?: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Claims that may name the client, in order of preference. */
  readonly clientClaims: readonly string[];
  /** Claim by which a provider marks a system's own token, where its subject is not the client itself; `{client}` in
   *  the value stands for the client. Entra: `idtyp` is `app`; Keycloak: `preferred_username` is `service-account-{client}`. */
  readonly systemMark?: { readonly claim: string; readonly value: string };
  /** Media types that an access token's `typ` header may have, without `application/`. */
  readonly types: readonly string[];
  /** Seconds by which the clocks of provider and hub may differ. */
  readonly clockTolerance: number;
}

/** Only keys that the hub cannot sign with itself: `none` and HMAC have no place here. @source RFC 8725 section 3.1 */
const ALGORITHMS = 'ES256 ES384 ES512 EdDSA Ed25519 PS256 PS384 PS512 RS256 RS384 RS512'.split(' ');

const ROLE_SCOPE = 'sharehub:';

/** Marks of other tokens that the same provider signs: ID tokens, Keycloak's own kinds, logout tokens. */
const MARKS_OF_OTHER_TOKENS = ['nonce', 'at_hash', 'c_hash', 'events'];

/** Verifies an access token (RFC 9068 section 4): signature, type, issuer, audience, times.
 *  @param now  milliseconds since the epoch
 *  @throws HubError TOKEN_INVALID, TOKEN_EXPIRED, NOT_READY */
export async function verifyToken(
  token: string,
  keys: Pick<IssuerKeys, 'key'>,
  rules: TokenRules,
  now: number,
): Promise<TokenSubject> {
  const { payload, protectedHeader } = await verifySignature(token, keys, rules, now);
  const type = protectedHeader.typ?.toLowerCase().replace(/^application\//, '');
  if (!rules.types.includes(type ?? '')) throw tokenRefused('TOKEN_INVALID', say('token.noAccessToken'));
  if (MARKS_OF_OTHER_TOKENS.some((claim) => claim in payload) || (kindOf(payload) ?? 'bearer') !== 'bearer') {
    throw tokenRefused('TOKEN_INVALID', say('token.noAccessToken'));
  }
  refuseUnverifiable(payload, rules, now);
  const subject = subjectOf(payload);
  const client = clientOf(payload, rules.clientClaims);
  const system = subject === client || isMarked(payload, client, rules.systemMark);
  return { subject, client, system, roles: rolesOf(payload), expiresAt: payload.exp! * 1000 };
}

async function verifySignature(token: string, keys: Pick<IssuerKeys, 'key'>, rules: TokenRules, now: number) {
  try {
    const { issuer, audience, clockTolerance } = rules;
    const requiredClaims = ['exp', 'iat', 'sub'];
    const checks = {
      issuer,
      audience,
      clockTolerance,
      algorithms: ALGORITHMS,
      requiredClaims,
      currentDate: new Date(now),
    };
    return (await jwtVerify(token, keys.key, checks)) as JWTVerifyResult;
  } catch (error) {
    if (error instanceof HubError) throw error;
    if (error instanceof errors.JWTExpired) throw tokenRefused('TOKEN_EXPIRED', say('token.expired'), error);
    throw tokenRefused('TOKEN_INVALID', describeFailure(error), error);
  }
}

/** The reason for which a token was refused; it helps the caller and tells a forger nothing new. */
function describeFailure(error: unknown): Sentence {
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return say('token.otherAudience');
    if (error.claim === 'iss') return say('token.otherIssuer');
    if (error.claim === 'nbf') return say('token.notYet');
    return say('token.claimWrong', { claim: error.claim });
  }
  if (error instanceof errors.JWKSNoMatchingKey) return say('token.unknownKey');
  if (error instanceof errors.JWSSignatureVerificationFailed) return say('token.signature');
  if (error instanceof errors.JOSEAlgNotAllowed) return say('token.algorithm');
  return say('token.malformed');
}

/** Refuses what the hub would have to check or record and does not: a token that is bound to its sender's key and comes
 *  without the proof, one that somebody uses in another's name, and one that was issued later than now.
 *  @source RFC 7800 section 3.1, RFC 9449 section 7.1, RFC 8693 section 4.1 */
function refuseUnverifiable(payload: JWTPayload, { clockTolerance }: TokenRules, now: number): void {
  if ('cnf' in payload) throw tokenRefused('TOKEN_INVALID', say('token.boundToSender'));
  if ('act' in payload) throw tokenRefused('TOKEN_INVALID', say('token.actsForAnother'));
  if (payload.iat! * 1000 > now + clockTolerance * 1000) throw tokenRefused('TOKEN_INVALID', say('token.issuedLater'));
}

/** The roles that a token's scopes name, as `sharehub:provider`. A token without such a scope is not limited. */
function rolesOf({ scope }: JWTPayload & { scope?: unknown }): ReadonlySet<string> | undefined {
  if (typeof scope !== 'string') return undefined;
  const roles = scope.split(' ').filter((each) => each.startsWith(ROLE_SCOPE));
  return roles.length > 0 ? new Set(roles.map((each) => each.slice(ROLE_SCOPE.length))) : undefined;
}

const kindOf = (payload: JWTPayload): unknown =>
  typeof payload['typ'] === 'string' ? payload['typ'].toLowerCase() : undefined;

const isMarked = (payload: JWTPayload, client: string, mark: TokenRules['systemMark']): boolean =>
  mark !== undefined && payload[mark.claim] === mark.value.replace('{client}', () => client);

function subjectOf(payload: JWTPayload): string {
  if (typeof payload.sub === 'string' && payload.sub !== '') return payload.sub;
  throw tokenRefused('TOKEN_INVALID', say('token.claimWrong', { claim: 'sub' }));
}

/** The client, when every claim that names one names the same. */
function clientOf(payload: JWTPayload, claims: readonly string[]): string {
  const named = claims.map((claim) => payload[claim]).filter((value) => value !== undefined);
  const [client] = named;
  if (typeof client === 'string' && client !== '' && named.every((value) => value === client)) return client;
  throw tokenRefused('TOKEN_INVALID', say('token.noClient', { claims: claims.join(', ') }));
}
