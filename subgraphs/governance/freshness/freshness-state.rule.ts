type JudgedState = 'FRESH' | 'LATE' | 'UNKNOWN' | 'UNLIMITED';

interface JudgedFreshness {
  readonly lastUpdate?: Date | null | undefined;
  readonly dueAt?: Date | null | undefined;
  readonly provisional: boolean;
}

/** The state of a resource at an instant. Nothing is late by a provisional day, and nothing is fresh of which nobody knows.
 *  @param now  milliseconds since the epoch */
export function stateOf({ lastUpdate, dueAt, provisional }: JudgedFreshness, now: number): JudgedState {
  if (dueAt && dueAt.getTime() <= now && !provisional) return 'LATE';
  if (!lastUpdate) return 'UNKNOWN';
  return dueAt ? 'FRESH' : 'UNLIMITED';
}
