import type { GovernanceSnapshot, PublishedSubgraph } from './read-model.js';
import { readSubgraph, readVersion, readVersionKey } from './snapshot-rows.js';

type Query = (sql: string, values?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Published versions, in the order of their publication, and for each subgraph among them the version before. */
const VERSIONS_SQL = `
  select id, subgraph, published from (
    select id, subgraph, state = 'PUBLISHED' as published, published_at,
           row_number() over (partition by subgraph, state order by published_at desc, number desc) as newest
      from subgraph_version where state in ('PUBLISHED', 'SUPERSEDED') and sdl is not null) as version
   where newest = 1 order by published_at, id`;

/** The version that was checked last of those that can be published. */
const UPCOMING_SQL = `
  select id, subgraph, false as published from subgraph_version where state = 'CHECKED' and sdl is not null
   order by checked_at desc, id desc limit 1`;

/** Reads the subgraphs that departments have published, and the version that may come next. The schema of a version is read once,
 *  since it never changes. */
export async function readSubgraphs(
  query: Query,
  base: GovernanceSnapshot | undefined,
): Promise<Pick<GovernanceSnapshot, 'subgraphs' | 'upcoming' | 'registry'>> {
  const [head] = await query('select subgraphs from read_model');
  const registry = readVersion(head?.['subgraphs']);
  if (registry === undefined) throw new Error('the governance database has no version of the registry');
  if (base?.subgraphs && base.registry === registry)
    return { subgraphs: base.subgraphs, registry, ...(base.upcoming && { upcoming: base.upcoming }) };
  const keys = (await query(VERSIONS_SQL)).map(readVersionKey);
  const [next] = (await query(UPCOMING_SQL)).map(readVersionKey);
  const known = new Map(
    [...(base?.subgraphs ?? []), base?.upcoming ?? []]
      .flat()
      .flatMap((version) => [version, version.previous ?? []].flat())
      .map((each) => [each.id, each]),
  );
  const unread = [...keys, next ?? []].flat().flatMap(({ id }) => (known.has(id) ? [] : id));
  const rows =
    unread.length === 0
      ? []
      : await query('select id, subgraph, url, sdl from subgraph_version where id = any($1::text[])', [unread]);
  for (const version of rows.map(readSubgraph)) known.set(version.id, version);
  const versionOf = (id: string | undefined): PublishedSubgraph | undefined => {
    const version = id === undefined ? undefined : known.get(id);
    return version && { id: version.id, subgraph: version.subgraph, url: version.url, sdl: version.sdl };
  };
  const subgraphs = keys.flatMap(({ id, subgraph, published }): PublishedSubgraph[] => {
    const version = published ? versionOf(id) : undefined;
    const previous = versionOf(keys.find((key) => key.subgraph === subgraph && !key.published)?.id);
    return version ? [{ ...version, ...(previous && { previous }) }] : [];
  });
  const upcoming = next && (next.id === base?.upcoming?.id ? base.upcoming : versionOf(next.id));
  const isSame = base?.subgraphs !== undefined && isSameList(base.subgraphs, subgraphs);
  return { subgraphs: isSame ? base.subgraphs : subgraphs, registry, ...(upcoming && { upcoming }) };
}

const isSameList = (one: readonly PublishedSubgraph[], other: readonly PublishedSubgraph[]): boolean =>
  one.length === other.length &&
  one.every(({ id, previous }, at) => id === other[at]!.id && previous?.id === other[at]!.previous?.id);
