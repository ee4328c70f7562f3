import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import type { GovernanceContext } from '../core/index.js';
import { ActEntry, ActFilter, ActPage } from './act-entry.js';
import { readActs } from './act-reader.js';
import { EvidencePageArguments, pageOf, pageRequest } from './evidence-page-arguments.js';
import { evidenceQuery } from './evidence-query.js';

/** Who decided what. */
@Resolver(() => ActEntry)
export class ActResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ActPage, {
    nullable: true,
    description: '查询治理事项\nOf the own department and what concerns it; all for auditor and authority.',
  })
  async acts(
    @Arg('filter', () => ActFilter, { nullable: true }) filter: ActFilter | null | undefined,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<ActPage> {
    const request = pageRequest(page);
    const found = await readActs(evidenceQuery(em), { ...request, filter: filter ?? {}, reader: fetch });
    const { shown, next } = pageOf(found, request.limit);
    return { items: shown.map(({ entry }) => entry), ...(next && { next }) };
  }
}
