import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import type { GovernanceContext } from '../core/index.js';
import { EvidencePageArguments, pageOf, pageRequest } from './evidence-page-arguments.js';
import { evidenceQuery } from './evidence-query.js';
import { hashesOfPerson } from './hashes-of-person.js';
import { readSubjectUses } from './subject-use-reader.js';
import { SubjectUses } from './subject-uses.js';

/** What a citizen is told of the uses of their own data, by the body that answers citizens. */
@Resolver(() => SubjectUses)
export class SubjectUsesResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SubjectUses, {
    nullable: true,
    description:
      '查询本人数据的使用\nFor the body that answers citizens. Sealed uses are counted, not told. The inquiry itself is recorded with the person it was about.',
  })
  async subjectUses(
    @Filters('SubjectUses.identifier')
    @Arg('identifier', () => String, { description: '公民身份号码' })
    identifier: string,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() { em, own }: GovernanceContext,
  ): Promise<SubjectUses> {
    const request = pageRequest(page);
    const found = await readSubjectUses(evidenceQuery(em), hashesOfPerson(own, identifier), request);
    const { shown, next } = pageOf(found.uses, request.limit);
    const { total, withheld } = found;
    return { identifier, items: shown.map(({ use }) => use), total, withheld, ...(next && { next }) };
  }
}
