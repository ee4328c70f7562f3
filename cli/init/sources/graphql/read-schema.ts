import { basename, extname } from 'node:path';
import {
  GraphQLError,
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from 'graphql';
import { InitRefusal } from '../../init-refusal.js';
import { comment } from '../../yaml-text.js';
import { readText } from '../read-text.js';
import {
  MOST_TABLES,
  unfitType,
  type Omitted,
  type SourceColumn,
  type SourceTable,
  type SourceTables,
  type TableChoice,
} from '../source-table.js';

const MOST_BYTES = 2_000_000;
const MOST_TOKENS = 400_000;

/** Scalars by the type that holds their values exactly; those of graphql-scalars and of the kit beside GraphQL's own. */
const SCALARS: Readonly<Record<string, SourceColumn['type']>> = {
  ...{ String: 'String', ID: 'ID', Int: 'Int', Float: 'Float', Boolean: 'Boolean', UUID: 'String' },
  ...{ BigInt: 'Decimal', Long: 'Decimal', Decimal: 'Decimal', BigDecimal: 'Decimal' },
  ...{ Date: 'Date', LocalDate: 'Date', DateTime: 'DateTime', DateTimeISO: 'DateTime' },
};
/** Types that are no records: roots, machinery of pages and of federation, results of changes. */
const ROOTS = ['Query', 'Mutation', 'Subscription'];
const MACHINERY = /^_|^PageInfo$|(Connection|Edge|Payload)$/;

/** A type with everything that the schema says of it, extensions included. */
interface RecordType {
  readonly name: string;
  description: string;
  readonly directives: ConstDirectiveNode[];
  readonly fields: FieldDefinitionNode[];
}

/** True for a name of a file that may be a GraphQL schema. */
export const isSchemaFile = (name: string): boolean =>
  ['.graphql', '.graphqls', '.gql'].includes(extname(name).toLowerCase());

/** Reads the types of a GraphQL schema that a department has, as tables: their plain fields are columns, and their names are kept.
 *  @throws InitRefusal SOURCE_UNREADABLE, SCHEMA_UNFIT, TABLE_UNKNOWN, TABLES_TOO_MANY, KEY_UNKNOWN */
export async function readSchema(file: string, { tables: chosen, keys }: TableChoice): Promise<SourceTables> {
  const document = parseSchema(await readText(file, MOST_BYTES), basename(file));
  const enums = readEnums(document);
  const all = readRecordTypes(document);
  const unknown = [...chosen, ...[...keys.keys()].filter((name) => name !== '')].find((name) => !all.has(name));
  if (unknown !== undefined)
    throw new InitRefusal('TABLE_UNKNOWN', `The schema has no type ${unknown}. It has: ${[...all.keys()].join(', ')}.`);
  const wanted = chosen.length === 0 ? [...all.values()] : chosen.map((name) => all.get(name)!);
  if (wanted.length > MOST_TABLES && chosen.length === 0)
    throw new InitRefusal(
      'TABLES_TOO_MANY',
      `The schema has ${wanted.length} types; choose at most ${MOST_TABLES} with --table: ${wanted.map(({ name }) => name).join(', ')}.`,
    );
  const omitted: Omitted[] = [];
  const tables = wanted.flatMap((type): SourceTable[] => {
    const table = toTable(type, enums, all, keys.get(type.name) ?? (wanted.length === 1 ? keys.get('') : undefined));
    if (table.keys.length > 0) return [table];
    omitted.push({ name: type.name, reason: '没有 @key，也没有 ID! 字段；可用 --key 指定' });
    return [];
  });
  return { tables, omitted };
}

function parseSchema(text: string, name: string): DocumentNode {
  const unfit = (why: string, cause?: unknown) =>
    new InitRefusal('SCHEMA_UNFIT', `${name} is no GraphQL schema: ${why}.`, { cause });
  if (text.trim() === '') throw unfit('it is empty');
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (error instanceof RangeError) throw unfit('it is nested too deeply', error);
    if (!(error instanceof GraphQLError)) throw error;
    const [at] = error.locations ?? [];
    const where = at ? ` (line ${at.line}, column ${at.column})` : '';
    throw unfit(`${comment(error.message).slice(0, 200)}${where}`, error);
  }
  const isOperation = ({ kind }: DefinitionNode) =>
    kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION;
  if (document.definitions.some(isOperation)) throw unfit('it holds an operation');
  return document;
}

