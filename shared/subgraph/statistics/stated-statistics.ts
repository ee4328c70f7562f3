import { Kind, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { argument } from '../../share/share-spec.js';
import { namedType, outputFields, typesByName } from '../../share/types-by-name.js';
import { areBounds, bandNames } from '../../statistics/bands.js';
import { DIVISION_LEVELS } from '../../statistics/division-register.js';
import { directivesOf } from '../../share/directives-of.js';
import type { SubgraphProblem } from '../problems.js';

/** What a subgraph's SDL says of the statistics of one type. */
export interface StatedStatistics {
  readonly type: string;
  /** Catalogue code. */
  readonly resource: string;
  /** Chinese name of the records. */
  readonly title: string;
  readonly dimensions: readonly StatedDimension[];
  readonly measures: readonly StatedMeasure[];
}
export interface StatedDimension {
  readonly item: string;
  readonly title: string;
  /** How the item has its values: an administrative division, an enum or a list of texts, true and false, or bands of a
   *  number or a date. */
  readonly kind: 'division' | 'enum' | 'texts' | 'boolean' | 'bands';
  /** GraphQL type of a value in questions and answers. */
  readonly graphType: string;
  /** Names of enum values, texts, or names of bands; none of a division. */
  readonly values: readonly string[];
  /** Lower bounds of all bands but the first. */
  readonly bounds?: readonly string[];
  /** Bounds are dates. */
  readonly dateBounds?: boolean;
  /** Names by which it is grouped, one for each level. */
  readonly names: readonly string[];
}
export interface StatedMeasure {
  readonly item: string;
  readonly title: string;
  readonly name: string;
  readonly bound: number;
}

/** Reads which types have statistics: resources with an item marked `@dimension`.
 *  @param problems  gets what cannot work */
export function readStatistics(document: DocumentNode, problems: SubgraphProblem[]): StatedStatistics[] {
  const types = typesByName(document);
  const enums = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.ENUM_TYPE_DEFINITION
        ? [[each.name.value, (each.values ?? []).map(({ name }) => name.value)] as const]
        : [],
    ),
  );
  const roots = outputFields(types.get('Query') ?? []).map(({ name }) => name.value);
  const taken = new Set([...types.keys(), ...roots]);
  return [...types].flatMap(([type, nodes]) => {
    const resource = nodes.flatMap((node) => directivesOf(node, 'resource'))[0];
    const code = resource && argument(resource, 'code');
    const description = nodes
      .map((node) => ('description' in node ? node.description?.value : undefined))
      .find(Boolean);
    if (typeof code !== 'string') return [];
    const fields = outputFields(nodes);
    const keys = new Set(nodes.flatMap((node) => directivesOf(node, 'key').map((key) => argument(key, 'fields'))));
    const identifies = (field: FieldDefinitionNode) =>
      keys.has(field.name.value) || directivesOf(field, 'subject').length > 0;
    const dimensions = fields.flatMap((field) => {
      if (directivesOf(field, 'dimension').length === 0) return [];
      if (!identifies(field)) return readDimension(type, field, enums, problems) ?? [];
      const at = `${type}.${field.name.value}`;
      const message = `${at} names one record and is marked @Dimension: each of its cells would be that one.`;
      problems.push({ code: 'DIMENSION_IDENTIFIES', at, message });
      return [];
    });
    if (dimensions.length === 0) return [];
    const measures = fields.flatMap((field) => readMeasure(type, field, problems) ?? []);
    const title = description?.split('\n')[0] ?? type;
    const stated = { type, resource: code, title, dimensions, measures };
    refuseTakenNames(stated, taken, problems);
    return [stated];
  });
}

