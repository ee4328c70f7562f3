import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ShareType } from '../../../../shared/kernel/index.js';
import { type Connection, toConnection } from '../../../../shared/subgraph/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { anyOf, cleanText, type Database, seesAll } from '../../core/index.js';
import type { CatalogueState, Openness } from '../checks/vocabulary.rule.js';
import { type CatalogueTables, catalogueTables } from '../tables.js';
import { findSynonyms } from './search-synonym.store.js';
import { buildPairQuery, buildWordQuery } from './search-words.js';

export interface ItemSearch {
  readonly text: string;
  readonly provider?: string | null | undefined;
  readonly library?: string | null | undefined;
  readonly shareType?: ShareType | null | undefined;
  readonly openness?: Openness | null | undefined;
  /** Published entries alone, where absent. */
  readonly state?: CatalogueState | null | undefined;
  /** Entries with these codes alone, where given. */
  readonly codes?: readonly string[] | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface ItemHit {
  /** Id of the item. */
  readonly item: string;
  /** Id of its entry. */
  readonly resource: string;
  readonly rank: number;
  /** Found by parts of words, because no word was found. */
  readonly near: boolean;
}

type Caller = Pick<FetchContext, 'department' | 'roles'>;

/** The last hit of a page: found by parts of words, rank, item. */
const POSITION = z.tuple([z.boolean(), z.number(), z.string()]);
type Position = z.infer<typeof POSITION>;

/** Most items that a search by parts of words ranks: common parts say little. */
const MOST_CANDIDATES = 5_000;

/** Finds items by words; where no word is found, by pairs of characters, so that a mistyped one is found too. Items that
 *  the caller may not see are not found.
 *  @param search  `after` is a position that an earlier page has named
 *  @returns       the best first, equals by their identifiers */
export async function searchItems(
  database: Database,
  search: ItemSearch,
  caller: Caller,
): Promise<Connection<ItemHit>> {
  const after = search.after == null ? undefined : POSITION.parse(JSON.parse(search.after));
  const hits = await findHits(database, search, caller, after);
  return toConnection(hits, {
    first: search.first,
    after: search.after,
    cursorOf: ({ near, rank, item }) => JSON.stringify([near, rank, item] satisfies Position),
  });
}

async function findHits(database: Database, search: ItemSearch, caller: Caller, after?: Position): Promise<ItemHit[]> {
  const words = await buildWordQuery(search.text, (words) => findSynonyms(database, words));
  if (words === undefined) return [];
  const found = after?.[0] === true ? [] : await findBy('words', words, database, search, caller, after);
  const pairs = buildPairQuery(search.text);
  // A later page goes on as the first one began.
  if (found.length > 0 || after?.[0] === false || pairs === undefined) return found;
  return findBy('grams', pairs, database, search, caller, after);
}

async function findBy(
  column: 'words' | 'grams',
  expression: string,
  database: Database,
  { text, provider, library, shareType, openness, state, codes, first }: ItemSearch,
  caller: Caller,
  after?: Position,
): Promise<ItemHit[]> {
  const near = column === 'grams';
  let hits = catalogueTables(database)
    // As a table, so that the planner uses the index: it underrates the cost of a scan that reads every vector.
    .with(
      (cte) => cte('asked').materialized(),
      (db) =>
        db.selectNoFrom([
          sql<string>`${expression}::tsquery`.as('query'),
          sql<string>`replace(${expression}, '&', '|')::tsquery`.as('any'),
        ]),
    )
    .with(
      (cte) => cte('found').materialized(),
      (db) => {
        const candidates = db
          .selectFrom(['asked', 'catalogue_item as item'])
          .select((eb) => ['item.id', 'item.resource', rankBy(column, eb, cleanText(text)).as('rank')])
          .where((eb) => sql<boolean>`${eb.ref(`item.${column}`)} @@ ${eb.ref('asked.query')}`)
          .$if(shareType != null, (query) => query.where('item.share_type', '=', shareType!));
        return near ? candidates.limit(MOST_CANDIDATES) : candidates;
      },
    )
    .selectFrom('found')
    .innerJoin('catalogue_resource as entry', 'entry.id', 'found.resource')
    .select(['found.id as item', 'found.resource', 'found.rank'])
    .where('entry.superseded_at', 'is', null)
    .where('entry.state', '=', state ?? 'PUBLISHED')
    .orderBy('found.rank', 'desc')
    .orderBy('found.id')
    .limit(first + 1);
  if (!seesAll(caller))
    hits = hits.where((eb) =>
      eb.or([eb('entry.state', '=', 'PUBLISHED'), eb('entry.provider', '=', caller.department)]),
    );
  if (provider != null) hits = hits.where('entry.provider', '=', provider);
  if (library != null) hits = hits.where('entry.library', '=', library);
  if (codes) hits = hits.where('entry.code', '=', anyOf(codes));
  if (openness != null) hits = hits.where('entry.openness', '=', openness);
  if (after) {
    const [, rank, id] = after;
    hits = hits.where((eb) =>
      eb.or([eb('found.rank', '<', rank), eb.and([eb('found.rank', '=', rank), eb('found.id', '>', id)])]),
    );
  }
  return (await hits.execute()).map((hit) => ({ ...hit, near }));
}

/** Ranks by words one by one, since their order within a name says nothing, and puts a name that is the text itself first.
 *  Ranks by parts in proportion to the parts that a name has, so that a long name is not better for being long. */
function rankBy(
  column: 'words' | 'grams',
  eb: ExpressionBuilder<
    { item: CatalogueTables['catalogue_item']; asked: { query: string; any: string } },
    'item' | 'asked'
  >,
  text: string,
) {
  return column === 'grams'
    ? sql<number>`ts_rank(${eb.ref('item.grams')}, ${eb.ref('asked.query')}, 2)::float8`
    : sql<number>`(ts_rank(${eb.ref('item.words')}, ${eb.ref('asked.any')})
        + (${eb.ref('item.name')} = ${text})::int)::float8`;
}
