import { expressionBuilder, sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { ItemPart, Outcome } from '../../../shared/evidence/index.js';
import type { DailyTable, RecordTable } from '../../../shared/evidence/store/index.js';
import type { GrantMode } from '../../../shared/kernel/index.js';
import type { EvidenceDatabase } from './tables.js';
import type { UseVisibility } from './use-visibility.js';

/** Criteria by which uses are chosen, as far as both the records and the counts by day know them. */
export interface UseCriteria {
  readonly department?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly resource?: string | null | undefined;
  /** Coordinate. */
  readonly item?: string | null | undefined;
  readonly scenario?: string | null | undefined;
  readonly mode?: GrantMode | null | undefined;
  readonly outcome?: Outcome | null | undefined;
}
interface Narrowing {
  /** Only operations that touched no item of another provider. */
  readonly ownOnly?: boolean;
  /** Only operations in which an item was given, whole or de-identified. */
  readonly given?: boolean;
}

type SharedColumn = 'items' | 'department' | 'scenario' | 'mode' | 'outcome';
/** Columns that records and daily counts have in common, so that one condition holds for either table. */
interface UseColumns {
  use: { [Column in SharedColumn]: RecordTable[Column] | DailyTable[Column] };
}
const use: ExpressionBuilder<UseColumns, 'use'> = expressionBuilder<UseColumns, 'use'>();

export const isAnyOf = (column: Expression<unknown>, numbers: readonly number[]): Expression<SqlBool> =>
  sql<SqlBool>`${column} = any(${numbers}::int[])`;

/** Conditions for the chosen uses that the reader may see; they hold for `evidence.record` and `evidence.daily` alike.
 *  Where a provider names an item, only its own items match: it learns nothing of what else an operation touched, neither
 *  from what is found nor from how much is found.
 *  @source QZ-8.4f */
export async function visibleUseConditions(
  db: EvidenceDatabase,
  criteria: UseCriteria,
  visibility: UseVisibility,
  narrowing: Narrowing = {},
): Promise<readonly Expression<SqlBool>[]> {
  const { department, scenario, mode, outcome } = criteria;
  return [
    ...(await visibleConditions(db, criteria, visibility, narrowing)),
    ...(department == null ? [] : [use('department', '=', department)]),
    ...(scenario == null ? [] : [use('scenario', '=', scenario)]),
    ...(mode == null ? [] : [use('mode', '=', mode)]),
    ...(outcome == null ? [] : [use('outcome', '=', outcome)]),
  ];
}

async function visibleConditions(
  db: EvidenceDatabase,
  criteria: UseCriteria,
  { all, consumer, provider }: UseVisibility,
  narrowing: Narrowing,
): Promise<Expression<SqlBool>[]> {
  const namesItems =
    criteria.provider != null || criteria.resource != null || criteria.item != null || narrowing.given === true;
  const touching =
    namesItems && (all || consumer !== undefined)
      ? [isAnyOf(use.ref('items'), await readItemSets(db, criteria, narrowing))]
      : [];
  if (all) return touching;
  const ways: Expression<SqlBool>[] = [];
  if (consumer !== undefined) ways.push(use.and([use('department', '=', consumer), ...touching]));
  const own = provider === undefined ? [] : await readItemSets(db, criteria, narrowing, provider);
  if (own.length > 0) ways.push(isAnyOf(use.ref('items'), own));
  return [use.or(ways)];
}

/** What became of an item of which something was given. */
export const GIVEN_PARTS: readonly ItemPart[] = ['released', 'masked'];

/** @param own  only items that this department provides count as touched */
async function readItemSets(
  db: EvidenceDatabase,
  { provider, resource, item }: UseCriteria,
  { ownOnly, given }: Narrowing,
  own?: string,
): Promise<readonly number[]> {
  let sets = db.selectFrom('evidence.item_use as touched').select('touched.items').distinct();
  if (own !== undefined) sets = sets.where('touched.provider', '=', own);
  if (provider != null) sets = sets.where('touched.provider', '=', provider);
  if (resource != null) sets = sets.where('touched.resource', '=', resource);
  if (item != null) sets = sets.where('touched.coordinate', '=', item);
  if (given) sets = sets.where('touched.part', 'in', GIVEN_PARTS);
  if (own !== undefined && ownOnly)
    sets = sets.where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('evidence.item_use as other')
            .select('other.items')
            .whereRef('other.items', '=', 'touched.items')
            .where('other.provider', '<>', own),
        ),
      ),
    );
  return (await sets.execute()).map(({ items }) => items);
}
