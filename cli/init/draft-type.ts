import type { DraftItem, DraftType } from './draft.js';
import { draftService } from './draft-service.js';
import { findLatinWord, foldLatin, isChinese, meaningOf, titleOf } from './find-word.js';
import { Headings } from './headings.js';
import { pluralOf, proposeItemName, takeName } from './propose-name.js';
import { proposeShare } from './propose-share.js';
import { NUMBERS, recogniseFormat, type RecognisedFormat } from './recognise-format.js';
import type { Omitted, SourceColumn, SourceTable } from './sources/source-table.js';

/** Names that earlier types took. */
export interface TakenNames {
  readonly roots: Set<string>;
}

const ITEM_NAME = /^[a-z][A-Za-z0-9]{0,49}$/;
const SECRET = '疑似口令或密钥，不属于数据资源';
/** Identity numbers of other persons stand beside the record's own. */
const OTHER_PERSON = /监护|配偶|父|母|子女|法定代表|法人|经办|承办|联系|户主|代理|担保|负责/;

interface ReadColumn extends RecognisedFormat {
  readonly column: SourceColumn;
  readonly title: string;
}

/** Drafts one type from a table.
 *  @param code  placeholder of the resource's code */
export async function draftType(
  table: SourceTable,
  name: string,
  code: string,
  { roots }: TakenNames,
): Promise<DraftType> {
  const { columns, omitted } = readColumns(table);
  const identifying = new Set([
    ...table.keys.flat(),
    ...table.references.flatMap((reference) => Object.keys(reference.columns)),
    ...columns.flatMap(({ column, meaning }) => (meaning && NUMBERS.has(meaning) ? [column.name] : [])),
  ]);
  const subject = subjectOf(columns, new Set(table.keys.flat()));
  const scope = columns.find(({ format }) => format === 'DIVISION_CODE');
  const headings = new Headings(columns.map(({ column }) => column.name));
  const items: DraftItem[] = [];
  for (const read of columns) {
    const { column, format, meaning, remark } = read;
    const share = proposeShare(meaning);
    const type = typeOf(column, identifying);
    const values = identifying.has(column.name) ? undefined : column.values;
    // Masks and scopes are of text in the source too; a number that is given as text has none.
    const isText = column.type === 'String' && !values;
    const named = isChinese(read.title) ? read.title : '';
    items.push({
      name: headings.takeName(
        table.isNamed && ITEM_NAME.test(column.name) ? column.name : await proposeItemName(column.name, named),
        column.name,
      ),
      column: column.name,
      at: column.at,
      title: headings.takeTitle(read.title, column.name),
      type,
      required: column.required || (table.keys[0]?.includes(column.name) ?? false),
      ...(format !== undefined && isText && { format }),
      values,
      ...(read === subject && isText && { subject: meaning === 'CREDIT_CODE' ? 'ORGANISATION' : 'PERSON' }),
      ...(read === scope && isText && { scope: 'division' }),
      share: share && (isText ? share : { ...share, mask: undefined }),
      remarks: [...(remark === undefined ? [] : [remark]), ...titleRemark(column, named)],
    });
  }
  return finishType(table, name, code, items, omitted, roots);
}

const titleRemark = ({ name, comment }: SourceColumn, title: string): string[] =>
  title === '' ? ['请改写中文名'] : comment || isChinese(name) ? [] : ['中文名由列名的缩写推断'];

const KEY_TYPES: ReadonlySet<string> = new Set(['String', 'ID', 'Int']);

function finishType(
  table: SourceTable,
  name: string,
  code: string,
  items: readonly DraftItem[],
  omitted: readonly Omitted[],
  roots: Set<string>,
): DraftType {
  const itemOf = new Map(items.map((item) => [item.column, item]));
  const service = table.service && draftService(table.service, items);
  const keys = table.keys
    .filter((key) => key.length <= 5 && key.every((column) => KEY_TYPES.has(itemOf.get(column)?.type ?? '')))
    .slice(0, 5)
    .map((key) => key.map((column) => itemOf.get(column)!.name));
  const filters = items
    .filter((item) => item.type !== 'Float' && isIndexed(table, item) && item.name !== keys[0]?.[0])
    .slice(0, 5)
    .map((item) => item.name);
  const hasList = !service || service.calls.some(({ by }) => by.length === 0);
  const root = name[0]!.toLowerCase() + name.slice(1);
  const title = titleOf(table.comment) || (isChinese(table.name) ? table.name : '');
  return {
    ...{ name, code, items, keys, service },
    omitted: [...(table.omitted ?? []), ...omitted],
    title: title || table.name.split('.').at(-1)!,
    table: table.name,
    keyRemark: table.keyRemark,
    lookup: { name: takeName(root, roots), key: keys[0] ?? [] },
    list: hasList ? { name: takeName(pluralOf(root), roots), filters } : undefined,
    relations: [],
  };
}

/** A title for a column that has no comment: itself where it is Chinese, or what its abbreviation stands for. */
const titleOfName = (name: string): string =>
  isChinese(name) ? name : (findLatinWord(name)?.chinese[0] ?? name.slice(0, 100));

/** True for an item by which a list may be narrowed. The hub makes an index for each, so it gets one for rows of a division. */
const isIndexed = ({ indexed }: SourceTable, { column, scope }: DraftItem): boolean =>
  indexed === 'ALL' ? scope !== undefined : indexed.includes(column);

/** Columns that can be served, with what they hold. */
function readColumns({ columns }: SourceTable): { columns: ReadColumn[]; omitted: Omitted[] } {
  const omitted: Omitted[] = [];
  const read = (ofPerson: boolean) =>
    columns.map((column) => {
      const named = meaningOf(column.name, column.comment, ofPerson);
      return {
        column,
        title: titleOf(column.comment) || titleOfName(column.name),
        ...recogniseFormat(column.samples, named),
      };
    });
  const first = read(false);
  const all = first.some(({ meaning }) => meaning === 'IDENTITY_NUMBER') ? read(true) : first;
  const kept = all.filter(({ column, meaning }) => {
    const reason = meaning === 'SECRET' ? SECRET : column.unfit;
    if (reason !== undefined) omitted.push({ name: column.name, reason });
    return reason === undefined;
  });
  return { columns: kept, omitted };
}

/** The column that names whom a record is about: of several numbers the one in the key, else the first that is not another
 *  person's. */
function subjectOf(columns: readonly ReadColumn[], inKey: ReadonlySet<string>): ReadColumn | undefined {
  const numbers = columns.filter(
    ({ meaning, column, title }) =>
      (meaning === 'IDENTITY_NUMBER' || meaning === 'CREDIT_CODE') &&
      (column.type === 'String' || column.type === 'ID') &&
      !OTHER_PERSON.test(title) &&
      !/(guardian|spouse|father|mother|parent|jhr|frdb|fddbr|jbr)/.test(foldLatin(column.name)),
  );
  return numbers.find(({ column }) => inKey.has(column.name)) ?? numbers[0];
}

/** Identifiers are text or small whole numbers: a longer number is taken as text. */
const typeOf = ({ type, name }: SourceColumn, identifying: ReadonlySet<string>): DraftItem['type'] =>
  type === 'Decimal' && identifying.has(name) ? 'ID' : type;
