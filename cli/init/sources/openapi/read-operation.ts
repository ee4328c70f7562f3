import { recogniseFormat } from '../../recognise-format.js';
import { foldLatin, meaningOf } from '../../find-word.js';
import { isIdentifierName } from '../type-of-values.js';
import type { CallText, SourceCall, SourceColumn } from '../source-table.js';
import { isVisible, partOf, textOf, Unfit, unescapeStep, type OpenApiDocument, type Part } from './document.js';
import { findRows, type FoundRows } from './find-rows.js';
import { readPages } from './read-pages.js';
import { columnFor, fixedText, readParameters, type Parameter } from './read-parameters.js';
import { recordColumns, type RecordColumns } from './record-columns.js';

export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly pathItem: Part;
  readonly operation: Part;
}
export interface ReadOperation extends RecordColumns {
  readonly rows: FoundRows;
  /** Name of the record: that of its schema, or of the path. */
  readonly record: string;
  readonly calls: readonly SourceCall[];
  readonly absent: readonly number[];
  /** Columns that find one record. */
  readonly key: readonly string[] | undefined;
}

const QUERIES = /(query|search|find|list|page|lookup|get|select)|查询|检索|列表|获取/i;
const NOT_QUERIES = /(create|add|save|update|delete|remove|import|upload|insert)|新增|创建|删除|修改|保存|导入/i;

/** Reads an operation as calls that give records.
 *  @throws Unfit */
