import { isIdentifier } from '../../../shared/declaration/index.js';
import { InitRefusal } from '../init-refusal.js';
import { MOST_TABLES, UNFIT_NAME, type Omitted, type TableChoice } from './source-table.js';

export interface FoundTable {
  /** As a declaration names it. */
  readonly name: string;
  readonly schema: string;
  readonly mayRead: boolean;
}

/** The tables to draft from. A table that was named must be there; of those that were not, some may be left out.
 *  @throws InitRefusal TABLE_UNKNOWN, SOURCE_REFUSED, TABLES_TOO_MANY, KEY_UNKNOWN */
export function chooseTables(
  found: readonly FoundTable[],
  { tables, keys }: TableChoice,
): { readonly chosen: readonly string[]; readonly omitted: readonly Omitted[] } {
  const byName = new Map(found.map((table) => [table.name, table]));
  for (const { name, schema } of found) {
    const qualified = name.includes('.') ? name : `${schema}.${name}`;
    if (!byName.has(qualified)) byName.set(qualified, byName.get(name)!);
  }
  for (const name of [...tables, ...[...keys.keys()].filter((each) => each !== '')])
    if (!byName.has(name))
      throw new InitRefusal('TABLE_UNKNOWN', `There is no table or view ${name}. Found: ${listed(found)}.`);
  if (tables.length > 0) {
    const named = [...new Set(tables.map((name) => byName.get(name)!))];
    const closed = named.find(({ mayRead }) => !mayRead);
    if (closed) throw new InitRefusal('SOURCE_REFUSED', `The user may not read ${closed.name}.`);
    return { chosen: named.map(({ name }) => name), omitted: [] };
  }
  const omitted = found.flatMap(({ name, mayRead }): Omitted[] =>
    !mayRead ? [{ name, reason: '账号没有读取权限' }] : isName(name) ? [] : [{ name, reason: UNFIT_NAME }],
  );
  const chosen = found.filter(({ name, mayRead }) => mayRead && isName(name)).map(({ name }) => name);
  if (chosen.length > MOST_TABLES)
    throw new InitRefusal(
      'TABLES_TOO_MANY',
      `There are ${chosen.length} tables and views. Name those to publish with --table: ${listed(found)}.`,
    );
  return { chosen, omitted };
}

const isName = (name: string): boolean => name.split('.').length <= 2 && name.split('.').every(isIdentifier);

const listed = (found: readonly FoundTable[]): string => {
  const names = found.slice(0, 30).map(({ name }) => name);
  return names.length === 0 ? 'none' : `${names.join(', ')}${found.length > 30 ? ', …' : ''}`;
};

type Proof = { readonly keys: readonly (readonly string[])[]; readonly remark?: string } | { readonly reason: string };

/** The keys of a table: those that the source states, or the one that a person named and a query proves.
 *  @param isUnique  true when no two rows share the key and none lacks it; 'unknown' where the query failed
 *  @throws InitRefusal KEY_UNKNOWN, KEY_NOT_UNIQUE; KEY_MISSING for a table that was asked for by name */
export async function proveKey(
  name: string,
  columns: readonly string[],
  stated: readonly (readonly string[])[],
  { tables, keys }: TableChoice,
  isUnique: (key: readonly string[]) => Promise<boolean | 'unknown'>,
): Promise<Proof> {
  const given = keys.get(name) ?? (tables.length === 1 ? keys.get('') : undefined);
  if (!given) {
    if (stated.length > 0) return { keys: stated };
    if (tables.length > 0)
      throw new InitRefusal(
        'KEY_MISSING',
        `${name} states no key. Name the columns that tell one row from another: --key ${name}=COLUMN,COLUMN. Columns: ${columns.join(', ')}.`,
      );
    return { reason: `没有主键，可用 --key ${name}=列名 指定` };
  }
  const unknown = given.find((column) => !columns.includes(column));
  if (unknown !== undefined)
    throw new InitRefusal('KEY_UNKNOWN', `${name} has no column ${unknown}. Columns: ${columns.join(', ')}.`);
  const proved = await isUnique(given);
  if (proved === false)
    throw new InitRefusal(
      'KEY_NOT_UNIQUE',
      `${given.join(', ')} of ${name} is no key: rows share its values, or lack them. Name other columns with --key.`,
    );
  if (proved === 'unknown')
    throw new InitRefusal(
      'KEY_NOT_UNIQUE',
      `It could not be proved in time that ${given.join(', ')} is unique in ${name}.`,
    );
  return {
    keys: [given, ...stated.filter((each) => each.join() !== given.join())],
    remark: `主键由 --key 指定，起草时查询证实无重复、无空值`,
  };
}
