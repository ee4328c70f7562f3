import { HubError } from '../../shared/kernel/index.js';

/** No credentials at all; the wire adds the challenge. @source RFC 6750 section 3 */
export const unauthenticated = (): HubError =>
  new HubError('UNAUTHENTICATED', 'Send an access token: `Authorization: Bearer <token>`.');

/** A token that cannot be accepted. */
export const tokenRefused = (code: 'TOKEN_INVALID' | 'TOKEN_EXPIRED', why: string, cause?: unknown): HubError =>
  new HubError(code, `The access token was refused: ${why}.`, {}, { cause });

/** The provider cannot be asked, so nothing can be said of the token. */
export const providerAway = (cause: unknown): HubError => {
  const message = 'The OpenID provider does not answer, so the access token cannot be verified. Try again shortly.';
  return new HubError('NOT_READY', message, {}, { cause });
};