export function readOperation(document: OpenApiDocument, from: Operation): ReadOperation {
  const { method, path, pathItem, operation } = from;
  if (method === 'post') refuseChange(path, operation);
  if (path.length > 500 || !isVisible(path) || /[?#\\\s]|\/\/|(^|\/)\.\.?(\/|$)/.test(path))
    throw new Unfit('路径含有不能写入声明的字符');
  const { schema, example, absent } = answerOf(document, operation);
  const rows = findRows(document, schema, example);
  const parameters = readParameters(document, pathItem, operation);
  const read = recordColumns(document, rows.record);
  const record = recordName(rows, path);
  return { ...read, rows, record, absent, ...readCalls(from, parameters, rows, read.columns, record) };
}

function refuseChange(path: string, operation: Part): void {
  const says = [path.split('/').at(-1), operation['operationId'], operation['summary']].map(
    (text) => textOf(text) ?? '',
  );
  if (says.some((text) => NOT_QUERIES.test(text)) || !says.some((text) => QUERIES.test(text)))
    throw new Unfit('POST 操作，名称和说明未表明只是查询');
}

/** The answer of an operation that worked, as JSON. */
function answerOf(document: OpenApiDocument, operation: Part) {
  const responses = partOf(operation['responses']);
  const status = ['200', '2XX', '201', 'default'].find((each) => Object.hasOwn(responses, each));
  if (status === undefined) throw new Unfit('没有说明成功的结果');
  const content = partOf(document.follow(responses[status])['content']);
  const [, media] = Object.entries(content).find(([type]) => /[/+]json\b|^\*\/\*$/i.test(type)) ?? [];
  if (media === undefined) throw new Unfit('结果不是 JSON');
  const { schema, example, examples } = partOf(media);
  if (schema === undefined) throw new Unfit('没有说明结果的结构');
  const [shown] = Object.values(partOf(examples));
  return { schema, example: example ?? partOf(shown)['value'], absent: Object.hasOwn(responses, '404') ? [404] : [] };
}

function recordName({ record }: FoundRows, path: string): string {
  const ref = record.refs.at(-1)?.split('/').at(-1);
  const named = ref === undefined ? '' : unescapeStep(ref).replace(/(VO|DTO|DO|BO|Entity|Response|Resp|Info)$/, '');
  const steps = path.split('/').filter((step) => step !== '' && !/[{}]/.test(step));
  return named || (steps.findLast((step) => !QUERIES.test(step)) ?? steps.at(-1) ?? 'record');
}

function readCalls(
  { method, path }: Operation,
  parameters: readonly Parameter[],
  rows: FoundRows,
  columns: readonly SourceColumn[],
  record: string,
): Pick<ReadOperation, 'calls' | 'key'> {
  const { pages, words } = rows.isList
    ? readPages(parameters, rows)
    : { pages: undefined, words: new Map<string, string>() };
  const texts = new Map<Parameter, CallText>();
  const must: string[] = [];
  const may: { parameter: Parameter; column: SourceColumn }[] = [];
  let most: number | undefined;
  for (const parameter of parameters) {
    const word = words.get(parameter.name);
    const fixed = fixedText(parameter);
    const column = parameter.schema['properties'] === undefined ? columnFor(parameter, columns, record) : undefined;
    if (word !== undefined) texts.set(parameter, [{ word }]);
    else if (fixed !== undefined && parameter.required) texts.set(parameter, [fixed]);
    else if (!parameter.required && parameter.in !== 'path') {
      if (column && !parameter.isList && canAsk(column)) may.push({ parameter, column });
    } else if (!column || !canAsk(column) || (parameter.isList && parameter.in === 'path'))
      throw new Unfit(`必须给出参数 ${parameter.name}，记录中没有与之对应的数据项`);
    else {
      texts.set(parameter, [{ column: column.name }]);
      if (parameter.isList) most = mostOf(parameter);
      must.push(column.name);
    }
  }
  const by = [...new Set(must)];
  const isOwn = (column: SourceColumn) => isNumber(column) || isOwnName(column.name, record);
  const isKey = (named: readonly string[]) =>
    !rows.isList || most !== undefined || columns.some((column) => named.includes(column.name) && isOwn(column));
  if (most !== undefined && by.length > 1) most = undefined;
  const base = { method: method === 'get' ? 'GET' : 'POST', rows: rows.rows } as const;
  const call = (named: readonly string[], more: typeof may, rest: Partial<SourceCall>): SourceCall => ({
    ...{ ...base, by: named, narrow: [] },
    ...place(
      path,
      method,
      new Map([...texts, ...more.map(({ parameter, column }) => [parameter, [{ column: column.name }]] as const)]),
    ),
    ...rest,
  });
  if (by.length > 5) throw new Unfit('必须给出的参数超过五个');
  if (by.length > 0)
    return {
      calls: [call(by, [], { most, pages: pages === 'whole' ? undefined : pages })],
      key: isKey(by) ? by : undefined,
    };
  // Asked by one identifier, a service gives one record where it would else list them, or nothing at all.
  const single = may.find(({ column }) =>
    rows.isList ? isOwn(column) : isOwn(column) || isIdentifierName(column.name),
  );
  const lookup = single && call([single.column.name], [single], {});
  if (!rows.isList) {
    if (!lookup) throw new Unfit('返回单个对象，没有可确定一条记录的参数');
    return { calls: [lookup], key: lookup.by };
  }
  const narrow = may.slice(0, 10);
  const list = call([], narrow, { narrow: [...new Set(narrow.map(({ column }) => column.name))], pages });
  const paged = lookup && pages !== 'whole' ? { ...lookup, pages } : lookup;
  return { calls: paged ? [paged, list] : [list], key: paged?.by };
}

/** Puts the texts of a call where its parameters stand. */
function place(
  path: string,
  method: 'get' | 'post',
  texts: ReadonlyMap<Parameter, CallText>,
): Pick<SourceCall, 'path' | 'query' | 'body'> {
  const of = (where: Parameter['in']) =>
    Object.fromEntries([...texts].filter(([each]) => each.in === where).map(([{ name }, text]) => [name, text]));
  const inPath = of('path');
  const pieces = path.split(/(\{[^{}]*\})/).filter((piece) => piece !== '');
  const filled = pieces.flatMap((piece): CallText => {
    if (!/[{}]/.test(piece)) return [piece];
    const name = piece.slice(1, -1);
    const text = Object.hasOwn(inPath, name) ? inPath[name] : undefined;
    if (!text) throw new Unfit(`路径中的参数 ${piece} 没有说明`);
    return text;
  });
  return { path: filled, query: of('query'), ...(method === 'post' && { body: of('body') }) };
}

/** True for a name of the record's own identifier: `id`, `patientNo` of a Patient. */
const isOwnName = (name: string, record: string): boolean =>
  /^(id|uuid|guid)$/i.test(name) ||
  ['id', 'no', 'code', 'number'].some((end) => foldLatin(name) === `${foldLatin(record).replace(/s$/, '')}${end}`);

const isNumber = ({ name, comment }: SourceColumn): boolean => {
  const { format } = recogniseFormat([], meaningOf(name, comment, true));
  return format === 'IDENTITY_NUMBER' || format === 'CREDIT_CODE';
};

const canAsk = ({ type }: SourceColumn): boolean => type !== 'Float' && type !== 'DateTime' && type !== 'Boolean';

const mostOf = ({ schema }: Parameter): number => {
  const stated = schema['maxItems'];
  return typeof stated === 'number' && Number.isInteger(stated) && stated >= 1 ? Math.min(stated, 1000) : 100;
};
