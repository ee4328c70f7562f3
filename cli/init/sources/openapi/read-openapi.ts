import { basename } from 'node:path';
import { InitRefusal } from '../../init-refusal.js';
import { comment } from '../../yaml-text.js';
import { isIdentifierName } from '../type-of-values.js';
import {
  MOST_TABLES,
  type Omitted,
  type SourceCall,
  type SourceService,
  type SourceTable,
  type SourceTables,
  type TableChoice,
} from '../source-table.js';
import { isPart, listOf, partOf, textOf, Unfit, type OpenApiDocument, type Part } from './document.js';
import { readDocument } from './read-document.js';
import { readOperation, type Operation, type ReadOperation } from './read-operation.js';

export interface DescribedService extends SourceTables {
  /** Addresses that the description names, without users and parameters: to be told, never written. */
  readonly servers: readonly string[];
}

/** Reads what an OpenAPI description says of the records that a service gives. Operations that give the same record are
 *  calls of one table.
 *  @throws InitRefusal SOURCE_UNREADABLE, OPENAPI_UNFIT, REFERENCE_EXTERNAL, OPERATIONS_NONE, TABLE_UNKNOWN, TABLES_TOO_MANY,
 *          KEY_UNKNOWN */
export async function readOpenApi(file: string, choice: TableChoice): Promise<DescribedService> {
  const document = await readDocument(file);
  const omitted: Omitted[] = [];
  const groups = new Map<string, ReadOperation[]>();
  for (const operation of operationsOf(document, omitted)) {
    const name = `${operation.method.toUpperCase()} ${operation.path}`;
    try {
      const read = readOperation(document, operation);
      const group = groups.get(read.record) ?? [];
      const [first] = group;
      if (first && JSON.stringify(first.rows.success) !== JSON.stringify(read.rows.success))
        throw new Unfit(`判断成功的方式与 ${first.record} 的其他操作不同`);
      groups.set(read.record, [...group, read]);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      omitted.push({ name, reason: error.reason });
    }
  }
  const credential = credentialOf(document);
  const found: SourceTable[] = [];
  for (const [name, group] of groups) {
    const table = tableOf(name, group, credential, choice);
    if ('reason' in table) omitted.push({ name, reason: table.reason });
    else found.push(table);
  }
  const tables = chosen(found, choice);
  if (tables.length === 0)
    throw new InitRefusal(
      'OPERATIONS_NONE',
      `No operation of ${basename(file)} gives records that can be drafted.${omitted
        .slice(0, 20)
        .map(({ name, reason }) => ` ${comment(name)}: ${comment(reason)}.`)
        .join('')}`,
    );
  return { tables, omitted, servers: serversOf(document) };
}

function operationsOf(document: OpenApiDocument, omitted: Omitted[]): Operation[] {
  return Object.entries(partOf(document.root['paths'])).flatMap(([path, item]) => {
    const pathItem = followed(document, item);
    if (pathItem === undefined) omitted.push({ name: path, reason: '引用的内容不存在，或成环' });
    return (['get', 'post'] as const).flatMap((method) =>
      pathItem && isPart(pathItem[method]) ? [{ method, path, pathItem, operation: pathItem[method] }] : [],
    );
  });
}

