import type { Query } from '../../../shared/evidence/store/store-connection.js';
import { Conditions } from './conditions.js';
import type { Viewer } from './viewer.js';

/** Which uses are wanted, as far as both the records and the counts by day know it. */
export interface UseChoice {
  readonly department?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly resource?: string | null | undefined;
  /** Coordinate. */
  readonly item?: string | null | undefined;
  readonly scenario?: string | null | undefined;
  readonly mode?: string | null | undefined;
  readonly outcome?: string | null | undefined;
}
interface Narrowing {
  /** Only operations that touched no item of another provider's. */
  readonly ownOnly?: boolean;
  /** Only operations of which an item was so treated. */
  readonly part?: 'released';
}

/** The conditions of a choice, cut to what the viewer may see; they hold for `evidence.record` and `evidence.daily`
 *  alike. A provider that names an item names it among its own: of what else an operation touched it is told nothing,
 *  neither by what it finds nor by how much.
 *  @source QZ-8.4f */
export async function chosenUses(
  query: Query,
  choice: UseChoice,
  viewer: Viewer,
  narrowing: Narrowing = {},
): Promise<Conditions> {
  const { provider, resource, item } = choice;
  const named = provider != null || resource != null || item != null || narrowing.part !== undefined;
  const touching = async (own?: string): Promise<readonly number[]> => {
    const uses = new Conditions()
      .addGiven('provider = ?', own)
      .addGiven('provider = ?', provider)
      .addGiven('resource = ?', resource)
      .addGiven('coordinate = ?', item)
      .addGiven('part = ?', narrowing.part);
    if (own !== undefined && narrowing.ownOnly)
      uses.add(
        `not exists (select from evidence.item_use other where other.items = item_use.items and provider <> ?)`,
        own,
      );
    const rows = await query(`select distinct items from evidence.item_use where ${uses.text}`, uses.values);
    return rows.map(({ items }) => Number(items));
  };
  const conditions = new Conditions();
  const whole = named && (viewer.all || viewer.consumer !== undefined) ? await touching() : undefined;
  if (viewer.all) {
    if (whole) conditions.add('items = any(?::int[])', whole);
  } else {
    const ways: string[] = [];
    const values: unknown[] = [];
    if (viewer.consumer !== undefined) {
      ways.push(`department = ?${whole ? ' and items = any(?::int[])' : ''}`);
      values.push(viewer.consumer, ...(whole ? [whole] : []));
    }
    const own = viewer.provider === undefined ? [] : await touching(viewer.provider);
    if (own.length > 0) {
      ways.push('items = any(?::int[])');
      values.push(own);
    }
    conditions.add(ways.length === 0 ? 'false' : ways.map((way) => `(${way})`).join(' or '), ...values);
  }
  return conditions
    .addGiven('department = ?', choice.department)
    .addGiven('scenario = ?', choice.scenario)
    .addGiven('mode = ?', choice.mode)
    .addGiven('outcome = ?', choice.outcome);
}
