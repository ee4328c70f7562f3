import { isEnumType, type GraphQLSchema } from 'graphql';
import { divisionDimension, listDimension } from '../../statistics/dimension.js';
import type { StatisticalResource } from '../../statistics/normalize-question.js';
import { isScalar } from '../columns.js';
import type { SubgraphProblem } from '../problems.js';
import type { TablePlan, TypePlan } from '../type-plan.js';
import type { CountedDimension, CountedRows } from './group-rows.store.js';
import { sqlWordsOf } from './sql-words.js';
import type { StatedDimension, StatedStatistics } from './stated-statistics.js';

/** How the statistics of a type are asked for and counted. */
export interface StatisticsPlan {
  readonly stated: StatedStatistics;
  readonly resource: StatisticalResource;
  readonly rows: CountedRows;
  /** Item by which rows are narrowed to divisions. */
  readonly scopeItem?: string | undefined;
}

/** @param problems  gets what cannot work with the type's rows */
export function planStatistics(
  stated: StatedStatistics,
  schema: GraphQLSchema,
  plan: TypePlan | undefined,
  problems: SubgraphProblem[],
): StatisticsPlan | undefined {
  const table = plan?.table;
  const { type } = stated;
  if (!table || !sqlWordsOf(table.database)) {
    const message = `${type} has an item marked @Dimension and no table here whose rows could be counted. Take the mark away, or map the type to a table.`;
    return void problems.push({ code: 'STATISTICS_WITHOUT_TABLE', at: type, message });
  }
  const columnOf = (item: string): string => {
    const made = table.columns.get(item) ?? [];
    const property = table.properties.get(made[0] ?? '');
    if (made.length === 1 && property && isScalar(property)) return made[0]!;
    problems.push({
      code: 'STATISTICS_WITHOUT_COLUMN',
      at: `${type}.${item}`,
      message: `${type}.${item} is marked @Dimension or @Measure and is not made of one column, so the database cannot count by it. Mark an item that is a column; a computed one names its column by @Reads.`,
    });
    return '';
  };
  return {
    stated,
    resource: {
      code: `${stated.resource} ${type}`,
      dimensions: stated.dimensions.map((each) =>
        each.kind === 'division' ? divisionDimension(each.item) : listDimension(each.item, valuesOf(each, schema)),
      ),
      measures: stated.measures,
    },
    rows: {
      table,
      dimensions: new Map(stated.dimensions.map((each) => [each.item, countedDimension(each, columnOf(each.item))])),
      measures: new Map(stated.measures.map(({ item }) => [item, columnOf(item)])),
      ...unitOf(table),
    },
    scopeItem: stated.dimensions.find(
      ({ kind, item }) => kind === 'division' && table.columns.get(item)?.[0] === table.division,
    )?.item,
  };
}

function unitOf({ subject, primaryKey, properties }: TablePlan): Pick<CountedRows, 'unit' | 'isUnique'> {
  if (!subject) return { unit: primaryKey, isUnique: true };
  const { property } = subject;
  const isKey = primaryKey.length === 1 && primaryKey[0] === property;
  return { unit: [property], isUnique: isKey || properties.get(property)?.unique === true };
}

/** As the rows have them: an enum may stand for other words. */
function valuesOf({ kind, graphType, values }: StatedDimension, schema: GraphQLSchema): readonly string[] {
  const type = kind === 'enum' ? schema.getType(graphType) : undefined;
  return isEnumType(type) ? values.map((name) => String(type.getValue(name)!.value)) : values;
}

function countedDimension({ kind, bounds, values, dateBounds }: StatedDimension, property: string): CountedDimension {
  if (kind !== 'bands') return { property, kind: kind === 'boolean' ? 'boolean' : 'text' };
  return { property, kind, bounds: bounds!.map((bound) => (dateBounds ? `date '${bound}'` : bound)), names: values };
}
