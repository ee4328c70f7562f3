import { findChineseWord, findLatinWord, foldLatin, meaningOf, titleOf } from '../../find-word.js';
import type { SourceColumn } from '../source-table.js';
import { isVisible, listOf, partOf, textOf, Unfit, type OpenApiDocument, type Part } from './document.js';

/** A value that an operation takes. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  readonly required: boolean;
  readonly isList: boolean;
  readonly schema: Part;
  readonly comment: string | undefined;
}

/** Headers that a credential is sent in: the source has it, the declaration never. */
const CREDENTIALS = /^(authorization|.*(token|api-?key|app-?key|secret|sign|signature|app-?id))$/i;
/** Headers that the hub's client sends by itself. */
const OWN = /^(accept|content-type|accept-language|user-agent)$/i;

/** The parameters of an operation, and the members of the body of a query by POST.
 *  @throws Unfit where one must be given that a declaration cannot give */
export function readParameters(document: OpenApiDocument, path: Part, operation: Part): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const each of [...listOf(path['parameters']), ...listOf(operation['parameters'])]) {
    const parameter = document.follow(each);
    const [name, place] = [textOf(parameter['name']), parameter['in']];
    if (name === undefined) continue;
    if (name.length > 100 || !isVisible(name)) throw new Unfit('参数的名称不能写入声明');
    const required = parameter['required'] === true;
    if (place === 'path' || place === 'query')
      found.set(`${place} ${name}`, parameterOf(document, name, place, parameter['schema'], required, parameter));
    else if (required && !CREDENTIALS.test(name) && !OWN.test(name))
      throw new Unfit(`必须给出请求头或 Cookie 参数 ${name}`);
  }
  for (const each of bodyParameters(document, operation)) found.set(`body ${each.name}`, each);
  return [...found.values()];
}

function bodyParameters(document: OpenApiDocument, operation: Part): Parameter[] {
  const { content } = document.follow(operation['requestBody']) as { content?: unknown };
  if (content === undefined) return [];
  const [, media] = Object.entries(partOf(content)).find(([type]) => /[/+]json\b/i.test(type)) ?? [];
  if (media === undefined) throw new Unfit('请求体不是 JSON');
  const { node, type, refs } = document.schema(partOf(media)['schema']);
  if (type !== 'object') throw new Unfit('请求体不是 JSON 对象');
  const required = new Set(listOf(node['required']));
  return Object.entries(partOf(node['properties'])).map(([name, member]) =>
    parameterOf(document, name, 'body', member, required.has(name), {}, refs),
  );
}

function parameterOf(
  document: OpenApiDocument,
  name: string,
  place: Parameter['in'],
  schema: unknown,
  required: boolean,
  parameter: Part,
  refs: readonly string[] = [],
): Parameter {
  const { node, type } = document.schema(schema ?? {}, refs);
  return {
    ...{ name, in: place, required, isList: type === 'array', schema: node },
    comment: textOf(parameter['description']) ?? textOf(node['title']) ?? textOf(node['description']),
  };
}

/** The text that a parameter always has: its only value, or its default where it must be given. */
export function fixedText({ name, schema, required, comment }: Parameter): string | undefined {
  const values = listOf(schema['enum']);
  const fixed = schema['const'] ?? (values.length === 1 ? values[0] : required ? schema['default'] : undefined);
  if (typeof fixed !== 'string' && typeof fixed !== 'number' && typeof fixed !== 'boolean') return undefined;
  const isSecret = meaningOf(name, comment, false) === 'SECRET' || CREDENTIALS.test(name);
  return isSecret || /[{}]/.test(String(fixed)) || String(fixed).length > 200 ? undefined : String(fixed);
}

/** The column that a parameter asks by: of its name, of `id` or `<record>Id`, or of the same word in another spelling.
 *  @param record  name of the record */
export function columnFor(
  { name, isList, comment }: Parameter,
  columns: readonly SourceColumn[],
  record: string,
): SourceColumn | undefined {
  const plain = isList ? name.replace(/s$/, '').replace(/_?[Ll]ist$/, '') : name;
  const folded = foldLatin(plain);
  const owner = foldLatin(record).replace(/s$/, '');
  const names = [name, plain, ...(folded === 'id' ? [`${owner}id`] : []), ...(folded === `${owner}id` ? ['id'] : [])];
  for (const each of names) {
    const found = columns.find((column) => column.name === each || (same(column.name, each) && foldLatin(each) !== ''));
    if (found) return found;
  }
  const word = wordOf(plain, comment);
  return word === undefined ? undefined : columns.find((column) => wordOf(column.name, column.comment) === word);
}

const same = (one: string, other: string): boolean => foldLatin(one) === foldLatin(other);
const wordOf = (name: string, comment: string | undefined): string | undefined =>
  (findLatinWord(name) ?? findChineseWord(titleOf(comment)) ?? findChineseWord(name))?.english;
