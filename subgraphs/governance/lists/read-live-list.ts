import { readDemands, readOwedEntries, type Demand } from '../application/index.js';
import { type LineRange, readSharedResources, readWithheldItems } from '../catalogue/index.js';
import type { Database } from '../core/index.js';
import { findGrantStates, type GrantState } from '../grant/index.js';
import { findScenarios } from '../register/index.js';
import type { ListKind, ListRow, ListState } from './list-kind.rule.js';

export interface LiveListContext {
  readonly database: Database;
  readonly now: Date;
  /** Keys of the viewer, to whose demands the list of demands is cut; undefined for one who sees all. */
  readonly viewer?: readonly string[] | undefined;
}
type ReadLive = (context: LiveListContext, range: LineRange) => Promise<ListRow[]>;

const EMPTY = { provider: null, resource: null, shareType: null, scenario: null, updateCycle: null, openness: null };

/** The entries in force that each department must share, and the entries that it owes the catalogue. */
const readResponsibilities: ReadLive = async ({ database, now }, range) => {
  const shared = await readSharedResources(database, now, range);
  const owed = await readOwedEntries(database, range);
  const lines = [
    ...shared.map((line): ListRow => ({ ...EMPTY, ...line })),
    ...owed.map((entry): ListRow => ({ ...EMPTY, ...entry, items: [], basis: [], state: 'ENTRY_OWED' })),
  ];
  return lines.sort(byKey).slice(0, range.limit);
};

/** The data that each department has applied for, and how far each application is met. */
const readAllDemands: ReadLive = async ({ database, now, viewer }, range) => {
  const demands = await readDemands(database, viewer, range);
  const grants = await findGrantStates(
    database,
    demands.flatMap(({ grant }) => grant ?? []),
    now,
  );
  const scenarios = await findScenarios(database, [...new Set(demands.map(({ department }) => department))]);
  return demands.map((demand): ListRow => {
    const { key, department, provider, scenario, asked, description } = demand;
    const named = scenarios.find((each) => each.department === department && each.code === scenario)?.name;
    const name = description ?? named ?? scenario ?? key;
    const state = stateOfDemand(demand, grants.get(demand.grant ?? ''));
    return { ...EMPTY, key, department, provider, scenario, name, items: asked, basis: [], state };
  });
};

function stateOfDemand({ status, asked, agreed }: Demand, grant: GrantState | undefined): ListState {
  if (status === 'REFUSED') return 'REFUSED';
  if (status === 'ENTRY_PENDING') return 'ENTRY_OWED';
  if (status !== 'AGREED') return 'PENDING';
  if (grant === 'ENDED' || grant === 'SUSPENDED') return grant;
  return agreed.length < asked.length ? 'PARTLY_MET' : 'MET';
}

/** Items in force that are not shared. */
const readNegatives: ReadLive = async ({ database }, range) =>
  (await readWithheldItems(database, range)).map((line) => ({ ...EMPTY, ...line }));

/** The database compares keys by their bytes. */
const byKey = (one: ListRow, other: ListRow): number => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key));

/** Lists as they are now, read from the rooms whose state they list, in the order of their keys. */
export const READ_LIVE: Readonly<Record<ListKind, ReadLive>> = {
  RESPONSIBILITY: readResponsibilities,
  DEMAND: readAllDemands,
  NEGATIVE: readNegatives,
};
