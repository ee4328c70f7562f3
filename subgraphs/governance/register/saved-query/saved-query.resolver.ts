import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { PageArguments, requirePageSize, sealList, type Connection } from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, nextNumber, refuse } from '../../core/index.js';
import { say } from '../messages/index.js';
import { registerTables } from '../tables.js';
import { isQueryText } from './is-query-text.js';
import { cleanQuery, findQueryProblem, MOST_QUERIES } from './saved-query.rule.js';
import { SavedQueryStore, type QueryReader } from './saved-query.store.js';
import { SavedQuery, SavedQueryConnection, SavedQueryInput, SavedQueryResult } from './saved-query.type.js';

/** Queries that persons keep. They are a person's own affair and their department's, and no act of governance. */
@Resolver()
export class SavedQueryResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SavedQueryConnection, {
    nullable: true,
    description:
      '查询已保存的查询\nThe caller’s own, and those that colleagues share with the department; newest first.',
  })
  async savedQueries(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<SavedQuery>> {
    requirePageSize(page.first);
    const list = sealList(context, 'savedQueries');
    return list.seal(await new SavedQueryStore(context.em, readerOf(context)).list(list.open(page)));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SavedQueryResult, { description: '保存查询\nValues of variables are not kept.' })
  async saveQuery(
    @Arg('input', () => SavedQueryInput) input: SavedQueryInput,
    @Ctx() context: GovernanceContext,
  ): Promise<SavedQueryResult> {
    const { name, text, scenario = null, shared } = cleanQuery(input);
    const problem = findQueryProblem({ name, text });
    if (problem) return refuse(problem.code, problem.message);
    if (!isQueryText(text)) return refuse('QUERY_MALFORMED', say('query.malformed'));
    const reader = readerOf(context);
    return context.em.transactional(async (em): Promise<SavedQueryResult> => {
      const store = new SavedQueryStore(em, reader);
      await store.lockReader();
      if (scenario !== null && !(await isScenarioOf(em, reader, scenario)))
        return refuse('SCENARIO_UNKNOWN', say('scenario.unknown', { department: reader.department, code: scenario }));
      const { id } = input;
      const known = id == null ? undefined : await store.find(id);
      if (id != null && !known) return refuse('QUERY_UNKNOWN', say('query.unknown', { id }));
      if (known && !known.own) return refuse('NOT_ENTITLED', say('query.ownersOnly', { owner: known.ownerName }));
      const named = await store.findOwnByName(name);
      if (named && named.id !== known?.id) return refuse('QUERY_KNOWN', say('query.known', { name }));
      const query = { name, text, scenario, shared };
      if (known) await store.replace(known.id, query);
      else if ((await store.countOwn()) >= MOST_QUERIES)
        return refuse('TOO_MANY', say('query.most', { most: MOST_QUERIES }));
      const kept = known?.id ?? (await nextNumber(em, 'saved_query_number', 'SQ'));
      if (!known) await store.insert(kept, query);
      return { query: (await store.find(kept))! };
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SavedQueryResult, {
    description: '删除已保存的查询\nFor good: one’s own; a shared one also by a data administrator of the department.',
  })
  async deleteSavedQuery(
    @Arg('id', () => String) id: string,
    @Ctx() context: GovernanceContext,
  ): Promise<SavedQueryResult> {
    const reader = readerOf(context);
    return context.em.transactional(async (em): Promise<SavedQueryResult> => {
      const store = new SavedQueryStore(em, reader);
      const query = await store.find(id);
      if (!query) return refuse('QUERY_UNKNOWN', say('query.unknown', { id }));
      const administers = () => context.own.holdsPost(em, reader, ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON']);
      if (!query.own && !(await administers()))
        return refuse('NOT_ENTITLED', say('query.ownersOnly', { owner: query.ownerName }));
      await store.delete(id);
      return { query };
    });
  }
}

/** The permission lets persons alone come here. */
const readerOf = ({ fetch }: GovernanceContext): QueryReader => ({
  person: fetch.person!,
  department: fetch.department,
});

async function isScenarioOf(em: GovernanceContext['em'], { department }: QueryReader, code: string): Promise<boolean> {
  const known = await registerTables(em)
    .selectFrom('scenario')
    .select('id')
    .where('department', '=', department)
    .where('code', '=', code)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return known !== undefined;
}
