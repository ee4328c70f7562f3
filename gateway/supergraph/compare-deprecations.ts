import type { GraphQLField } from 'graphql';
import type { GraphChange } from './graph-change.js';

type Deprecated = Pick<GraphQLField<unknown, unknown>, 'deprecationReason'>;

/** The last day that a deprecation promises, YYYY-MM-DD. */
const lastDayOf = (reason: string): string | undefined => /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/.exec(reason)?.[0];

/** An item whose end is announced: consumers are told, and should have a day by which to change. */
export function compareDeprecations(coordinate: string, before: Deprecated, after: Deprecated): GraphChange[] {
  const reason = after.deprecationReason;
  if (reason == null || before.deprecationReason === reason) return [];
  const until = lastDayOf(reason);
  const end =
    until === undefined
      ? 'and names no last day: write one in the reason, such as 2027-03-01'
      : `and may end after ${until}`;
  return [{ code: 'ITEM_DEPRECATED', severity: 'NOTE', coordinate, message: `${coordinate} is deprecated ${end}.` }];
}

/** An item that ends before the day that its deprecation promised.
 *  @param today  YYYY-MM-DD */
export function checkRemovalDay(coordinate: string, { deprecationReason }: Deprecated, today: string): GraphChange[] {
  const until = deprecationReason == null ? undefined : lastDayOf(deprecationReason);
  if (until === undefined || until < today) return [];
  const message = `${coordinate} was promised until ${until}, and goes before.`;
  return [{ code: 'REMOVED_EARLY', severity: 'BREAKING', coordinate, message }];
}
