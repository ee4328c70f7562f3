import { lastDayOf } from '../../shared/share/last-days.js';
import type { GraphChange } from './graph-change.js';

interface Deprecated {
  readonly deprecationReason?: string | null | undefined;
}

/** An item whose end is announced: consumers are told, and should have a day by which to change. A day that was promised is
 *  kept as long as the item is deprecated.
 *  @param today  YYYY-MM-DD */
export function compareDeprecations(
  coordinate: string,
  before: Deprecated,
  after: Deprecated,
  today: string,
): GraphChange[] {
  const reason = after.deprecationReason;
  if (reason == null || before.deprecationReason === reason) return [];
  const until = lastDayOf(reason);
  const end =
    until === undefined
      ? 'and names no last day: write one in the reason, such as 2027-03-01'
      : `and may end after ${until}`;
  const promised = promiseOf(before, today);
  const isShorter = promised !== undefined && (until === undefined || until < promised);
  return [
    { code: 'ITEM_DEPRECATED', severity: 'NOTE', coordinate, message: `${coordinate} is deprecated ${end}.` },
    ...(isShorter
      ? [
          early(
            coordinate,
            `${coordinate} was promised until ${promised}, and is ${until === undefined ? 'promised until no day' : `until ${until}`} now.`,
          ),
        ]
      : []),
  ];
}

/** An item, or an argument of it, that ends before the day that its deprecation promised.
 *  @param today  YYYY-MM-DD */
export function checkRemovalDay(coordinate: string, deprecated: Deprecated, today: string): GraphChange[] {
  const until = promiseOf(deprecated, today);
  return until === undefined ? [] : [early(coordinate, `${coordinate} was promised until ${until}, and goes before.`)];
}

/** The day until which something is promised, where it has not passed. */
function promiseOf({ deprecationReason }: Deprecated, today: string): string | undefined {
  const until = deprecationReason == null ? undefined : lastDayOf(deprecationReason);
  return until === undefined || until < today ? undefined : until;
}

const early = (coordinate: string, message: string): GraphChange => ({
  ...{ code: 'REMOVED_EARLY', severity: 'BREAKING', coordinate, message },
});
