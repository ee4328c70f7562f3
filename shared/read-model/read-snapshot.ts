import {
  GRANT_MODES,
  MASKS,
  ROLES,
  SHARE_TYPES,
  type Coordinate,
  type Grant,
  type GrantMode,
  type Mask,
  type Role,
  type ShareType,
} from '../kernel/index.js';
import { scenarioKey, type GovernanceSnapshot, type PublishedItem, type PublishedItems } from './read-model.js';

/** The one place that knows both the tables of governance and the read model of the gateway. */

/** Channel on which governance announces a new version, within the transaction that makes it. */
export const GOVERNANCE_CHANNEL = 'sharehub_governance';
export const VERSION_SQL = 'select version from read_model';

type Row = Record<string, unknown>;
export type SnapshotQuery = (sql: string, values?: readonly unknown[]) => Promise<Row[]>;

const GRANTS_SQL = `
  select id, department, scenario, mode, coordinates,
         (extract(epoch from from_at) * 1000)::float8 as from, (extract(epoch from until_at) * 1000)::float8 as until,
         suspended or held_by_consumer is not null or held_by_provider is not null as suspended,
         revoked_at is not null as revoked, rows, quota_per_day, masks, coordination, approver, basis, persons, identities
    from share_grant`;

const OFFICERS_SQL = `
  select subject, name, department, roles, suspended,
         (select json_agg(distinct post) from appointment
           where officer = subject and appointment.department = officer.department and until_at is null) as posts
    from officer`;

/** Reads the read model. The version is read first, so that what changes in between is read again next time.
 *  @param previous  reads only the grants that changed since, where the version has not gone back */
export async function readSnapshot(query: SnapshotQuery, previous?: GovernanceSnapshot): Promise<GovernanceSnapshot> {
  const [head] = await query(VERSION_SQL);
  const version = Number(head?.['version']);
  if (!Number.isSafeInteger(version)) throw new Error('the governance database has no version');
  const base = previous && previous.version <= version ? previous : undefined;
  const departments = await query('select code, name, roles, suspended from department');
  const systems = await query('select client_id, name, department, suspended from registered_system');
  const officers = await query(OFFICERS_SQL);
  const scenarios = await query('select department, code, name, purpose from scenario');
  const rows = base
    ? await query(`${GRANTS_SQL} where changed > $1`, [base.version])
    : await query(`${GRANTS_SQL} where revoked_at is null`);
  return {
    version,
    departments: indexRows(departments, 'code', (row) => ({
      code: text(row, 'code'),
      name: text(row, 'name'),
      roles: roles(row),
      suspended: row['suspended'] !== false,
    })),
    systems: indexRows(systems, 'client_id', (row) => ({
      clientId: text(row, 'client_id'),
      name: text(row, 'name'),
      department: text(row, 'department'),
      suspended: row['suspended'] !== false,
    })),
    officers: indexRows(officers, 'subject', (row) => ({
      subject: text(row, 'subject'),
      name: text(row, 'name'),
      department: text(row, 'department'),
      roles: roles(row),
      ...(isTexts(row['posts']) && { posts: row['posts'] }),
      suspended: row['suspended'] !== false,
    })),
    scenarios: new Map(
      scenarios.map((row) => [
        scenarioKey(text(row, 'department'), text(row, 'code')),
        {
          department: text(row, 'department'),
          code: text(row, 'code'),
          name: text(row, 'name'),
          purpose: text(row, 'purpose'),
        },
      ]),
    ),
    grants: applyGrantChanges(base?.grants ?? new Map(), rows),
  };
}

/** Reads the read model with what of the catalogue is in force. That is read again only when it has changed. */
export async function readReviewedSnapshot(
  query: SnapshotQuery,
  previous?: GovernanceSnapshot,
): Promise<GovernanceSnapshot> {
  const snapshot = await readSnapshot(query, previous);
  const [head] = await query('select catalogue from read_model');
  const catalogue = Number(head?.['catalogue']);
  if (!Number.isSafeInteger(catalogue)) throw new Error('the governance database has no version of the catalogue');
  const known = previous && previous.version <= snapshot.version && previous.catalogue === catalogue;
  const published = known ? previous.published : undefined;
  return { ...snapshot, catalogue, published: published ?? (await readPublished(query)) };
}

/** A row that cannot be read publishes nothing. */
async function readPublished(query: SnapshotQuery): Promise<PublishedItems> {
  const rows = await query('select coordinate, provider, share_type from published_item');
  return new Map(
    rows.flatMap((row): [string, PublishedItem][] =>
      (SHARE_TYPES as readonly unknown[]).includes(row['share_type'])
        ? [[text(row, 'coordinate'), { provider: text(row, 'provider'), shareType: row['share_type'] as ShareType }]]
        : [],
    ),
  );
}

/** Lists of untouched departments and scenarios stay the same objects: decisions on them stay valid. */
function applyGrantChanges(
  before: ReadonlyMap<string, readonly Grant[]>,
  rows: readonly Row[],
): ReadonlyMap<string, readonly Grant[]> {
  const changed = new Map<string, Map<string, Grant>>();
  for (const row of rows) {
    const key = scenarioKey(text(row, 'department'), text(row, 'scenario'));
    let grants = changed.get(key);
    if (!grants) changed.set(key, (grants = new Map(before.get(key)?.map((grant) => [grant.id, grant]))));
    const grant = row['revoked'] === true ? undefined : grantOf(row);
    if (grant) grants.set(grant.id, grant);
    else grants.delete(text(row, 'id'));
  }
  if (changed.size === 0) return before;
  const after = new Map(before);
  for (const [key, grants] of changed) after.set(key, [...grants.values()]);
  return after;
}

/** A row that cannot be read in full gives no grant. */
function grantOf(row: Row): Grant | undefined {
  const { mode, coordinates, rows, masks, quota_per_day: quota, persons, identities } = row;
  const from = Number(row['from']);
  const until = Number(row['until']);
  const readable =
    (GRANT_MODES as readonly unknown[]).includes(mode) &&
    isTexts(coordinates) &&
    (rows === null || isTexts(rows)) &&
    (masks === null || Object.values(masks as object).every((mask) => (MASKS as readonly unknown[]).includes(mask))) &&
    (quota === null || Number.isInteger(quota)) &&
    (persons === null || isTexts(persons)) &&
    (identities === null || isTexts(Object.values(identities as object))) &&
    Number.isFinite(from) &&
    Number.isFinite(until);
  if (!readable) return undefined;
  return {
    id: text(row, 'id'),
    department: text(row, 'department'),
    scenario: text(row, 'scenario'),
    mode: mode as GrantMode,
    coordinates: coordinates as Coordinate[],
    from,
    until,
    suspended: row['suspended'] !== false,
    ...(rows !== null && { rows: rows }),
    ...(quota !== null && { quotaPerDay: quota as number }),
    ...(masks !== null && { masks: masks as Record<Coordinate, Mask> }),
    ...(persons !== null && { persons }),
    ...(identities !== null && { identities: identities as Record<Coordinate, string> }),
    ...(row['coordination'] != null && { coordination: text(row, 'coordination') }),
    approver: text(row, 'approver'),
    basis: isTexts(row['basis']) ? row['basis'] : [],
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const text = (row: Row, column: string): string => String(row[column]);
const roles = (row: Row): Role[] => ROLES.filter((role) => isTexts(row['roles']) && row['roles'].includes(role));
const indexRows = <T>(rows: readonly Row[], column: string, read: (row: Row) => T): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [text(row, column), read(row)]));
