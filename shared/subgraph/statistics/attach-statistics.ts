import type { GraphQLSchema } from 'graphql';
import type { SubgraphContext } from '../context.js';
import { answerStatistics, type StatisticsArguments, type StatisticsServing } from './answer-statistics.js';
import { statisticsNames } from './stated-statistics.js';
import type { StatisticsPlan } from './statistics-plan.js';

/** Makes the fields of statistics answer. The hub has decided on every dimension and measure before it asks.
 *  @returns names of the fields */
export function attachStatistics(
  schema: GraphQLSchema,
  plans: readonly StatisticsPlan[],
  serving: StatisticsServing,
): readonly string[] {
  const fields = schema.getQueryType()?.getFields() ?? {};
  return plans.map((plan) => {
    const { root } = statisticsNames(plan.stated.type);
    fields[root]!.resolve = (_root, args, { fetch }: SubgraphContext) =>
      answerStatistics(plan, args as StatisticsArguments, fetch, serving);
    return root;
  });
}
