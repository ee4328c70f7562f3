import { HubError, type ErrorCode, type Grant } from '../../shared/kernel/index.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { ShareItem } from '../../shared/share/share-index.js';

type DenialCode = Extract<
  ErrorCode,
  | `GRANT_${string}`
  | 'PURPOSE_REQUIRED'
  | 'PERSON_NOT_AUTHORISED'
  | 'OUT_OF_SCOPE'
  | 'NOT_SHARED'
  | 'NOT_PUBLISHED'
  | 'RELEASE_NOT_CONSENTED'
  | 'QUOTA_EXCEEDED'
  | 'QUOTA_UNAVAILABLE'
  | 'UNAUTHENTICATED'
>;

/** The reason for which an item is refused. A shield rule returns it; it becomes the error beside the null. */
export class Denial extends HubError {
  constructor(
    code: DenialCode,
    readonly item: ShareItem,
    message: string,
    readonly grant?: Grant,
    /** The release that must not be made. */
    readonly release?: Release,
  ) {
    super(code, message);
    this.name = 'Denial';
  }
}
