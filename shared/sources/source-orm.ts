import { EntitySchema, MikroORM, type EntityClass } from '@mikro-orm/core';
import { MySqlDriver } from '@mikro-orm/mysql';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type ConnectedTable, type ItemType, splitTable } from './connected-table.js';
import { HubError } from '../kernel/index.js';
import { guardRows, type RowGuard } from '../subgraph/row-guard.js';
import { type ReadableSource, sourceDialect } from './source-dialect.js';
import { SourceFault, sourceUnavailable } from './source-fault.js';

/** Property type and column type of an item: texts, exact numbers and dates travel as text. */
const PROPERTIES: Readonly<Record<ItemType, readonly [type: string, columnType: string]>> = {
  String: ['text', 'text'],
  ID: ['text', 'text'],
  Int: ['integer', 'int'],
  Float: ['double', 'double'],
  Decimal: ['text', 'numeric'],
  Boolean: ['boolean', 'boolean'],
  Date: ['text', 'date'],
  DateTime: ['datetime', 'timestamptz'],
};

/** A table of a source, with the class of its type in the graph. */
export interface SourceEntity {
  readonly table: ConnectedTable;
  readonly class: EntityClass<object>;
}

/** The kit's database of a source: entities over a connection that is shared by all who read the source. Closing it closes
 *  nothing of the source.
 *  @param refusal  why the rows of a type cannot be read at present */
export function sourceOrm(
  source: ReadableSource,
  entities: readonly SourceEntity[],
  refusal: (type: string) => HubError | undefined = () => undefined,
): MikroORM {
  const orm = new MikroORM({
    entities: entities.map(toEntity),
    ...(source.kind === 'POSTGRESQL' ? { driver: PostgreSqlDriver } : { driver: MySqlDriver as never }),
    driverOptions: sourceDialect(source),
    dbName: 'source',
    ensureDatabase: false,
    metadataCache: { enabled: false },
    autoJoinRefsForFilters: false,
    forceUndefined: true,
    debug: false,
    logger: () => undefined,
  });
  const driver = orm.em.getDriver();
  const convert = driver.convertException.bind(driver);
  // The ORM would make an error of the driver's of it, and the code would be lost.
  driver.convertException = (error) => (error instanceof HubError ? error : convert(error));
  const types = new Map<unknown, string>(entities.map((entity) => [entity.class, entity.table.type]));
  const guard: RowGuard = {
    before: (entity) => {
      const refused = refusal(types.get(entity) ?? '');
      if (refused) throw refused;
    },
    after: (entity, rows) => {
      const table = entities.find((each) => each.class === entity)?.table;
      if (table) refuseDoubles(table, rows);
    },
  };
  guardRows(orm, guard);
  const find = driver.find.bind(driver);
  driver.find = async (entity, ...rest) => {
    guard.before(entity as EntityClass<object>);
    const rows = await find(entity, ...rest);
    guard.after(entity as EntityClass<object>, rows);
    return rows;
  };
  const findOne = driver.findOne.bind(driver);
  driver.findOne = async (entity, ...rest) => (guard.before(entity as EntityClass<object>), findOne(entity, ...rest));
  return orm;
}

/** The ORM would make one record of rows with the same key, and of a view the key was proved only some time ago.
 *  @throws HubError SOURCE_UNAVAILABLE */
function refuseDoubles({ table, keys }: ConnectedTable, rows: readonly object[]): void {
  const [key = []] = keys;
  const seen = new Set(rows.map((row) => JSON.stringify(key.map((item) => (row as Record<string, unknown>)[item]))));
  if (seen.size < rows.length) throw sourceUnavailable(new SourceFault('KEY_NOT_UNIQUE', table));
}

function toEntity({ table, class: entityClass }: SourceEntity): EntitySchema {
  const { schema, table: tableName } = splitTable(table.table);
  const [key = []] = table.keys;
  return new EntitySchema({
    class: entityClass as never,
    tableName,
    ...(schema !== undefined && { schema }),
    properties: Object.fromEntries(
      table.columns.map(({ item, column, type }) => {
        const [runtime, columnType] = PROPERTIES[type];
        const property = {
          type: runtime,
          columnType,
          fieldName: column,
          nullable: !key.includes(item),
          ...(key.includes(item) && { primary: true }),
        };
        return [item, property];
      }),
    ),
  }) as never;
}
