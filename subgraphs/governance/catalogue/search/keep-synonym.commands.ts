import { type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import { say } from '../messages/index.js';
import { SearchSynonym, type SearchSynonymResult } from './search-synonym.entity.js';
import { findSynonymProblem, foldWord, MOST_MEANINGS } from './search-synonym.rule.js';

const FRESH = { disableIdentityMap: true } as const;

/** Adds a synonym, or gives it other meanings. @source HZ-8.3a */
export async function setSynonym(
  { em, fetch, own }: GovernanceContext,
  given: { readonly word: string; readonly meanings: readonly string[] },
): Promise<SearchSynonymResult> {
  const word = foldWord(given.word);
  const meanings = given.meanings.map(foldWord);
  const problem = findSynonymProblem(word, meanings);
  if (problem) return refuse('SYNONYM_MALFORMED', say(problem, { most: MOST_MEANINGS }));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<SearchSynonymResult>> => {
    const before = await em.findOne(SearchSynonym, { word }, FRESH);
    const row = { word, meanings, changedAt: new Date(own.now()), changedBy: fetch.person ?? null };
    await em.upsert(SearchSynonym, row);
    const synonym = await em.findOneOrFail(SearchSynonym, { word }, FRESH);
    return {
      result: { synonym },
      decision: {
        act: 'SET_SYNONYM',
        object: `synonym/${word}`,
        concerns: [],
        terms: { meanings, before: before?.meanings ?? null },
      },
    };
  });
}

/** Removes a synonym: a search for the word finds the word alone. */
export async function removeSynonym(
  { em, fetch, own }: GovernanceContext,
  given: string,
): Promise<SearchSynonymResult> {
  const word = foldWord(given);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<SearchSynonymResult>> => {
    const synonym = await em.findOne(SearchSynonym, { word }, FRESH);
    if (!synonym) return { result: refuse('SYNONYM_UNKNOWN', say('synonym.unknown', { word: word.slice(0, 20) })) };
    await em.nativeDelete(SearchSynonym, { word });
    return {
      result: { synonym },
      decision: {
        act: 'REMOVE_SYNONYM',
        object: `synonym/${word}`,
        concerns: [],
        terms: { meanings: synonym.meanings },
      },
    };
  });
}
