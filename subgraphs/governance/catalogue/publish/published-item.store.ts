import type { ShareType } from '../../../../shared/kernel/index.js';
import { anyOf, type Database } from '../../core/index.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { catalogueTables } from '../tables.js';

/** An item that is in force. */
export interface PublishedItem {
  readonly coordinate: string;
  readonly provider: string;
  readonly shareType: ShareType;
}

/** An item to put in force. */
interface ServedItem extends PublishedItem {
  readonly name: string;
  readonly basic: boolean;
}

/** Selects the items of an entry that a subgraph serves. */
export const selectServedItems = (items: readonly CatalogueItem[]): ServedItem[] =>
  items.flatMap(({ coordinate, provider, shareType, name, basic }) =>
    coordinate && shareType ? [{ coordinate, provider, shareType, name, basic }] : [],
  );

/** Puts the items of an entry in force, in place of those that it had.
 *  @returns coordinates that another entry has in force already; if there are any, nothing has been changed */
export async function publishItems(
  database: Database,
  { code, library }: Pick<CatalogueResource, 'code' | 'library'>,
  items: readonly ServedItem[],
): Promise<string[]> {
  const taken = await catalogueTables(database)
    .selectFrom('published_item')
    .select('coordinate')
    .where('coordinate', '=', anyOf(items.map(({ coordinate }) => coordinate)))
    .where('resource', '<>', code)
    .execute();
  if (taken.length > 0) return taken.map(({ coordinate }) => coordinate);
  await unpublishItems(database, code);
  await insertItems(
    database,
    items.map((item) => ({ ...item, code, library })),
  );
  return [];
}

/** Takes the items of an entry out of force. */
export async function unpublishItems(database: Database, code: string): Promise<void> {
  await catalogueTables(database).deleteFrom('published_item').where('resource', '=', code).execute();
}

/** An item in force, with the entry that it stands in. */
export interface PublishedEntryItem extends ServedItem {
  readonly code: string;
  readonly library?: string | null | undefined;
}

/** Puts the items of several entries in force, in place of those that these entries had. Writes nothing where nothing
 *  differs, so that no gateway reads its model again. */
export async function replacePublishedItems(
  database: Database,
  codes: readonly string[],
  items: readonly PublishedEntryItem[],
): Promise<void> {
  const before = await catalogueTables(database)
    .selectFrom('published_item')
    .select(['coordinate', 'resource as code', 'provider', 'share_type as shareType', 'title as name', 'basic'])
    .where('resource', '=', anyOf(codes))
    .execute();
  const known = new Set(before.map(toComparable));
  if (known.size === items.length && items.every((item) => known.has(toComparable(item)))) return;
  await catalogueTables(database)
    .deleteFrom('published_item')
    .where((eb) =>
      eb.or([
        eb('resource', '=', anyOf(codes)),
        eb('coordinate', '=', anyOf(items.map(({ coordinate }) => coordinate))),
      ]),
    )
    .execute();
  await insertItems(database, items);
}

const toComparable = ({
  coordinate,
  code,
  provider,
  shareType,
  name,
  basic,
}: Record<'coordinate' | 'code' | 'provider' | 'shareType' | 'name' | 'basic', unknown>): string =>
  JSON.stringify([coordinate, code, provider, shareType, name, basic]);

/** Rows that one statement inserts: PostgreSQL takes 65,535 parameters. */
const BATCH = 5_000;

async function insertItems(database: Database, items: readonly PublishedEntryItem[]): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) {
    const rows = items.slice(at, at + BATCH).map(({ coordinate, code, provider, shareType, name, basic, library }) => ({
      coordinate,
      resource: code,
      provider,
      share_type: shareType,
      title: name,
      basic,
      library: library ?? null,
    }));
    await catalogueTables(database).insertInto('published_item').values(rows).execute();
  }
}

/** Items in force of these coordinates, in the order of their coordinates; none for one that is not in force. */
export async function findPublishedItems(database: Database, coordinates: readonly string[]): Promise<PublishedItem[]> {
  return catalogueTables(database)
    .selectFrom('published_item')
    .select(['coordinate', 'provider', 'share_type as shareType'])
    .where('coordinate', '=', anyOf(coordinates))
    .orderBy('coordinate')
    .execute();
}

/** An item in force, as its entry describes it. */
export interface PublishedItemSource extends Pick<PublishedItem, 'coordinate' | 'provider'> {
  readonly kind: CatalogueResource['kind'];
  readonly subgraph: string | null;
  /** Code of its entry. */
  readonly code: string;
  /** Its type, as the subgraph writes it. */
  readonly type: string;
  readonly name: string;
}

/** Sources of items in force, in the order of their coordinates; none for an item that no subgraph serves. */
export async function findPublishedItemSources(
  database: Database,
  coordinates: readonly string[],
): Promise<PublishedItemSource[]> {
  const rows = await catalogueTables(database)
    .selectFrom('published_item')
    .innerJoin('catalogue_resource as entry', 'entry.code', 'published_item.resource')
    .innerJoin('catalogue_item as item', (join) =>
      join.onRef('item.resource', '=', 'entry.id').onRef('item.coordinate', '=', 'published_item.coordinate'),
    )
    .select(['published_item.coordinate', 'item.provider', 'item.sdl_type', 'item.name'])
    .select(['entry.kind', 'entry.subgraph', 'entry.code'])
    .where('entry.superseded_at', 'is', null)
    .where('entry.state', '=', 'PUBLISHED')
    .where('published_item.coordinate', '=', anyOf(coordinates))
    .orderBy('published_item.coordinate')
    .execute();
  return rows.flatMap(({ sdl_type: type, subgraph, ...same }) =>
    type == null ? [] : [{ ...same, type, subgraph: subgraph ?? null }],
  );
}

/** Coordinates of the items in force of these departments, by department. */
export async function listPublishedCoordinates(
  database: Database,
  providers: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await catalogueTables(database)
    .selectFrom('published_item')
    .select(['provider', 'coordinate'])
    .where('provider', '=', anyOf(providers))
    .execute();
  const byProvider = Map.groupBy(rows, ({ provider }) => provider);
  return new Map([...byProvider].map(([provider, items]) => [provider, new Set(items.map((item) => item.coordinate))]));
}
