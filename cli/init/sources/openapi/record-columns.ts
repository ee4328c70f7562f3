import { isIdentifier } from '../../../../shared/declaration/index.js';
import { UNFIT_NAME, unfitType, type Omitted, type SourceColumn } from '../source-table.js';
import { isVisible, listOf, partOf, textOf, Unfit, type OpenApiDocument, type PlainSchema } from './document.js';

export interface RecordColumns {
  readonly columns: readonly SourceColumn[];
  readonly omitted: readonly Omitted[];
}

/** Objects in objects that are flattened. */
const MOST_DEPTH = 5;
const MOST_COLUMNS = 400;
const MOST_POINTER = 200;
const MOST_VALUES = 500;

interface Place {
  readonly steps: readonly string[];
  readonly schema: PlainSchema;
  readonly required: boolean;
}

/** The members of a record, single objects in it flattened. */
export function recordColumns(document: OpenApiDocument, record: PlainSchema): RecordColumns {
  const omitted: Omitted[] = [];
  const places: Place[] = [];
  const leave = (steps: readonly string[], reason: string) => void omitted.push({ name: steps.join('.'), reason });
  const visit = (owner: PlainSchema, above: readonly string[], isRequired: boolean) => {
    const required = new Set(listOf(owner.node['required']));
    for (const [name, member] of Object.entries(partOf(owner.node['properties']))) {
      const steps = [...above, name];
      try {
        const schema = document.schema(member, owner.refs);
        const reason = unfitReason(schema, steps);
        const must = isRequired && required.has(name) && !schema.isNullable;
        if (reason !== undefined) leave(steps, reason);
        else if (schema.type === 'object') visit(schema, steps, must);
        else if (places.length >= MOST_COLUMNS) leave(steps, `数据项超过 ${MOST_COLUMNS} 个`);
        else places.push({ steps, schema, required: must });
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        leave(steps, error.reason);
      }
    }
  };
  visit(record, [], true);
  const leaves = places.map(({ steps }) => steps.at(-1)!.toLowerCase());
  const columns = places.map((place, at): SourceColumn => {
    const isAlone = leaves.indexOf(leaves[at]!) === leaves.lastIndexOf(leaves[at]!);
    return columnOf(place, isAlone ? place.steps.at(-1)! : place.steps.join('_'));
  });
  return { columns, omitted };
}

function unfitReason({ node, type }: PlainSchema, steps: readonly string[]): string | undefined {
  if (!isVisible(steps.at(-1)!)) return UNFIT_NAME;
  if (node['writeOnly'] === true) return '只写（writeOnly），不在结果中';
  if (type === 'array') return '是列表，一个数据项只有一个值';
  if (type === 'object' && steps.length >= MOST_DEPTH) return '结构嵌套过深';
  if (type === 'object' && Object.keys(partOf(node['properties'])).length === 0) return '未说明成员的对象';
  if (type !== undefined && type !== 'object' && !Object.hasOwn(TYPES, type)) return unfitType(type.slice(0, 50));
  if (type === undefined && listOf(node['enum']).length === 0) return '未说明类型，或有多种类型';
  if (/^(binary|byte)$/.test(textOf(node['format']) ?? '')) return unfitType('二进制内容');
  return pointerOf(steps).length > MOST_POINTER ? '路径过长' : undefined;
}

function columnOf({ steps, schema, required }: Place, name: string): SourceColumn {
  const { node } = schema;
  const values = valuesOf(schema);
  const isPlain = steps.length === 1 && isIdentifier(steps[0]!);
  return {
    name,
    ...(!isPlain && { at: pointerOf(steps) }),
    comment: textOf(node['title']) ?? textOf(node['description']),
    type: values ? 'String' : (TYPES[schema.type as keyof typeof TYPES]?.(schema) ?? 'String'),
    required,
    values,
    samples: [],
  };
}

export const pointerOf = (steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The codes of an enumeration, those of numbers as text; undefined where they are no codes. */
function valuesOf({ node, type }: PlainSchema): readonly string[] | undefined {
  const stated = node['const'] === undefined ? listOf(node['enum']) : [node['const']];
  const codes = [...new Set(stated.filter((value) => value !== null).map(String))];
  const areCodes =
    type !== 'boolean' && codes.every((code) => code.trim() === code && code !== '' && code.length <= 50);
  return codes.length > 0 && codes.length <= MOST_VALUES && areCodes ? codes : undefined;
}

/** Exact types: whole numbers that may be longer than an Int, and fractions that are not floating, are decimals. */
const TYPES = {
  string: ({ node }: PlainSchema) =>
    node['format'] === 'date'
      ? 'Date'
      : node['format'] === 'date-time'
        ? 'DateTime'
        : node['format'] === 'decimal'
          ? 'Decimal'
          : 'String',
  integer: ({ node }: PlainSchema) =>
    node['format'] === 'int32' || (node['format'] !== 'int64' && isSmall(node['minimum']) && isSmall(node['maximum']))
      ? 'Int'
      : 'Decimal',
  number: ({ node }: PlainSchema) => (node['format'] === 'double' || node['format'] === 'float' ? 'Float' : 'Decimal'),
  boolean: () => 'Boolean',
} as const satisfies Record<string, (schema: PlainSchema) => SourceColumn['type']>;

const isSmall = (limit: unknown): boolean => typeof limit === 'number' && Math.abs(limit) < 2 ** 31;
