import type { ConnectedSources } from '../../shared/sources/connected-sources.js';
import type { ConnectedTable } from '../../shared/sources/connected-table.js';
import type { RowsOf, RowsWanted } from './rows.js';

/** Rows in departments' own databases. A source that cannot be read keeps no declaration from being served: its rows are
 *  refused until it can. */
export const connectedRows = (sources: ConnectedSources): RowsOf => ({
  kind: 'database',
  open: ({ declaration: { department } }, wanted) =>
    Promise.all(
      [...Map.groupBy(wanted, ({ type }) => type.from.database!)].map(([name, types]) =>
        sources.open(
          { department, name },
          types.map((each) => ({ table: tableOf(each), class: each.class })),
        ),
      ),
    ),
});

function tableOf({ name, type: { from, items, keys } }: RowsWanted): ConnectedTable {
  const declared = Object.entries(items);
  return {
    type: name,
    table: from.table!,
    keys,
    columns: declared.map(([item, { column = item, type, required }]) => ({ item, column, type, required })),
    division: declared.find(([, { scope }]) => scope !== undefined)?.[0],
  };
}
