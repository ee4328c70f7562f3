import { HubError, type ErrorCode } from '../../shared/kernel/index.js';

const REALM = 'Bearer realm="sharehub"';

/** No credentials at all. The challenge then names no error. @source RFC 6750 section 3 */
export const unauthenticated = (): HubError =>
  new HubError('UNAUTHENTICATED', 'Send an access token: `Authorization: Bearer <token>`.', { wwwAuthenticate: REALM });

/** A token that cannot be accepted, with the challenge that says why. @source RFC 6750 section 3.1 */
export function tokenRefused(code: 'TOKEN_INVALID' | 'TOKEN_EXPIRED', why: string, cause?: unknown): HubError {
  const wwwAuthenticate = `${REALM}, error="invalid_token", error_description="${why.replace(/[^\x20-\x7e]|["\\]/g, '')}"`;
  return new HubError(code, `The access token was refused: ${why}.`, { wwwAuthenticate }, { cause });
}

/** A good token of somebody who may not call. */
export const callerRefused = (
  code: ErrorCode & `CALLER_${string}`,
  message: string,
  details: Record<string, unknown>,
) => new HubError(code, message, details);

/** The provider cannot be asked, so nothing can be said of the token. */
export const providerAway = (cause: unknown): HubError =>
  new HubError(
    'NOT_READY',
    'The OpenID provider does not answer, so the access token cannot be verified. Try again shortly.',
    {},
    { cause },
  );
