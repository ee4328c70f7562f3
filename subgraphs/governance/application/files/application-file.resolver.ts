import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { ReadsOf } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { ShareApplication } from '../draft/share-application.entity.js';
import { ApplicationFile, ApplicationFileInput, ApplicationFileResult } from './application-file.entity.js';
import { attachToApplication } from './attach-to-application.command.js';
import { isPartyTo } from './is-party.js';

/** Files that support applications. */
@Resolver(() => ShareApplication)
export class ApplicationFileResolver {
  @FieldResolver(() => [ApplicationFile], {
    description: '附件\nFor the parties and the reviewers; none for auditors, who see that there are acts.',
  })
  @ReadsOf(ShareApplication, 'id', 'visibleTo')
  async files(@Root() { id, visibleTo }: ShareApplication, @Ctx() { em, fetch }: GovernanceContext) {
    if (!isPartyTo(visibleTo, fetch)) return [];
    return em.find(ApplicationFile, { application: id }, { orderBy: { id: 'asc' }, disableIdentityMap: true });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ApplicationFileResult, {
    description:
      '提交申请附件\nPDF, JPEG or PNG. It is uploaded to its address by the tus protocol, and can be fetched there once it was looked at.',
  })
  attachToApplication(
    @Arg('application', () => String, { description: '申请编号' }) application: string,
    @Arg('file', () => ApplicationFileInput) file: ApplicationFileInput,
    @Ctx() context: GovernanceContext,
  ): Promise<ApplicationFileResult> {
    return attachToApplication(context, application, file);
  }
}
