import type { ConnectedSources } from '../../shared/sources/connected-sources.js';
import { toConnectedTable } from '../../shared/sources/to-connected-table.js';
import type { RowsOf } from './rows.js';

/** Rows in departments' own databases. A source that cannot be read keeps no declaration from being served: its rows are
 *  refused until it can. */
export const connectedRows = (sources: ConnectedSources): RowsOf => ({
  kind: 'database',
  open: ({ declaration: { department } }, wanted) =>
    Promise.all(
      [...Map.groupBy(wanted, ({ type }) => type.from.database!)].map(([name, types]) =>
        sources.open(
          { department, name },
          types.map(({ name: type, type: declared, class: rowClass }) => ({
            table: toConnectedTable(type, declared, declared.from.table!),
            class: rowClass,
          })),
        ),
      ),
    ),
});
