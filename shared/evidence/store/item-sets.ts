import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { StoredAccess } from '../read-records.js';
import type { Query } from './store-connection.js';

type Touched = Pick<StoredAccess, 'released' | 'denied' | 'internal' | 'graphVersion'>;

/** Which items an operation touched, as numbers of sets: the same items with the same outcome are one set. */
export class ItemSets {
  private readonly known = new LRUCache<string, number>({ max: 100_000 });

  /** Numbers the sets of a batch, and stores those that are new.
   *  @returns  the number of each record's set, and what to call when the transaction has been committed */
  async number(
    query: Query,
    records: readonly Touched[],
  ): Promise<{ readonly ids: readonly number[]; readonly committed: () => void }> {
    const digests = records.map(digestOf);
    const learnt = new Map<string, number>();
    for (const [i, digest] of digests.entries()) {
      if (this.known.has(digest) || learnt.has(digest)) continue;
      learnt.set(digest, await store(query, digest, records[i]!));
    }
    const ids = digests.map((digest) => (this.known.get(digest) ?? learnt.get(digest))!);
    return { ids, committed: () => learnt.forEach((id, digest) => this.known.set(digest, id)) };
  }
}

/** What tells a set: the graph, and what was released, refused and fetched of it. */
export function digestOf({ graphVersion = '', released, denied, internal }: Touched): string {
  const refused = denied.map(({ coordinate, code }) => `${coordinate}=${code}`);
  return hash('sha256', JSON.stringify([graphVersion, released, refused, internal]), 'base64url');
}

async function store(query: Query, digest: string, touched: Touched): Promise<number> {
  const [added] = await query(
    'insert into evidence.item_set (digest) values ($1) on conflict do nothing returning id',
    [digest],
  );
  if (!added) return Number((await query('select id from evidence.item_set where digest = $1', [digest]))[0]!['id']);
  const { released, denied, internal, graphVersion = '' } = touched;
  const uses: [coordinate: string, part: string, code: string | null][] = [
    ...released.map((coordinate): [string, string, null] => [coordinate, 'released', null]),
    ...denied.map(({ coordinate, code }): [string, string, string] => [coordinate, 'denied', code]),
    ...internal.map((coordinate): [string, string, null] => [coordinate, 'internal', null]),
  ];
  await query(
    `insert into evidence.item_use (items, coordinate, part, code, provider, resource)
     select $1::int, use.coordinate, use.part, use.code, coalesce(item.provider, ''), item.resource
       from unnest($2::text[], $3::text[], $4::text[]) as use (coordinate, part, code)
       left join evidence.graph_item item on item.graph = $5 and item.coordinate = use.coordinate
     on conflict do nothing`,
    [added['id'], ...([0, 1, 2] as const).map((column) => uses.map((use) => use[column])), graphVersion],
  );
  return Number(added['id']);
}
