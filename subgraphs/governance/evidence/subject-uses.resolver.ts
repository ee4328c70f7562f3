import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { sealList } from '../../../shared/subgraph/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import type { GovernanceContext } from '../core/index.js';
import { EvidencePageArguments, toEvidenceConnection, toPageRequest } from './evidence-page-arguments.js';
import { hashPerson } from './hash-person.js';
import { readSubjectUses } from './read-subject-uses.js';
import { SubjectUseConnection } from './subject-use.js';

/** Answers a citizen's inquiry into the uses of their own data, through the body that answers citizens. */
@Resolver()
export class SubjectUsesResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SubjectUseConnection, {
    nullable: true,
    description:
      '查询本人数据的使用\nFor the body that answers citizens. Sealed uses are counted, not told. The inquiry itself is recorded with the person it was about.',
  })
  async subjectUses(
    @Filters('SubjectUseConnection.identifier')
    @Arg('identifier', () => String, { description: '公民身份号码' })
    identifier: string,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubjectUseConnection> {
    const { em, own } = context;
    const list = sealList(context, 'subjectUses');
    const { uses, total, withheld } = await readSubjectUses(em, hashPerson(own, identifier), toPageRequest(page, list));
    return { ...toEvidenceConnection(uses, page, list), identifier, total, withheld };
  }
}
