interface HeldGrant {
  readonly scenario: string;
  readonly mode: string;
  readonly coordinates: readonly string[];
  readonly until: string;
  readonly suspended: boolean;
  readonly revokedAt: string | null;
}

/** Coordinates that a department holds already for a scenario and a mode. */
export function findHeld(
  grants: readonly HeldGrant[],
  scenario: string | undefined,
  mode: string | undefined,
): ReadonlySet<string> {
  const now = Date.now();
  const live = grants.filter(
    (grant) =>
      grant.scenario === scenario &&
      grant.mode === mode &&
      !grant.suspended &&
      grant.revokedAt === null &&
      Date.parse(grant.until) > now,
  );
  return new Set(live.flatMap(({ coordinates }) => coordinates));
}
