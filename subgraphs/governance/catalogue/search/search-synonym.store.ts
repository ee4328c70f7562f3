import { anyOf, type Database } from '../../core/index.js';
import { catalogueTables } from '../tables.js';

/** Words of catalogues by words of everyday life. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** Finds what catalogues say for these words; those that have no synonym are left out. */
export async function findSynonyms(database: Database, words: readonly string[]): Promise<Synonyms> {
  const rows = await catalogueTables(database)
    .selectFrom('search_synonym')
    .select(['word', 'meanings'])
    .where('word', '=', anyOf(words))
    .execute();
  return new Map(rows.map(({ word, meanings }) => [word, meanings]));
}
