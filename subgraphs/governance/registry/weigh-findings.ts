import { type EvidenceTables, readItemUses } from '../../../shared/evidence/store/index.js';
import { type Database, openTables } from '../core/index.js';
import { findGrantsOn } from '../grant/index.js';
import type { CountedFinding, VersionFinding } from './finding.type.js';

export interface WeighedFindings {
  readonly findings: readonly CountedFinding[];
  /** Departments that have grants of what breaks, opens or ends, or used it. */
  readonly concerned: readonly string[];
}

/** Days before the check of which uses are counted. */
const DAYS = 30;
const DAY_MS = 86_400_000;

/** Counts the grants and the recent uses that each finding concerns now.
 *  @param provider  department of the version, whose items' uses it may know; its own do not count
 *  @param now       ms since the epoch */
export async function weighFindings(
  database: Database,
  provider: string,
  found: readonly VersionFinding[],
  now: number,
): Promise<WeighedFindings> {
  const coordinates = [...new Set(found.filter(isWeighed).flatMap(({ coordinate }) => coordinate ?? []))];
  const grants = await findGrantsOn(database, coordinates, now);
  const since = new Date(now - DAYS * DAY_MS).toISOString().slice(0, 10);
  const recorded = await readItemUses(openTables<EvidenceTables>(database), coordinates, provider, since);
  const uses = recorded.uses.filter(({ department }) => department !== '' && department !== provider);
  const findings = found.map((finding): CountedFinding => {
    const { code, severity, coordinate, message } = finding;
    const plain = { code, severity, ...(coordinate !== undefined && { coordinate }), message };
    if (coordinate === undefined || !isWeighed(finding)) return { ...plain, grants: 0, scenarios: [] };
    const own = grants.filter((grant) => grant.coordinates.includes(coordinate));
    const used = uses.filter((use) => use.coordinate === coordinate);
    const isKnown = recorded.since !== undefined && recorded.known.has(coordinate);
    return {
      ...plain,
      grants: own.length,
      scenarios: [...new Set(own.map(({ department, scenario }) => `${department}/${scenario}`))].sort(),
      usage: used.length > 0 ? 'USED' : isKnown ? 'UNUSED' : 'UNKNOWN',
      uses: used.map(({ department, scenario, requests, lastUse }) => ({ department, scenario, requests, lastUse })),
      ...(isKnown && { usesSince: recorded.since }),
      operations: used.length > 0 ? (recorded.operations.get(coordinate) ?? []) : [],
    };
  });
  const departments = [...grants, ...uses].map(({ department }) => department);
  return { findings, concerned: [...new Set(departments)].sort() };
}

/** Findings of which consumers are told: what breaks or opens, and what will end. */
export const isWeighed = ({ severity, code }: VersionFinding): boolean =>
  severity === 'BREAKING' || severity === 'OPENING' || code === 'ITEM_DEPRECATED';
