import type { SubscriptionDatabase } from '../tables.js';

/** Entries of a stream that one department may see, up to a position. */
export interface StreamPage {
  /** One line of JSON for each entry, oldest first, each with its line end. */
  readonly lines: readonly string[];
  /** Last position covered; behind the last of the lines there may be records of others only. */
  readonly to: number;
}

/** Reads what one department may see of a stream. The same positions give the same lines, whenever they are read. */
export interface Stream {
  /** Content type of a webhook's body. */
  readonly contentType: string;
  /** Reads as many entries behind a position as one delivery holds.
   *  @param until  the newest position that may be read */
  readNext(db: SubscriptionDatabase, department: string, after: number, until: number): Promise<StreamPage>;
  /** Reads every entry behind `after`, up to `to`: the content of a delivery that was fixed. */
  readRange(db: SubscriptionDatabase, department: string, after: number, to: number): Promise<readonly string[]>;
}

/** A stored record cannot be read; `sharehub evidence verify` says what was done to it. */
export class RecordUnreadable extends Error {}
