import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { FURTHER_OUTCOMES } from '../access-record.js';
import type { ItemPart } from '../visible-use.js';
import type { StoredAccess } from '../log/read-records.js';
import { run, statements } from './statements.js';
import type { Query } from './store-connection.js';

type Touched = Pick<
  StoredAccess,
  'released' | 'denied' | 'internal' | 'graphVersion' | (typeof FURTHER_OUTCOMES)[number]
>;

/** Items that an operation touched, as numbers of sets: the same items with the same outcome are one set. */
export class ItemSets {
  private cache: LRUCache<string, number> | undefined;

  /** Made when it is first needed: it takes its whole room at once, and whoever stores acts alone has no sets. */
  private get known(): LRUCache<string, number> {
    return (this.cache ??= new LRUCache<string, number>({ max: 100_000 }));
  }

  /** Numbers the sets of a batch, and stores those that are new.
   *  @returns  the number of each record's set, and what to call when the transaction has been committed */
  async number(
    query: Query,
    records: readonly Touched[],
  ): Promise<{ readonly ids: readonly number[]; readonly committed: () => void }> {
    const digests = records.map(digestOf);
    const unknown = new Map<string, Touched>();
    for (const [i, digest] of digests.entries()) if (!this.known.has(digest)) unknown.set(digest, records[i]!);
    const learnt = unknown.size > 0 ? await store(query, unknown) : new Map<string, number>();
    const ids = digests.map((digest) => (learnt.get(digest) ?? this.known.get(digest))!);
    return { ids, committed: () => learnt.forEach((id, digest) => this.known.set(digest, id)) };
  }
}

/** Outcomes that came together, in the order in which they came. */
const GROUPS = [FURTHER_OUTCOMES.slice(0, 4), FURTHER_OUTCOMES.slice(4)];

/** Key of a set: the graph, and its items by what became of them. A record that names no outcome of a group has the key that
 *  records had before there was that group. */
export function digestOf(touched: Touched): string {
  const { graphVersion = '', released, denied, internal } = touched;
  const refused = denied.map(({ coordinate, code }) => `${coordinate}=${code}`);
  const groups = GROUPS.map((outcomes) => outcomes.map((outcome) => touched[outcome] ?? []));
  const last = groups.findLastIndex((group) => group.some(({ length }) => length > 0));
  const parts = [graphVersion, released, refused, internal, ...groups.slice(0, last + 1).flat()];
  return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** Stores sets by their digests, where they are not there yet. @returns  the number of each */
async function store(query: Query, sets: ReadonlyMap<string, Touched>): Promise<Map<string, number>> {
  const digests = [...sets.keys()];
  const added = await run(
    query,
    statements
      .insertInto('evidence.item_set')
      .columns(['digest'])
      .expression(sql<{ digest: string }>`select unnest(${digests}::text[])`)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'digest']),
  );
  const uses = added.flatMap(({ id, digest }) => usesOf(id, sets.get(digest)!));
  await query(
    `insert into evidence.item_use (items, coordinate, part, code, provider, resource)
     select use.items, use.coordinate, use.part, use.code, coalesce(item.provider, ''), item.resource
       from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) as use (items, coordinate, part, code, graph)
       left join evidence.graph_item item on item.graph = use.graph and item.coordinate = use.coordinate
     on conflict do nothing`,
    [0, 1, 2, 3, 4].map((column) => uses.map((use) => use[column])),
  );
  const rows = await run(
    query,
    statements
      .selectFrom('evidence.item_set')
      .select(['id', 'digest'])
      .where('digest', '=', sql<string>`any(${digests}::text[])`),
  );
  return new Map(rows.map(({ id, digest }) => [digest, id]));
}

type Use = readonly [items: number, coordinate: string, part: string, code: string | null, graph: string];

const usesOf = (items: number, touched: Touched): Use[] =>
  listParts(touched).map(({ coordinate, part, code }) => [items, coordinate, part, code, touched.graphVersion ?? '']);

/** Every item of a record with what became of it. */
export const listParts = (
  touched: Touched,
): readonly { readonly coordinate: string; readonly part: ItemPart; readonly code: string | null }[] => [
  ...touched.denied.map(({ coordinate, code }) => ({ coordinate, part: 'denied' as const, code })),
  ...(['released', 'internal', ...FURTHER_OUTCOMES] as const).flatMap((part) =>
    (touched[part] ?? []).map((coordinate) => ({ coordinate, part, code: null })),
  ),
];
