import { sql, type Selectable, type SqlBool } from 'kysely';
import type { Database } from '../../../core/index.js';
import { isActiveDepartment } from '../../../register/index.js';
import { choosePairing, findDriver } from '../check/pairing.rule.js';
import { multiSourceTables, type MultiSourceTables } from '../tables.js';
import type { RunReason } from './multi-source-run.entity.js';

export type CheckRow = Selectable<MultiSourceTables['multi_source_check']>;
type ItemRow = Selectable<MultiSourceTables['comparable_item']>;
type ConsentRow = Selectable<MultiSourceTables['multi_source_consent']>;

/** A check that may go on, with the consents that it rests on. */
export interface Standing {
  readonly check: CheckRow;
  readonly driver: ItemRow & { readonly list_field: string };
  readonly other: ItemRow;
  readonly consents: readonly ConsentRow[];
}

/** Reads anew whether a check may compare a further batch.
 *  @param now  ms since the epoch
 *  @returns    the reason for which it may not */
export async function readStanding(
  database: Database,
  id: string,
  now: number,
): Promise<Standing | { readonly reason: RunReason }> {
  const tables = multiSourceTables(database);
  const check = await tables
    .selectFrom('multi_source_check')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (check.state !== 'ACTIVE') return { reason: 'CHECK_SUSPENDED' };
  const owners = [check.left_owner, check.right_owner];
  const consents = await tables
    .selectFrom('multi_source_consent')
    .selectAll()
    .where('check_id', '=', id)
    .where('state', '=', 'GIVEN')
    .where('until_at', '>', new Date(now))
    .execute();
  const held = owners.map((owner) => consents.find((consent) => consent.owner === owner));
  if (held.some((consent) => consent === undefined)) return { reason: 'CONSENT_MISSING' };
  const active = await tables
    .selectFrom('multi_source_check')
    .select('id')
    .where('id', '=', id)
    .where((eb) => sql<SqlBool>`${isActiveDepartment(eb.ref('left_owner'))}`)
    .where((eb) => sql<SqlBool>`${isActiveDepartment(eb.ref('right_owner'))}`)
    .executeTakeFirst();
  if (!active) return { reason: 'DEPARTMENT_SUSPENDED' };
  const items = await tables
    .selectFrom('comparable_item')
    .selectAll()
    .where('coordinate', 'in', [check.left_item, check.right_item])
    .execute();
  const of = (coordinate: string, provider: string) =>
    items.find((item) => item.coordinate === coordinate && item.provider === provider);
  const [left, right] = [of(check.left_item, check.left_owner), of(check.right_item, check.right_owner)];
  if (!left || !right) return { reason: 'ITEMS_CHANGED' };
  const [one, two] = [toPaired(left), toPaired(right)];
  const pairing = choosePairing(one, two);
  if ('code' in pairing || pairing.form !== check.form || pairing.within !== check.within)
    return { reason: 'ITEMS_CHANGED' };
  const [driver, other] = findDriver(one, two) === 'LEFT' ? [left, right] : [right, left];
  return {
    check,
    ...{ driver: { ...driver, list_field: driver.list_field! }, other },
    consents: held.filter((consent) => consent !== undefined),
  };
}

const toPaired = ({ is_enum, subject_kind, list_field, share_type, ...item }: ItemRow) => ({
  ...item,
  ...{ isEnum: is_enum, subjectKind: subject_kind, listField: list_field, shareType: share_type },
});
