/** How an attempt to deliver ended. */
export interface Outcome {
  /** HTTP status of the receiver's answer, when there was one. */
  readonly status?: number;
  /** Why it counts as failed; absent when it was delivered. Stable codes, with no address, secret or value in them. */
  readonly error?: OutcomeError;
}
export type OutcomeError =
  | 'PUSH_OFF'
  | 'TARGET_MALFORMED'
  | 'HOST_NOT_LISTED'
  | 'ADDRESS_REFUSED'
  | 'SECRET_UNREADABLE'
  | 'REDIRECTED'
  | 'GONE'
  | 'STATUS'
  | 'TIMEOUT'
  | 'CONNECTION_FAILED'
  | 'STOPPED'
  | 'FOLDER_FAILED'
  | 'RECORD_UNREADABLE';

/** A delivery as it goes out. */
export interface Delivery {
  readonly id: string;
  /** Cursors: it holds what is behind `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
  /** Lines of JSON, one entry each. */
  readonly body: string;
  readonly contentType: string;
}