function followed(document: OpenApiDocument, item: unknown): Part | undefined {
  try {
    return document.follow(item);
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

function tableOf(
  name: string,
  group: readonly ReadOperation[],
  credential: SourceService['credential'],
  { keys: given }: TableChoice,
): SourceTable | { readonly reason: string } {
  // The fullest answer says what a record has; a call may ask only by what is in it.
  const { columns, omitted, rows } = group.reduce((most, each) =>
    each.columns.length > most.columns.length ? each : most,
  );
  const known = new Set(columns.map((column) => column.name));
  const calls = new Map<string, SourceCall>();
  for (const call of group.flatMap((each) => each.calls)) {
    if (![...call.by, ...call.narrow].every((column) => known.has(column))) continue;
    const by = [...call.by].sort().join(' ');
    const before = calls.get(by);
    if (!before || (call.most ?? 1) > (before.most ?? 1)) calls.set(by, call);
  }
  const list = calls.get('');
  const stated = group.flatMap(({ key, rows: { isList } }) =>
    key && calls.has([...key].sort().join(' ')) ? [{ key, isList }] : [],
  );
  const singles = stated.filter(({ isList }) => !isList);
  const own = given.get(name) ?? given.get('');
  const unknown = own?.find((column) => !known.has(column));
  if (unknown !== undefined)
    throw new InitRefusal('KEY_UNKNOWN', `${name} has no item ${unknown}. Items: ${[...known].join(', ')}.`);
  const found = own ? [{ key: own, isList: true }] : singles.length > 0 ? singles : stated.slice(0, 1);
  const guess =
    columns.find((column) => column.name === 'id') ?? columns.find((column) => isIdentifierName(column.name));
  const keys = found.length > 0 ? found.map(({ key }) => key) : list?.pages === 'whole' && guess ? [[guess.name]] : [];
  if (keys.length === 0) return { reason: '没有按主键查询一条记录的操作，列表也不是一次给出全部' };
  if (own && list?.pages !== 'whole' && !calls.has([...own].sort().join(' ')))
    return { reason: `没有按 --key 指定的 ${own.join(', ')} 查询的操作` };
  const { node } = rows.record;
  return {
    ...{ name, columns, keys: unique(keys), references: [] },
    comment: textOf(node['title']) ?? textOf(node['description']),
    indexed: list?.narrow ?? [],
    keyRemark: singles.length > 0 && !own ? undefined : '主键是建议：描述没有说明它只对应一条记录，请核对',
    service: {
      ...{ success: rows.success, credential, calls: [...calls.values()] },
      absent: [...new Set(group.flatMap(({ absent }) => absent))],
    },
    ...(omitted.length > 0 && { omitted }),
  };
}

const unique = (keys: readonly (readonly string[])[]) => [
  ...new Map(keys.map((key) => [[...key].sort().join(' '), key])).values(),
];

/** @throws InitRefusal TABLE_UNKNOWN, TABLES_TOO_MANY */
function chosen(found: readonly SourceTable[], { tables, keys }: TableChoice): readonly SourceTable[] {
  const names = found.map(({ name }) => name);
  const unknown = [...tables, ...keys.keys()].find((name) => name !== '' && !names.includes(name));
  if (unknown !== undefined && found.length > 0)
    throw new InitRefusal(
      'TABLE_UNKNOWN',
      `There is no record ${JSON.stringify(unknown)}. Found: ${names.slice(0, 30).join(', ')}.`,
    );
  if (tables.length > 0) return found.filter(({ name }) => tables.includes(name));
  if (found.length > MOST_TABLES)
    throw new InitRefusal(
      'TABLES_TOO_MANY',
      `There are ${found.length} records. Name those to publish with --table: ${names.slice(0, 30).join(', ')}.`,
    );
  return found;
}

/** The one way that the description names to send a credential; the credential itself is in no description. */
function credentialOf(document: OpenApiDocument): SourceService['credential'] {
  const schemes = Object.values(partOf(partOf(document.root['components'])['securitySchemes'])).filter(isPart);
  const [{ type, scheme, in: place, name } = {}] = schemes.length === 1 ? schemes : [];
  if (type === 'http' && /^(bearer|basic)$/i.test(String(scheme)))
    return String(scheme).toLowerCase() as 'bearer' | 'basic';
  const header = textOf(name);
  if (type !== 'apiKey' || header === undefined || !/^[A-Za-z0-9_.-]{1,100}$/.test(header)) return undefined;
  return place === 'header' ? { header } : place === 'query' ? { query: header } : undefined;
}

function serversOf(document: OpenApiDocument): string[] {
  return listOf(document.root['servers'])
    .flatMap((server) => {
      const address = textOf(partOf(server)['url']);
      if (address === undefined || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return [];
      const { origin, pathname } = new URL(address);
      return [`${origin}${pathname}`.slice(0, 200)];
    })
    .slice(0, 5);
}
