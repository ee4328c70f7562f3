import { moveOf, type HandOver } from '../../core/index.js';
import { multiSourceTables } from './tables.js';

/** Hands over checks that compare items of two departments, with their consents; one whose two sides come to one department
 *  ends. */
export async function handOverChecks({ database, moves, moved }: HandOver): Promise<void> {
  const db = multiSourceTables(database);
  for (const { from, to, coordinates } of moves.resources)
    if (coordinates.length > 0)
      await db
        .updateTable('comparable_item')
        .set({ provider: to })
        .where('provider', '=', from)
        .where('coordinate', 'in', coordinates)
        .execute();
  const checks = await db
    .selectFrom('multi_source_check')
    .select(['id', 'authority', 'left_item', 'left_owner', 'right_item', 'right_owner'])
    .where('state', '<>', 'ENDED')
    .orderBy('id')
    .execute();
  for (const { id, authority, left_item, left_owner, right_item, right_owner } of checks) {
    const ownerNow = (item: string, owner: string) => moveOf(moves, item, owner)?.to ?? moves.ended.get(owner) ?? owner;
    const [left, right] = [ownerNow(left_item, left_owner), ownerNow(right_item, right_owner)];
    const object = `multi-source-check/${id}`;
    if (left === right) {
      await db
        .updateTable('multi_source_check')
        .set({ state: 'ENDED', reason: moves.reform, changed_at: moves.at, changed_by: moves.by })
        .where('id', '=', id)
        .execute();
      moved('CHECK', object, left_owner, null, [right_owner, left]);
      continue;
    }
    const keeper = moves.ended.get(authority) ?? authority;
    if (left === left_owner && right === right_owner && keeper === authority) continue;
    await db
      .updateTable('multi_source_check')
      .set({ left_owner: left, right_owner: right, authority: keeper })
      .where('id', '=', id)
      .execute();
    for (const [before, owner] of [
      [left_owner, left],
      [right_owner, right],
    ] as const) {
      if (before === owner) continue;
      await db
        .updateTable('multi_source_consent')
        .set({ owner })
        .where('check_id', '=', id)
        .where('owner', '=', before)
        .where('state', 'in', ['PROPOSED', 'GIVEN'])
        .execute();
      moved('CHECK', object, before, owner, [left, right]);
    }
  }
}