/** Values of each enum. */
function readEnums({ definitions }: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const enums = new Map<string, string[]>();
  for (const each of definitions) {
    if (each.kind !== Kind.ENUM_TYPE_DEFINITION && each.kind !== Kind.ENUM_TYPE_EXTENSION) continue;
    const values = (each.values ?? []).map(({ name }) => name.value);
    enums.set(each.name.value, [...(enums.get(each.name.value) ?? []), ...values]);
  }
  return enums;
}

function readRecordTypes({ definitions }: DocumentNode): ReadonlyMap<string, RecordType> {
  const roots = new Set(ROOTS);
  for (const each of definitions)
    if (each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION)
      for (const { type } of each.operationTypes ?? []) roots.add(type.name.value);
  const types = new Map<string, RecordType>();
  for (const each of definitions) {
    if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const name = each.name.value;
    if (roots.has(name) || MACHINERY.test(name)) continue;
    let type = types.get(name);
    if (!type) types.set(name, (type = { name, description: '', directives: [], fields: [] }));
    if (each.kind === Kind.OBJECT_TYPE_DEFINITION) type.description = each.description?.value ?? '';
    type.directives.push(...(each.directives ?? []));
    type.fields.push(...(each.fields ?? []));
  }
  return types;
}

function toTable(
  { name, description, directives, fields }: RecordType,
  enums: ReadonlyMap<string, readonly string[]>,
  types: ReadonlyMap<string, unknown>,
  given: readonly string[] | undefined,
): SourceTable {
  const omitted: Omitted[] = [];
  const columns: SourceColumn[] = [];
  for (const field of fields) {
    const reason = unfitness(field, enums, types);
    if (reason !== undefined) {
      omitted.push({ name: field.name.value, reason });
      continue;
    }
    const named = namedType(field.type);
    columns.push({
      name: field.name.value,
      comment: field.description?.value,
      type: SCALARS[named] ?? 'String',
      required: field.type.kind === Kind.NON_NULL_TYPE,
      values: enums.get(named),
      samples: [],
    });
  }
  const missing = given?.find((column) => columns.every((each) => each.name !== column));
  if (missing !== undefined) throw new InitRefusal('KEY_UNKNOWN', `${name} has no plain field ${missing}.`);
  const stated = given ? [given] : keysOf(directives, columns);
  const identifying = columns.filter(({ type, required }) => type === 'ID' && required).slice(0, 1);
  const keys = stated.length > 0 ? stated : identifying.map((column) => [column.name]);
  return {
    ...{ name, comment: description, columns, keys, omitted, indexed: 'ALL', references: [], isNamed: true },
    ...(stated.length === 0 && keys.length > 0 && { keyRemark: '主键由 ID! 字段推断，请核对' }),
  };
}

/** Why a field cannot be an item, in Chinese. */
function unfitness(
  { arguments: parameters = [], directives = [], type }: FieldDefinitionNode,
  enums: ReadonlyMap<string, unknown>,
  types: ReadonlyMap<string, unknown>,
): string | undefined {
  const named = namedType(type);
  if (directives.some(({ name }) => name.value === 'deprecated')) return '已标记为弃用';
  if (directives.some(({ name }) => name.value === 'external')) return '属于其他子图（@external）';
  if (parameters.length > 0) return '字段带有参数';
  if (types.has(named)) return '与其他类型的关系，请在 relations 中声明';
  if (isList(type)) return '列表';
  return SCALARS[named] || enums.has(named) ? undefined : unfitType(named);
}

/** Keys of `@key` that name plain fields alone. */
function keysOf(directives: readonly ConstDirectiveNode[], columns: readonly SourceColumn[]): string[][] {
  const names = new Set(columns.map(({ name }) => name));
  return directives
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: parameters }) => {
      const value = parameters?.find(({ name }) => name.value === 'fields')?.value;
      const fields = value?.kind === Kind.STRING ? value.value.split(/[\s,]+/).filter((part) => part !== '') : [];
      return fields.length > 0 && fields.every((field) => names.has(field)) ? [fields] : [];
    });
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));
