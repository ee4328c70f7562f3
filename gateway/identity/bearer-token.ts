import { tokenRefused, unauthenticated } from './identity-refusal.js';
import { say } from '../request/messages/index.js';

/** Longest token that is looked at, characters; far above what providers issue. */
export const MAX_TOKEN_LENGTH = 8192;

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/** The token of an `Authorization` header (RFC 6750 section 2.1).
 *  @throws HubError UNAUTHENTICATED without a bearer token; TOKEN_INVALID when it cannot be one */
export function bearerToken(authorization: string | undefined): string {
  if (!authorization) throw unauthenticated();
  if (authorization.length > MAX_TOKEN_LENGTH + 8) throw tokenRefused('TOKEN_INVALID', say('token.tooLong'));
  const token = BEARER.exec(authorization)?.[1];
  if (token) return token;
  if (/^Bearer\b/i.test(authorization)) throw tokenRefused('TOKEN_INVALID', say('token.malformed'));
  throw unauthenticated();
}
