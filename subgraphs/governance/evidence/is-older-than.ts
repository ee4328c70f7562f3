import { sql, type Expression, type SqlBool } from 'kysely';
import type { ListPosition } from './evidence-cursor.js';

/** Condition on a query `from evidence.record as record`: entries that a list, newest first, has behind a position. */
export const isOlderThan = ({ at, position }: ListPosition): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.ref('record.at')}, ${sql.ref('record.position')}) <
               (${new Date(at).toISOString()}::timestamptz, ${position}::bigint)`;
