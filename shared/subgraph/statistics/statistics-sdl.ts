import { Kind, parse, type DefinitionNode, type DocumentNode, type ObjectTypeDefinitionNode } from 'graphql';
import { printArguments } from '../../share/print-arguments.js';
import { measureFields, statisticsNames, type StatedDimension, type StatedStatistics } from './stated-statistics.js';

/** Adds types and root fields for statistics to a subgraph's definitions. What is asked is a conjunction of single values, so
 *  no other form of question can be written. @source QZ-5.4d */
export function addStatistics(document: DocumentNode, statistics: readonly StatedStatistics[]): DocumentNode {
  if (statistics.length === 0) return document;
  const added = statistics.flatMap(
    (stated) =>
      parse([dimensions, measures, bands, filter, cell, result, root].map((print) => print(stated)).join('\n'), {
        noLocation: true,
      }).definitions,
  );
  const roots = added.flatMap((each) => (isQuery(each) ? (each.fields ?? []) : []));
  const query = [...document.definitions, ...added].find(isQuery)!;
  const fields = document.definitions.includes(query) ? [...(query.fields ?? []), ...roots] : roots;
  return {
    ...document,
    definitions: [...[...document.definitions, ...added].filter((each) => !isQuery(each)), { ...query, fields }],
  };
}

const isQuery = (definition: DefinitionNode): definition is ObjectTypeDefinitionNode =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query';

const uses = (directive: 'groups' | 'sums', type: string, item: string): string =>
  `@${directive}${printArguments({ field: `${type}.${item}` })}`;

const describe = (...lines: readonly string[]): string => `"""\n${lines.join('\n').replaceAll('"""', '')}\n"""`;

const LEVEL_TITLES: Readonly<Record<string, string>> = {
  PROVINCE: '省级',
  CITY: '地市级',
  COUNTY: '县级',
  TOWNSHIP: '乡级',
};

function dimensions({ type, title, dimensions: stated }: StatedStatistics): string {
  const values = stated.flatMap(({ item, title: name, names }) =>
    names.map((each) => {
      const level = names.length > 1 ? `（${LEVEL_TITLES[each.slice(each.lastIndexOf('_') + 1)]!}）` : '';
      return `${describe(name + level)} ${each} ${uses('groups', type, item)}`;
    }),
  );
  return `${describe(`${title}统计维度`)} enum ${statisticsNames(type).dimensions} { ${values.join('\n')} }`;
}

function measures({ type, title, measures: stated }: StatedStatistics): string {
  if (stated.length === 0) return '';
  const values = stated.map((each) => `${describe(each.title)} ${each.name} ${uses('sums', type, each.item)}`);
  return `${describe(`${title}统计指标`)} enum ${statisticsNames(type).measures} { ${values.join('\n')} }
${describe(`${title}统计指标的口径`)} type ${statisticsNames(type).measure} @share(type: UNCONDITIONAL) {
  ${describe('指标')} item: String!
  ${describe('单个主体计入上限', 'The most that one person counts for, either way; more is cut.')} bound: Float!
  ${describe('总和误差（95%）', 'Not exceeded by the error of a sum in 95 of 100 cases.')} sumError95: Float!
  ${describe('总和最大误差')} sumErrorMax: Float!
  ${describe('总和的取整单位')} unit: Float!
}`;
}

const bands = ({ dimensions: stated }: StatedStatistics): string =>
  stated
    .flatMap(({ kind, title, graphType, values, bounds = [] }) => {
      if (kind !== 'bands') return [];
      const named = values.map((value, at) => {
        const [from, to] = [bounds[at - 1], bounds[at]];
        return `${describe([from && `自 ${from} 起`, to && `不足 ${to}`].filter(Boolean).join('，'))} ${value}`;
      });
      return [`${describe(`${title}分档`)} enum ${graphType} { ${named.join('\n')} }`];
    })
    .join('\n');

const valueNote = ({ kind }: StatedDimension): string[] =>
  kind === 'division' ? ['Division code, of any level down to the township.'] : [];

function filter({ type, title, dimensions: stated }: StatedStatistics): string {
  const fields = stated.map(
    (each) =>
      `${describe(each.title, ...valueNote(each))} ${each.item}: ${each.graphType} ${uses('groups', type, each.item)}`,
  );
  return `${describe(`${title}统计范围`, 'All of it holds at once.')} input ${statisticsNames(type).filter} { ${fields.join('\n')} }`;
}

function cell({ type, title, dimensions: stated, measures: summed }: StatedStatistics): string {
  const fields = [
    ...stated.map(({ item, title: name, graphType, kind }) => {
      const note = kind === 'division' ? ['Division code.'] : [];
      return `${describe(name, ...note, 'Null where the question does not name it.')} ${item}: ${graphType}`;
    }),
    `${describe('人数', 'Persons or records, with noise. Null where the cell is suppressed.')} count: Int`,
    ...summed.flatMap(({ item, title: name }) => {
      const { sum, mean, error } = measureFields(item);
      return [
        `${describe(`${name}总和`, 'With noise. Null where it is suppressed, or not asked for.')} ${sum}: Float`,
        `${describe(`${name}平均值`, 'Null also where fewer than 50 persons have a value.')} ${mean}: Float`,
        `${describe(`${name}平均值误差（95%）`)} ${error}: Float`,
      ];
    }),
  ];
  return `${describe(`${title}统计单元`)} type ${statisticsNames(type).cell} @share(type: UNCONDITIONAL) { ${fields.join('\n')} }`;
}

function result({ type, title, measures: summed }: StatedStatistics): string {
  const names = statisticsNames(type);
  return `${describe(`${title}统计结果`)} type ${names.result} @share(type: UNCONDITIONAL) {
  ${describe('统计单元', 'Every combination of values that the question names, whether anybody is in it or not.')} cells: [${names.cell}!]!
  ${describe('被抑制的单元数')} suppressedCells: Int!
  ${describe('抑制原因', 'One for all, so that it tells nothing of any.')} suppressionReason: String!
  ${describe('快照日期', 'The day on which the rows were counted. A cell in which fewer than ten persons changed keeps its earlier number.')} snapshot: String!
  ${describe('方法')} method: String!
  ${describe('计数噪声的概率分布', 'Probabilities of -10 to 10.')} countNoise: [Float!]!
  ${describe('计数误差（95%）', 'Not exceeded by the error of a count in 95 of 100 cases.')} countError95: Int!
  ${describe('计数最大误差')} countErrorMax: Int!
  ${summed.length > 0 ? `${describe('指标口径', 'Of the measures that the question names.')} measures: [${names.measure}!]!` : ''}
  ${describe('是否可加', 'False: each cell has noise of its own, so cells do not add up to their totals.')} additive: Boolean!
  ${describe('本次消耗', 'Units of the budget that this question takes in a month: for each cell its count and each measure.')} cost: Int!
  ${describe('本月剩余额度', "Units that are left to the caller's department for this resource this month.")} budgetLeft: Int!
}`;
}

function root({ type, title, measures: summed }: StatedStatistics): string {
  const names = statisticsNames(type);
  const args = [
    `${describe('分组维度', 'At most three with those of `where`.')} by: [${names.dimensions}!]! = []`,
    `${describe('统计范围')} where: ${names.filter}`,
    ...(summed.length > 0 ? [`${describe('统计指标')} measures: [${names.measures}!]! = []`] : []),
  ];
  return `type Query {
  ${describe(`${title}统计`, 'Counts and sums with noise, which say nothing of any single person.')}
  ${names.root}(${args.join('\n')}): ${names.result} @share(type: UNCONDITIONAL)
}`;
}
