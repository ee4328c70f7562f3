import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import type { GovernanceContext } from '../core/index.js';
import { EvidencePageArguments, pageOf, pageRequest } from './evidence-page-arguments.js';
import { evidenceQuery } from './evidence-query.js';
import { hashesOfPerson } from './hashes-of-person.js';
import { UseFilter } from './use-filter.js';
import { readUses } from './use-reader.js';
import { viewed } from './use-view.js';
import { Use, UsePage } from './use.js';
import { viewerOf } from './viewer.js';

/** Who used what, for whom it concerns. */
@Resolver(() => Use)
export class UseResolver {
  @Share('UNCONDITIONAL')
  @Query(() => UsePage, {
    nullable: true,
    description:
      '查询使用记录\nA consumer sees its own; a provider every use of its items, and of each its own items only; auditor and authority all.',
  })
  async uses(
    @Arg('filter', () => UseFilter, { nullable: true }) filter: UseFilter | null | undefined,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<UsePage> {
    const query = evidenceQuery(em);
    const viewer = viewerOf(fetch);
    const { subject, ...question } = filter ?? {};
    const hashes = subject == null ? undefined : hashesOfPerson(own, subject);
    const request = pageRequest(page);
    const found = await readUses(query, {
      ...request,
      question: { ...question, subject: hashes },
      viewer,
      timeZone: own.timeZone,
    });
    const { shown, next } = pageOf(found, request.limit);
    return { items: await viewed(query, shown, viewer), ...(next && { next }), subject: subject ?? null };
  }
}
