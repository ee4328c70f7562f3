/** States of a resource, by its last update and the day by which it must be updated again. */
export type FreshnessState = 'FRESH' | 'LATE' | 'UNKNOWN' | 'UNLIMITED';

interface JudgedFreshness {
  readonly lastUpdate?: Date | null | undefined;
  /** When the last day is over on which the next update is in time. */
  readonly dueAt?: Date | null | undefined;
  /** The official calendar does not reach so far yet. */
  readonly provisional: boolean;
}

/** The state of a resource at an instant. Nothing is late by a provisional day, and nothing is fresh of which nobody knows.
 *  @param now  milliseconds since the epoch */
export function freshnessState({ lastUpdate, dueAt, provisional }: JudgedFreshness, now: number): FreshnessState {
  if (dueAt && dueAt.getTime() <= now && !provisional) return 'LATE';
  if (!lastUpdate) return 'UNKNOWN';
  return dueAt ? 'FRESH' : 'UNLIMITED';
}
