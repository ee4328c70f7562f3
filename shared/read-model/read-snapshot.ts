import type { Grant } from '../kernel/index.js';
import type { ReleasePolicy } from '../share/releases/release.js';
import { readProtections } from './read-protections.js';
import { scenarioKey, type GovernanceSnapshot, type PublishedItem, type PublishedItems } from './read-model.js';
import { readDisputes } from './read-disputes.js';
import { readKeyVersions } from './read-key-versions.js';
import { readSubgraphs } from './read-subgraphs.js';
import {
  readConsent,
  readDepartment,
  readGrant,
  readGrantKey,
  readOfficer,
  readPermit,
  readPublishedItem,
  readScenario,
  readSuccession,
  readSystem,
  readVersion,
} from './snapshot-rows.js';

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
         (select json_agg(json_build_object('party', party, 'reason', reason, 'since', extract(epoch from since) * 1000))
            from (values ('CONSUMER', held_by_consumer, consumer_since), ('PROVIDER', held_by_provider, provider_since),
                         ('PLATFORM', case when suspended then coalesce(suspension, '') end, platform_since))
              as held (party, reason, since)
           where reason is not null) as suspensions,
         revoked_at is not null as revoked, rows, quota_per_day, masks, coordination, approver, basis, persons, identities,
         verification_details
    from share_grant`;

const OFFICERS_SQL = `
  select subject, name, department, roles, suspended,
         (select json_agg(distinct post) from appointment
           where officer = subject and appointment.department = officer.department and until_at is null) as posts
    from officer`;

const PERMITS_SQL = 'select subgraph, department from subgraph_publisher where withdrawn_at is null order by id';

const CONSENTS_SQL = `
  select id, item, identity, owner, receiver, receiver_subgraph, use, coordinate, purpose, proposed_by, first_by, second_by,
         (extract(epoch from until_at) * 1000)::float8 as until,
         (extract(epoch from revoked_at) * 1000)::float8 as revoked
    from owner_consent where second_at is not null order by id`;

const SUCCESSIONS_SQL = `
  select kind, id, from_department as from, to_department as to from department_succession order by position`;

/** Reads the read model. The version is read first, so that what changes in between is read again next time.
 *  @param previous  reads only the grants that changed since, where the version has not gone back */
export async function readSnapshot(query: SnapshotQuery, previous?: GovernanceSnapshot): Promise<GovernanceSnapshot> {
  const [head] = await query(VERSION_SQL);
  const version = readVersion(head?.['version']);
  if (version === undefined) throw new Error('the governance database has no version');
  const base = previous && previous.version <= version ? previous : undefined;
  const departments = await query('select code, name, roles, suspended from department');
  const systems = await query(
    'select client_id, name, department, suspended, redirect_uris, browser, trusted_documents, trusted_documents_only from registered_system',
  );
  const officers = await query(OFFICERS_SQL);
  const scenarios = await query('select department, code, name, purpose from scenario where ended_at is null');
  const rows = base
    ? await query(`${GRANTS_SQL} where changed > $1`, [base.version])
    : await query(`${GRANTS_SQL} where revoked_at is null`);
  return {
    version,
    departments: new Map(departments.map(readDepartment).map((entry) => [entry.code, entry])),
    systems: new Map(systems.map(readSystem).map((entry) => [entry.clientId, entry])),
    officers: new Map(officers.map(readOfficer).map((entry) => [entry.subject, entry])),
    scenarios: new Map(scenarios.map(readScenario).map((entry) => [scenarioKey(entry.department, entry.code), entry])),
    grants: applyGrantChanges(base?.grants ?? new Map(), rows),
    ...(await readReleases(query, base)),
    ...(await readProtectionsSince(query, base)),
    ...(await readSubgraphs(query, base)),
    ...(await readDisputes(query, base)),
    keys: await readKeyVersions(query),
  };
}

/** Reads permits, consents and successions, and keeps the objects of before where none of them has changed. */
async function readReleases(
  query: SnapshotQuery,
  base: GovernanceSnapshot | undefined,
): Promise<ReleasePolicy & { readonly releases: number }> {
  const [head] = await query('select releases from read_model');
  const releases = readVersion(head?.['releases']);
  if (releases === undefined) throw new Error('the governance database has no version of permits and consents');
  if (base?.releases === releases) {
    const { publishers, consents, successions = [] } = base;
    return { publishers, consents, successions, releases };
  }
  const permits = Map.groupBy((await query(PERMITS_SQL)).map(readPermit), ({ subgraph }) => subgraph);
  const consents = (await query(CONSENTS_SQL)).map(readConsent).filter((consent) => consent !== undefined);
  return {
    publishers: new Map([...permits].map(([name, given]) => [name, given.map(({ department }) => department)])),
    consents,
    successions: (await query(SUCCESSIONS_SQL)).map(readSuccession),
    releases,
  };
}

/** Reads protections, and keeps the objects of before where none has changed. */
async function readProtectionsSince(
  query: SnapshotQuery,
  base: GovernanceSnapshot | undefined,
): Promise<Required<Pick<GovernanceSnapshot, 'protections' | 'protectionsVersion'>>> {
  const [head] = await query('select protections from read_model');
  const protectionsVersion = readVersion(head?.['protections']);
  if (protectionsVersion === undefined) throw new Error('the governance database has no version of protections');
  const isSame = base?.protections && base.protectionsVersion === protectionsVersion;
  return { protections: isSame ? base.protections : await readProtections(query), protectionsVersion };
}

/** Reads the read model together with the published catalogue, which is read again only when it has changed. */
export async function readReviewedSnapshot(
  query: SnapshotQuery,
  previous?: GovernanceSnapshot,
): Promise<GovernanceSnapshot> {
  const snapshot = await readSnapshot(query, previous);
  const [head] = await query('select catalogue from read_model');
  const catalogue = readVersion(head?.['catalogue']);
  if (catalogue === undefined) throw new Error('the governance database has no version of the catalogue');
  const known = previous && previous.version <= snapshot.version && previous.catalogue === catalogue;
  const published = known ? previous.published : undefined;
  return { ...snapshot, catalogue, published: published ?? (await readPublished(query)) };
}

async function readPublished(query: SnapshotQuery): Promise<PublishedItems> {
  const rows = await query('select coordinate, provider, share_type from published_item');
  const items = rows.map(readPublishedItem).filter((item) => item !== undefined);
  return new Map(items.map(({ coordinate, ...item }): [string, PublishedItem] => [coordinate, item]));
}

/** Lists of untouched departments and scenarios stay the same objects: decisions on them stay valid. */
function applyGrantChanges(
  before: ReadonlyMap<string, readonly Grant[]>,
  rows: readonly Row[],
): ReadonlyMap<string, readonly Grant[]> {
  const changed = new Map<string, Map<string, Grant>>();
  for (const row of rows) {
    const { id, department, scenario, revoked } = readGrantKey(row);
    const key = scenarioKey(department, scenario);
    let grants = changed.get(key);
    if (!grants) changed.set(key, (grants = new Map(before.get(key)?.map((grant) => [grant.id, grant]))));
    const grant = revoked ? undefined : readGrant(row);
    if (grant) grants.set(id, grant);
    else grants.delete(id);
  }
  if (changed.size === 0) return before;
  const after = new Map(before);
  for (const [key, grants] of changed) after.set(key, [...grants.values()]);
  return after;
}
