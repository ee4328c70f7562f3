import type pg from 'pg';

/** A stretch of the evidence, as one department may see it. */
export interface Stretch {
  /** One line of JSON an entry, oldest first, each with its line end. */
  readonly lines: readonly string[];
  /** Up to which position it goes; behind the last of its lines there may be records of others only. */
  readonly to: number;
}

/** What can be subscribed to: uses of a provider's items, or acts of governance that concern a department. */
export const STREAMS = ['uses', 'acts'] as const;
export type StreamName = (typeof STREAMS)[number];

/** Reads for delivery what one department may see. The same positions give the same lines, whenever they are read. */
export interface Stream {
  /** Of the body of a webhook. */
  readonly contentType: string;
  /** What is behind a position, as much as one delivery holds.
   *  @param until  the newest position that may be looked at */
  behind(pool: pg.Pool, department: string, after: number, until: number): Promise<Stretch>;
  /** Everything behind a position, up to another: what a delivery that was fixed holds. */
  within(pool: pg.Pool, department: string, after: number, to: number): Promise<readonly string[]>;
}

/** A record in the database is no record any more; `verify` says what was done to it. */
export class RecordUnreadable extends Error {}
