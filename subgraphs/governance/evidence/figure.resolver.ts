import { GraphQLLocalDate } from 'graphql-scalars';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { requirePageSize } from '../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../core/index.js';
import { countUses } from './count-uses.js';
import { DayFigure, DepartmentFigure, FigureFilter, ScenarioFigure } from './figure.js';
import { evidenceTables } from './tables.js';
import { RegisteredItem } from './timeline-entry.js';
import { readUnusedItems } from './read-unused-items.js';
import { useVisibility } from './use-visibility.js';
import { say } from './messages/index.js';

type Given<T> = T | null | undefined;
const MAX_LINES = 1_000;
/** Ten years of days. */
const MAX_DAYS = 3_660;

/** Counts of uses, and items without a use. Each reader counts only the uses that it may see. */
@Resolver(() => DayFigure)
export class FigureResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [DayFigure], {
    nullable: true,
    description: '每日使用量\nDays without a use are left out; oldest first.',
  })
  usesPerDay(
    @Arg('filter', () => FigureFilter, { nullable: true }) filter: Given<FigureFilter>,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<unknown> {
    const visibility = useVisibility(fetch);
    return countUses(evidenceTables(em), { by: ['day'], filter: filter ?? {}, visibility, limit: MAX_DAYS });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [DepartmentFigure], { nullable: true, description: '各部门使用量\nMost first.' })
  usesByDepartment(
    @Arg('filter', () => FigureFilter, { nullable: true }) filter: Given<FigureFilter>,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<unknown> {
    const options = { by: ['department'], mostFirst: true, limit: MAX_LINES } as const;
    return countUses(evidenceTables(em), { ...options, filter: filter ?? {}, visibility: useVisibility(fetch) });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [ScenarioFigure], { nullable: true, description: '各场景使用量\nMost first.' })
  usesByScenario(
    @Arg('filter', () => FigureFilter, { nullable: true }) filter: Given<FigureFilter>,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<unknown> {
    const options = { by: ['department', 'scenario'], mostFirst: true, limit: MAX_LINES } as const;
    return countUses(evidenceTables(em), { ...options, filter: filter ?? {}, visibility: useVisibility(fetch) });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [DepartmentFigure], {
    nullable: true,
    description:
      '主要使用部门\nDepartments to which the item, or any item of the resource, was given most often. The filter names exactly one of `item` and `resource`.',
  })
  topUsers(
    @Arg('filter', () => FigureFilter) filter: FigureFilter,
    @Arg('first', () => Int, { defaultValue: 10, description: '1 to 100.' }) first: number,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<unknown> {
    if ((filter.item == null) === (filter.resource == null)) throw new HubError('BAD_USER_INPUT', say('filter.figure'));
    requirePageSize(first);
    const options = { by: ['department'], released: true, mostFirst: true, limit: first } as const;
    return countUses(evidenceTables(em), { ...options, filter, visibility: useVisibility(fetch) });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [RegisteredItem], {
    nullable: true,
    description:
      '未被使用的信息项\nItems of catalogued resources in the graph in force that were given to nobody since a day. A provider sees its own, auditor and authority all.',
  })
  unusedItems(
    @Filters('Use.time') @Arg('since', () => GraphQLLocalDate) since: string,
    @Filters('RegisteredItem.provider') @Arg('provider', () => String, { nullable: true }) provider: Given<string>,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<RegisteredItem[]> {
    return readUnusedItems(evidenceTables(em), since, provider, useVisibility(fetch));
  }
}
