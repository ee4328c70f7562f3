import type pg from 'pg';
import { openOrmOn } from '../../../shared/database/index.js';
import { tableSpecs, type TableSpec } from '../../../shared/declaration/index.js';
import { toEntitySchema } from '../../../shared/subgraph/index.js';
import type { RowsOf, RowsWanted } from '../rows.js';
import { currentView, prepareHostedTables } from './hosted-tables.store.js';

/** Rows that the hub keeps itself.
 *  @param pool   of the database of hosted tables
 *  @param onSql  called with every statement sent, without its parameters */
export const hostedRows = (pool: pg.Pool, onSql?: (sql: string) => void): RowsOf => ({
  kind: 'hosted',
  async open({ declaration, kept, prepares }, wanted) {
    const specs = tableSpecs(declaration);
    if (prepares) await prepareHostedTables(pool, specs, kept ? tableSpecs(kept) : []);
    const database = openOrmOn(
      pool,
      wanted.map((each) =>
        toEntitySchema(
          entityOf(
            each,
            specs.find(({ table }) => table === each.name)!,
          ),
        ),
      ),
      onSql,
    );
    return [{ database, close: () => database.close(true) }];
  },
});

const entityOf = ({ class: rowClass }: RowsWanted, { schema, table, columns, key }: TableSpec) => ({
  class: rowClass,
  schema,
  table: currentView(table),
  primaryKey: key,
  columns: columns.map(({ name, type, required }) => ({ property: name, column: name, type, nullable: !required })),
});
