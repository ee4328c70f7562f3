import {
  HubError,
  type Coordinate,
  type ErrorCode,
  type Grant,
  type Text,
  type UseMode,
  type VerificationDetail,
} from '../../shared/kernel/index.js';
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
  | 'VERIFICATION_LOCKED'
  | 'CLAIMS_TOO_MANY'
  | 'VERIFICATION_UNAVAILABLE'
  | 'UNAUTHENTICATED'
>;

/** A lock of an item of one record, which its provider lifts. */
export interface GuessLock {
  /** Such as VL-000001. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Answers of verification that the grants of some items do not say. */
export interface LackingDetails {
  readonly details: readonly VerificationDetail[];
  readonly coordinates: readonly Coordinate[];
}

/** The reason for which an item is refused. A shield rule returns it; it becomes the error beside the null. */
export class Denial extends HubError {
  constructor(
    code: DenialCode,
    readonly item: ShareItem,
    message: Text,
    readonly grant?: Grant,
    /** The use of the item that is refused. */
    readonly mode: UseMode = 'QUERY',
    /** The release that must not be made. */
    readonly release?: Release,
    /** The lock after too many claims that were not confirmed. */
    readonly lock?: GuessLock,
    readonly lacking?: LackingDetails,
  ) {
    super(code, message);
    this.name = 'Denial';
  }
}
