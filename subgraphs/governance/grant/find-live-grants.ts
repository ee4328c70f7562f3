import { sql, type SqlBool } from 'kysely';
import { epochMs } from '../../../shared/database/index.js';
import type { Coordinate, GrantMode, VerificationDetail } from '../../../shared/kernel/index.js';
import type { Database } from '../core/index.js';
import { findItemIdentities } from './find-item-identities.js';
import { grantTables } from './tables.js';

export interface GrantQuestion {
  readonly department: string;
  readonly scenario: string;
  readonly mode: GrantMode;
  readonly coordinates: readonly string[];
}
/** A grant that has not ended, with those of the wanted items that it gives as whole values. */
export interface FoundGrant extends GrantQuestion {
  readonly id: string;
  readonly rows?: readonly string[] | undefined;
  readonly quotaPerDay?: number | undefined;
  readonly verificationDetails?: readonly VerificationDetail[] | undefined;
  /** ms since the epoch. */
  readonly until: number;
  /** By any party. */
  readonly suspended: boolean;
}

/** Finds the grants of a department that give one of the items for a scenario and in a mode, those that last longest first.
 *  An item that is masked, or that is another one than when the grant was decided, is not given. `now` is in ms since the
 *  epoch, `most` the number of grants at most. */
export async function findLiveGrants(
  database: Database,
  { department, scenario, mode, coordinates }: GrantQuestion,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<FoundGrant[]> {
  if (coordinates.length === 0) return [];
  const rows = await grantTables(database)
    .selectFrom('share_grant as grant')
    .select((eb) => [
      ...(['grant.id', 'grant.coordinates', 'grant.rows', 'grant.quota_per_day', 'grant.masks'] as const),
      ...(['grant.identities', 'grant.suspended', 'grant.held_by_consumer', 'grant.held_by_provider'] as const),
      'grant.verification_details',
      epochMs(eb.ref('grant.until_at')).as('until'),
    ])
    .where('grant.department', '=', department)
    .where('grant.scenario', '=', scenario)
    .where('grant.mode', '=', mode)
    .where('grant.revoked_at', 'is', null)
    .where('grant.until_at', '>', new Date(now))
    .where((eb) => sql<SqlBool>`${eb.ref('grant.coordinates')} ?| ${[...coordinates]}::text[]`)
    .orderBy('grant.until_at', 'desc')
    .orderBy('grant.id')
    .limit(most)
    .execute();
  if (rows.length === 0) return [];
  const current = await findItemIdentities(database, coordinates);
  return rows.map(({ masks, identities, rows: divisions, quota_per_day, verification_details, ...grant }) => {
    const isGiven = (at: Coordinate) =>
      coordinates.includes(at) && masks?.[at] === undefined && (identities?.[at] ?? current[at]) === current[at];
    return {
      ...{ id: grant.id, department, scenario, mode, until: grant.until },
      coordinates: grant.coordinates.filter(isGiven),
      ...(divisions && { rows: divisions }),
      ...(quota_per_day != null && { quotaPerDay: quota_per_day }),
      ...(verification_details && { verificationDetails: verification_details }),
      suspended: grant.suspended || grant.held_by_consumer != null || grant.held_by_provider != null,
    };
  });
}
