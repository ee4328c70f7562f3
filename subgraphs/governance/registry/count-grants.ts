import type { Database } from '../core/index.js';
import { findGrantsOn } from '../grant/index.js';
import type { CountedFinding, VersionFinding } from './finding.type.js';

export interface CountedFindings {
  readonly findings: readonly CountedFinding[];
  /** Departments with grants of what breaks or opens. */
  readonly holders: readonly string[];
}

/** Counts the grants that each finding concerns now.
 *  @param now  ms since the epoch */
export async function countGrants(
  database: Database,
  found: readonly VersionFinding[],
  now: number,
): Promise<CountedFindings> {
  const concerned = found.filter(({ severity }) => severity === 'BREAKING' || severity === 'OPENING');
  const coordinates = [...new Set(concerned.flatMap(({ coordinate }) => coordinate ?? []))];
  const grants = await findGrantsOn(database, coordinates, now);
  const findings = found.map(({ code, severity, coordinate, message }): CountedFinding => {
    const own =
      severity === 'NOTE' || coordinate === undefined
        ? []
        : grants.filter((grant) => grant.coordinates.includes(coordinate));
    const scenarios = [...new Set(own.map(({ department, scenario }) => `${department}/${scenario}`))].sort();
    return { code, severity, ...(coordinate !== undefined && { coordinate }), message, grants: own.length, scenarios };
  });
  return { findings, holders: [...new Set(grants.map(({ department }) => department))].sort() };
}
