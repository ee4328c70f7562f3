import type { MikroORM } from '@mikro-orm/postgresql';
import { keyText } from './key-plan.js';
import type { SubgraphProblem } from './problems.js';
import type { TablePlan, TypePlan } from './type-plan.js';

/** Finds what the entities state and the subgraph's own database does not keep: keys that do not name one row, and scopes that hold no
 *  division code. */
export async function findDatabaseProblems(orm: MikroORM, plans: Iterable<TypePlan>): Promise<SubgraphProblem[]> {
  const tables = [...plans].flatMap((plan) => (plan.table?.database === orm ? [{ plan, table: plan.table }] : []));
  if (tables.length === 0) return [];
  const unique = await readUniqueColumns(
    orm,
    tables.map(({ table }) => nameOf(table)),
  );
  const problems: SubgraphProblem[] = [];
  for (const { plan, table } of tables) {
    const sets = unique.get(nameOf(table));
    // A view has no indexes; its owner answers for its keys.
    if (!sets) continue;
    const isUnique = (properties: readonly string[]) => {
      const columns = new Set(properties.map((property) => columnOf(table, property)));
      return sets.some((set) => set.every((column) => columns.has(column)));
    };
    if (!isUnique(table.primaryKey))
      problems.push({
        code: 'PRIMARY_KEY_NOT_UNIQUE',
        at: plan.name,
        message: `The table of ${plan.name} has no unique index on ${table.primaryKey.join(', ')}, so one record could be given for another. Mark every column of the primary key with @PrimaryKey.`,
      });
    for (const key of plan.keys)
      if (!key.find && !isUnique(key.fields.map(({ property }) => property)))
        problems.push({
          code: 'KEY_NOT_UNIQUE',
          at: plan.name,
          message: `@key(fields: "${keyText(key)}") of ${plan.name} may name several records. Add a unique index on its columns, or more fields to the key.`,
        });
  }
  for (const { plan, table } of tables)
    if (table.division !== undefined && (await holdsNoDivision(orm, table)))
      problems.push({
        code: 'SCOPE_NOT_A_DIVISION',
        at: plan.name,
        message: `The @Scope item of ${plan.name} rests on ${table.division}, none of whose values is a division code of 2, 4, 6, 9 or 12 digits. Mark the item that holds the code.`,
      });
  return problems;
}

const columnOf = (table: TablePlan, property: string): string => table.properties.get(property)!.fieldNames[0]!;
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** As PostgreSQL reads it. */
const nameOf = ({ metadata: { schema, tableName } }: TablePlan): string =>
  [...(schema ? [schema] : []), tableName].map(quote).join('.');

/** Column sets of each table's unique indexes; no entry for what is no table. An index over a part of the rows counts only
 *  where the part is the rows that have a value. */
async function readUniqueColumns(orm: MikroORM, tables: readonly string[]): Promise<Map<string, string[][]>> {
  const rows = await orm.em.getConnection().execute<{ table: string; columns: string[] | null }[]>(
    `select t.name as "table", (
       select array_agg(a.attname::text) from unnest(i.indkey) with ordinality as k(attnum, n)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where k.n <= i.indnkeyatts
     ) as columns
     from jsonb_array_elements_text(?::jsonb) as t(name)
     join pg_class c on c.oid = to_regclass(t.name) and c.relkind in ('r', 'p')
     left join pg_index i on i.indrelid = c.oid and i.indisunique and i.indisvalid and not (0 = any(i.indkey))
       and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^[(]*[[:alnum:]_"]+ IS NOT NULL[)]*$')`,
    [JSON.stringify(tables)],
  );
  const found = new Map<string, string[][]>();
  for (const { table, columns } of rows) {
    const sets = found.get(table) ?? [];
    if (columns) sets.push(columns);
    found.set(table, sets);
  }
  return found;
}

/** Looks at a thousand rows: enough to tell a name or a postcode from a division code.
 *  @returns false for a table without rows, or without a value in them */
async function holdsNoDivision(orm: MikroORM, table: TablePlan): Promise<boolean> {
  const [counts] = await orm.em.getConnection().execute<{ values: string; divisions: string }[]>(
    `select count(value) as "values", count(value) filter (where value ~ '^[1-9]\\d(|\\d{2}|\\d{4}|\\d{7}|\\d{10})$') as divisions
     from (select ${quote(columnOf(table, table.division!))}::text as value from ${nameOf(table)} limit 1000) as sample`,
  );
  return Number(counts!.values) > 0 && Number(counts!.divisions) === 0;
}
