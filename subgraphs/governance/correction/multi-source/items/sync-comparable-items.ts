import type pg from 'pg';
import type { ComparableItem } from '../../../../../shared/share/claims/comparable-items.js';
import { anyOf, inTransaction } from '../../../core/index.js';
import { readPublishers } from '../../../register/index.js';
import { multiSourceTables } from '../tables.js';

/** Stores which items can stand in a check, as the schemas say that could be read. An item of a department for which its subgraph
 *  may not publish is left out, and one that two subgraphs state.
 *  @param complete  every schema was read; else what is known of the others stays */
export async function syncComparableItems(
  pool: pg.Pool,
  items: readonly ComparableItem[],
  complete: boolean,
): Promise<void> {
  const publishers = await readPublishers(pool);
  const permitted = items.filter(({ subgraph, provider }) => publishers.get(subgraph)?.includes(provider));
  const single = [...Map.groupBy(permitted, ({ coordinate }) => coordinate).values()].flatMap(([item, ...others]) =>
    others.length > 0 ? [] : [item!],
  );
  await inTransaction(pool, async (client) => {
    const tables = multiSourceTables(client);
    const kept = single.map(({ coordinate }) => coordinate as string);
    if (complete)
      await tables
        .deleteFrom('comparable_item')
        .where((eb) => eb.not(eb('coordinate', '=', anyOf(kept))))
        .execute();
    for (const { coordinate, subgraph, provider, title, type, shareType, rule, ...item } of single) {
      const row = {
        ...{ coordinate, subgraph, provider, title, type, share_type: shareType, rule: JSON.stringify(rule) },
        ...{ is_enum: item.isEnum, subject_kind: item.subjectKind, subject_field: item.subjectField },
        list_field: item.listField ?? null,
      };
      await tables
        .insertInto('comparable_item')
        .values(row)
        .onConflict((conflict) => conflict.column('coordinate').doUpdateSet(row))
        .execute();
    }
  });
}
