import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { type Connection, sealList } from '../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../core/index.js';
import { Act, ActConnection, ActFilter } from './act.js';
import { EvidencePageArguments, toEvidenceConnection, toPageRequest } from './evidence-page-arguments.js';
import { readActs } from './read-acts.js';
import { evidenceTables } from './tables.js';

/** Reads the acts of governance that the caller may see. */
@Resolver(() => Act)
export class ActResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ActConnection, {
    nullable: true,
    description:
      '查询治理事项\nOf the own department and what concerns it; all for auditor and authority. Newest first.',
  })
  async acts(
    @Arg('filter', () => ActFilter, { nullable: true }) filter: ActFilter | null | undefined,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<Act>> {
    const list = sealList(context, 'acts');
    const request = { ...toPageRequest(page, list), filter: filter ?? {}, reader: context.fetch };
    const acts = await readActs(evidenceTables(context.em), request);
    return toEvidenceConnection(acts, page, list);
  }
}