function readDimension(
  type: string,
  field: FieldDefinitionNode,
  enums: ReadonlyMap<string, readonly string[]>,
  problems: SubgraphProblem[],
): StatedDimension | undefined {
  const directive = directivesOf(field, 'dimension')[0]!;
  const item = field.name.value;
  const at = `${type}.${item}`;
  const graphType = namedType(field.type);
  const base = { item, title: titleOf(field), graphType, names: [constantName(item)] };
  const texts = textsOf(argument(directive, 'values'));
  const bounds = textsOf(argument(directive, 'bands'));
  const problem = (code: string, message: string) => void problems.push({ code, at, message: `${at} ${message}` });
  if (directivesOf(field, 'scope').length > 0)
    return {
      ...base,
      kind: 'division',
      graphType: 'String',
      values: [],
      names: DIVISION_LEVELS.map(({ name }) => `${constantName(item)}_${name}`),
    };
  if (bounds) {
    const isDate = DATES.includes(graphType);
    if (!(isDate || NUMBERS.includes(graphType)) || !areBounds(bounds, isDate ? 'dates' : 'numbers'))
      return problem(
        'DIMENSION_BANDS_UNFIT',
        'has bands that are no rising numbers of a number, nor rising dates of a date.',
      );
    return {
      ...base,
      kind: 'bands',
      graphType: groupType(type, item),
      values: bandNames(bounds),
      bounds,
      dateBounds: isDate,
    };
  }
  if (graphType === 'Boolean') return { ...base, kind: 'boolean', values: ['true', 'false'] };
  const names = enums.get(graphType);
  const unknown = names && texts?.find((text) => !names.includes(text));
  if (unknown !== undefined)
    return problem('DIMENSION_VALUES_UNFIT', `is grouped by ${unknown}, which is no value of ${graphType}.`);
  if (names) return { ...base, kind: 'enum', values: texts ?? names };
  if (texts?.length) return { ...base, kind: 'texts', graphType: 'String', values: texts };
  return problem(
    'DIMENSION_WITHOUT_VALUES',
    'is marked @Dimension and has no list of values, so a cell could be one person. Give it an enum, `values`, or `bands`; mark a division @Scope.',
  );
}

function readMeasure(type: string, field: FieldDefinitionNode, problems: SubgraphProblem[]): StatedMeasure | undefined {
  const [directive] = directivesOf(field, 'measure');
  if (!directive) return undefined;
  const item = field.name.value;
  const at = `${type}.${item}`;
  const bound = Number(argument(directive, 'bound'));
  if (!NUMBERS.includes(namedType(field.type)))
    return void problems.push({
      code: 'MEASURE_NOT_A_NUMBER',
      at,
      message: `${at} is marked @Measure and is no number.`,
    });
  if (!(bound > 0 && Number.isFinite(bound)))
    return void problems.push({
      code: 'MEASURE_WITHOUT_BOUND',
      at,
      message: `${at} is marked @Measure without \`bound\`, the most that one person counts for in a sum. It is not read from the rows, for it would tell the largest. Give one that few exceed.`,
    });
  return { item, title: titleOf(field), name: constantName(item), bound };
}

/** Names of what the kit adds for a type. */
export const statisticsNames = (type: string) => ({
  root: `statistics${type}`,
  result: `${type}Statistics`,
  cell: `${type}StatisticsCell`,
  measure: `${type}StatisticsMeasure`,
  dimensions: `${type}Dimension`,
  measures: `${type}Measure`,
  filter: `${type}StatisticsFilter`,
});
export const groupType = (type: string, item: string): string =>
  `${type}${item[0]!.toUpperCase()}${item.slice(1)}Group`;

/** Fields of a cell for one measure. */
export const measureFields = (item: string) => ({
  sum: `${item}Sum`,
  mean: `${item}Mean`,
  error: `${item}MeanError95`,
});

function refuseTakenNames(
  { type, dimensions, measures }: StatedStatistics,
  taken: ReadonlySet<string>,
  problems: SubgraphProblem[],
): void {
  const added = [
    ...Object.values(statisticsNames(type)),
    ...dimensions.flatMap(({ kind, graphType }) => (kind === 'bands' ? [graphType] : [])),
  ];
  const fields = [
    'count',
    ...dimensions.map(({ item }) => item),
    ...measures.flatMap(({ item }) => Object.values(measureFields(item))),
  ];
  const values = dimensions.flatMap(({ names }) => names);
  const twice = (names: readonly string[]) => names.find((name, at) => names.indexOf(name) !== at);
  const name =
    added.find((each) => taken.has(each)) ?? twice(fields) ?? twice(values) ?? twice(measures.map((each) => each.name));
  if (name !== undefined)
    problems.push({
      code: 'STATISTICS_NAME_TAKEN',
      at: type,
      message: `The statistics of ${type} need the name ${name}, which is taken. Rename the type or the item.`,
    });
}

const titleOf = ({ name, description }: FieldDefinitionNode): string => description?.value.split('\n')[0] ?? name.value;
const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.map(String) : undefined;

/** monthsPaid → MONTHS_PAID */
const constantName = (item: string): string => item.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

const NUMBERS = ['Int', 'Float', 'Decimal'];
const DATES = ['LocalDate', 'DateTimeISO', 'Date'];
