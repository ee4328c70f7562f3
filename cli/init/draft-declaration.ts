import { CODE_PLACEHOLDER, RESERVED_TYPES } from '../../shared/declaration/index.js';
import type { Draft, DraftRelation, DraftType } from './draft.js';
import { draftType } from './draft-type.js';
import { titleOf } from './find-word.js';
import { InitRefusal } from './init-refusal.js';
import { proposeTypeName, takeName } from './propose-name.js';
import type { SourceTable, SourceTables } from './sources/source-table.js';

export interface DraftOptions {
  readonly subgraph: string;
  readonly department: string;
  readonly database: string | undefined;
  readonly service?: string | undefined;
}

/** Drafts a declaration from the tables of a source. Nothing in it is in force before a person confirms it.
 *  @throws InitRefusal TABLES_NONE */
export async function draftDeclaration({ tables, omitted }: SourceTables, options: DraftOptions): Promise<Draft> {
  const names = new Set(RESERVED_TYPES);
  const taken = { roots: new Set<string>() };
  const drafted: { table: SourceTable; type: DraftType }[] = [];
  const left = [...omitted];
  for (const [at, table] of tables.entries()) {
    const isKept = table.isNamed && /^[A-Z][A-Za-z0-9]{0,49}$/.test(table.name);
    const proposed = isKept ? table.name : await proposeTypeName(table.name, titleOf(table.comment));
    const name = takeName(proposed, names);
    const code = `${CODE_PLACEHOLDER}${String(at + 1).padStart(6, '0')}`;
    const type = await draftType(table, name, code, taken);
    if (type.keys.length > 0) drafted.push({ table, type });
    else left.push({ name: table.name, reason: '没有可作主键的列' });
  }
  if (drafted.length === 0)
    throw new InitRefusal(
      'TABLES_NONE',
      `There is no table to draft from.${left.map(({ name, reason }) => ` ${name}: ${reason}.`).join('')}`,
    );
  return {
    ...options,
    types: drafted.map(({ table, type }) => ({ ...type, relations: relationsOf(table, type, drafted) })),
    omitted: left,
  };
}

/** Foreign keys to tables of the same draft. */
function relationsOf(
  { references }: SourceTable,
  type: DraftType,
  drafted: readonly { readonly table: SourceTable; readonly type: DraftType }[],
): DraftRelation[] {
  const taken = new Set(type.items.map(({ name }) => name));
  return references.flatMap(({ table, columns }) => {
    const target = drafted.find((each) => each.table.name === table)?.type;
    if (!target) return [];
    const pairs = Object.entries(columns).map(([own, theirs]) => ({
      own: type.items.find(({ column }) => column === own),
      theirs: target.items.find(({ column }) => column === theirs),
    }));
    const key: Record<string, string> = {};
    for (const { own, theirs } of pairs) {
      if (!own || !theirs || (own.type === 'Int') !== (theirs.type === 'Int')) return [];
      key[theirs.name] = own.name;
    }
    const text = Object.keys(key).sort().join(' ');
    if (!target.keys.some((each) => [...each].sort().join(' ') === text)) return [];
    const name = takeName(target.name[0]!.toLowerCase() + target.name.slice(1), taken);
    return [{ name, title: target.title, type: target.name, key }];
  });
}
