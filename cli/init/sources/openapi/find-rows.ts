import { foldLatin } from '../../find-word.js';
import type { SourceSuccess } from '../source-table.js';
import { listOf, partOf, textOf, Unfit, type OpenApiDocument, type PlainSchema } from './document.js';
import { pointerOf } from './record-columns.js';

/** Place of the rows in an answer. */
export interface FoundRows {
  readonly record: PlainSchema;
  readonly isList: boolean;
  readonly rows: string;
  readonly success: SourceSuccess;
  readonly total?: string | undefined;
  readonly next?: string | undefined;
}

/** Members that hold the rows of an answer, compared without case and separators. */
const ROW_NAMES = /^(data|datas|datalist|result|results|resultdata|body|payload|list|rows|records|items|content)$/;
const CODE_NAMES = /^(code|status|success|succeed|issuccess|errcode|errorcode|resultcode|retcode|respcode|returncode)$/;
const MESSAGE_NAMES = /^(msg|message|errmsg|errormsg|info|desc|timestamp|traceid|requestid)$/;
const TOTAL_NAMES = /^(total|totalcount|totalelements|totalsize|totalrecords|totalnum|recordcount|totalrows)$/;
const NEXT_NAMES = /^(next|nextcursor|nextpagetoken|nexttoken|cursor)$/;
const PAGE_NAMES =
  /^(page|size|pages|pageno|pagenum|pagesize|current|limit|offset|pageable|hasnext|hasmore|totalpages|pageindex)$/;
const MOST_WRAPS = 4;

/** Finds the rows in the answer of an operation: a list, one object, or either in a wrapper such as {code, msg, data}.
 *  @throws Unfit */
export function findRows(document: OpenApiDocument, answer: unknown, example: unknown): FoundRows {
  let schema = document.schema(answer);
  let steps: readonly string[] = [];
  let success: SourceSuccess = 'status';
  let [total, next]: (string | undefined)[] = [];
  for (let wraps = 0; ; wraps++) {
    if (schema.type === 'array') {
      const record = document.schema(schema.node['items'], schema.refs);
      if (record.type !== 'object') throw new Unfit('结果是值的列表，不是记录的列表');
      return { record, isList: true, rows: pointerOf(steps), success, total, next };
    }
    if (schema.type !== 'object' || Object.keys(partOf(schema.node['properties'])).length === 0)
      throw new Unfit('结果不是有成员说明的对象或列表');
    const inner = wraps < MOST_WRAPS ? innerOf(document, schema) : undefined;
    if (!inner) return { record: schema, isList: false, rows: pointerOf(steps), success, total, next };
    for (const name of Object.keys(partOf(schema.node['properties']))) {
      const folded = foldLatin(name);
      if (TOTAL_NAMES.test(folded)) total = pointerOf([...steps, name]);
      if (NEXT_NAMES.test(folded)) next = pointerOf([...steps, name]);
      if (success === 'status' && CODE_NAMES.test(folded))
        success = successOf(document, schema, [...steps, name], example) ?? success;
    }
    steps = [...steps, inner.name];
    schema = inner.schema;
  }
}

/** The member that holds the rows, of an object that is a wrapper: all its other members speak of the answer. */
function innerOf(
  document: OpenApiDocument,
  { node, refs }: PlainSchema,
): { readonly name: string; readonly schema: PlainSchema } | undefined {
  const names = Object.keys(partOf(node['properties']));
  const found = names.flatMap((name) => {
    if (!ROW_NAMES.test(foldLatin(name))) return [];
    const schema = document.schema(partOf(node['properties'])[name], refs);
    return schema.type === 'array' || schema.type === 'object' ? [{ name, schema }] : [];
  });
  const others = names.filter((name) => name !== found[0]?.name).map(foldLatin);
  const isWrapper = others.every((name) =>
    [CODE_NAMES, MESSAGE_NAMES, TOTAL_NAMES, NEXT_NAMES, PAGE_NAMES].some((known) => known.test(name)),
  );
  if (found.length === 1 && isWrapper) return found[0];
  const isPage = others.some((name) => TOTAL_NAMES.test(name)) && others.some((name) => PAGE_NAMES.test(name));
  if (found[0]?.schema.type === 'array' && isPage) return found[0];
  const says = others.some((name) => CODE_NAMES.test(name)) && others.some((name) => MESSAGE_NAMES.test(name));
  return found.length > 0 && says ? found[0] : undefined;
}

/** The values of a code that say that it worked: as stated, by an example, or in words. */
function successOf(
  document: OpenApiDocument,
  { node, refs }: PlainSchema,
  steps: readonly string[],
  example: unknown,
): SourceSuccess | undefined {
  const code = document.schema(partOf(node['properties'])[steps.at(-1)!], refs);
  if (!['integer', 'number', 'string', 'boolean'].includes(code.type ?? '')) return undefined;
  const at = pointerOf(steps);
  if (code.type === 'boolean') return { at, is: [true] };
  const stated =
    code.node['const'] ?? (listOf(code.node['enum']).length === 1 ? listOf(code.node['enum'])[0] : undefined);
  if (isCode(stated)) return { at, is: [stated] };
  const said =
    /(?<![\d-])(\d{1,6})["'”’]?\s*[)）]?\s*(?:[:：=＝,，-]|表示|代表|为|是|means?|is|for)*\s*(?:成功|正常|success|ok)/i.exec(
      textOf(code.node['description']) ?? '',
    )?.[1];
  if (said !== undefined) return { at, is: [code.type === 'string' ? said : Number(said)] };
  const shown =
    code.node['example'] ?? listOf(code.node['examples'])[0] ?? memberOf(example, steps) ?? code.node['default'];
  if (isCode(shown)) return { at, is: [shown], remark: `成功值 ${String(shown)} 取自示例，请核对` };
  const usual = code.type === 'string' ? '0' : 0;
  return { at, is: [usual], remark: '描述未说明哪个值表示成功，0 是推测，请核对' };
}

const isCode = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '' && value.length <= 50) ||
  (typeof value === 'number' && Number.isFinite(value));

const memberOf = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((found, step) => partOf(found)[step], value);
