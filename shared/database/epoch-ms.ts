import { sql, type Expression, type RawBuilder } from 'kysely';

/** A timestamp as milliseconds since the epoch. The drivers disagree on how they read a timestamp (a Date or a text), and
 *  on no other number. */
export const epochMs = (timestamp: Expression<unknown>): RawBuilder<number> =>
  sql<number>`(extract(epoch from ${timestamp}) * 1000)::float8`;
