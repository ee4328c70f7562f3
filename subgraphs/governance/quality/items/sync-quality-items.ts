import type pg from 'pg';
import type { QualityItem } from '../../../../shared/share/quality/quality-items.js';
import { anyOf, inTransaction } from '../../core/index.js';
import { readPublishers } from '../../register/index.js';
import { qualityTables } from '../tables.js';

/** Stores about which items rules can be made, as the schemas say that could be read. An item of a department for which its
 *  subgraph may not publish is left out, and one that two subgraphs state.
 *  @param complete  every schema was read; else what is known of the others stays */
export async function syncQualityItems(pool: pg.Pool, items: readonly QualityItem[], complete: boolean): Promise<void> {
  const publishers = await readPublishers(pool);
  const permitted = items.filter(({ subgraph, provider }) => publishers.get(subgraph)?.includes(provider));
  const single = [...Map.groupBy(permitted, ({ coordinate }) => coordinate).values()].flatMap(([item, ...others]) =>
    others.length > 0 ? [] : [item!],
  );
  await inTransaction(pool, async (client) => {
    const tables = qualityTables(client);
    const kept = single.map(({ coordinate }) => coordinate as string);
    if (complete)
      await tables
        .deleteFrom('quality_item')
        .where((eb) => eb.not(eb('coordinate', '=', anyOf(kept))))
        .execute();
    for (const { resourceName, valueType, shareType, facts, ...item } of single) {
      const row = {
        ...item,
        ...{ resource_name: resourceName, value_type: valueType, share_type: shareType, facts: JSON.stringify(facts) },
      };
      await tables
        .insertInto('quality_item')
        .values(row)
        .onConflict((conflict) => conflict.column('coordinate').doUpdateSet(row))
        .execute();
    }
  });
}
