import type { Query } from '../../../../shared/evidence/store/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { cleanText, seesAll } from '../../core/index.js';
import { gramQueryOf, wordQueryOf } from './words.js';

export interface Search {
  readonly text: string;
  readonly provider?: string | null | undefined;
  readonly library?: string | null | undefined;
  readonly shareType?: string | null | undefined;
  readonly openness?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly first: number;
  readonly skip: number;
}
export interface Hit {
  readonly item: string;
  readonly resource: string;
  readonly rank: number;
  readonly near: boolean;
}

/** Rows that a search by parts of words looks at: what is common says little. */
const MOST_CANDIDATES = 5_000;

/** Finds items by words; where no word is found, by pairs of characters, so that a mistyped one is found too. What the
 *  caller may not see is not found.
 *  @returns  the best first, equals by their identifiers */
export async function searchItems(
  query: Query,
  search: Search,
  fetch: Pick<FetchContext, 'department' | 'roles'>,
): Promise<Hit[]> {
  const words = await wordQueryOf(search.text);
  if (words === undefined) return [];
  const found = await hits(query, 'words', words, search, fetch);
  if (found.length > 0 || search.skip > 0) return found;
  const grams = gramQueryOf(search.text);
  return grams === undefined ? [] : hits(query, 'grams', grams, search, fetch);
}

async function hits(
  query: Query,
  by: 'words' | 'grams',
  expression: string,
  { text, provider, library, shareType, openness, state, first, skip }: Search,
  fetch: Pick<FetchContext, 'department' | 'roles'>,
): Promise<Hit[]> {
  const near = by === 'grams';
  // Divided by the number of pairs that a name has, so that a long name is not better for being long.
  // Words are weighed one by one: their order within a name says nothing. A name that is the text itself comes first.
  const rank = near
    ? 'ts_rank(item.grams, asked.query, 2)'
    : `ts_rank(item.words, replace(asked.query::text, '&', '|')::tsquery) + (item.name = asked.name)::int`;
  const rows = await query(
    `with asked as materialized (select $1::tsquery as query, $11::text as name),
          found as materialized (
            select item.id, item.resource, ${rank} as rank
              from asked, catalogue_item item
             where item.${by} @@ asked.query and ($4::text is null or item.share_type = $4)
             ${near ? `limit ${MOST_CANDIDATES}` : ''})
     select found.id as item, found.resource, found.rank
       from found join catalogue_resource entry on entry.id = found.resource
      where entry.superseded_at is null
        and entry.state = coalesce($6, 'PUBLISHED')
        and ($7 or entry.state = 'PUBLISHED' or entry.provider = $8)
        and ($2::text is null or entry.provider = $2)
        and ($3::text is null or entry.library = $3)
        and ($5::text is null or entry.openness = $5)
      order by found.rank desc, found.id
      limit $9 offset $10`,
    [
      ...[expression, provider ?? null, library ?? null, shareType ?? null, openness ?? null, state ?? null],
      ...[seesAll(fetch), fetch.department, first, skip, cleanText(text)],
    ],
  );
  return rows.map((row) => ({
    item: String(row['item']),
    resource: String(row['resource']),
    rank: Number(row['rank']),
    near,
  }));
}
