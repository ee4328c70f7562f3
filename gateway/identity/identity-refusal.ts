import { HubError, type Sentence } from '../../shared/kernel/index.js';
import { say } from '../request/messages/index.js';

/** No credentials at all; the wire adds the challenge. @source RFC 6750 section 3 */
export const unauthenticated = (): HubError => new HubError('UNAUTHENTICATED', say('caller.noToken'));

/** A token that cannot be accepted. */
export const tokenRefused = (code: 'TOKEN_INVALID' | 'TOKEN_EXPIRED', why: Sentence, cause?: unknown): HubError =>
  new HubError(code, say('caller.tokenRefused', { why }), {}, { cause });

/** The provider cannot be asked, so nothing can be said of the token. */
export const providerAway = (cause: unknown): HubError => {
  return new HubError('NOT_READY', say('caller.providerAway'), {}, { cause });
};
