import { Args, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, GroundsArguments } from '../../core/index.js';
import { CatalogueResult } from '../entry/catalogue-result.js';
import { EntryArguments } from '../entry/entry-arguments.js';
import { resumeResource, suspendResource, withdrawResource } from './change-publication.command.js';
import { publishResource } from './publish-resource.command.js';

/** Into force, out of it, and back; effective at the gateway within its lease.
 *  @source HZ-5.1c, HZ-5.4c, HZ-7.3a, QZ-5.10 */
@Resolver()
export class PublishResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '发布目录条目\nAfter all reviews; in force at once.' })
  publishResource(
    @Args(() => EntryArguments) entry: EntryArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return publishResource(context, entry);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '暂停目录条目\nNobody but its provider is given its items until it is resumed.',
  })
  suspendResource(
    @Args(() => EntryArguments) entry: EntryArguments,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return suspendResource(context, entry, grounds);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '恢复目录条目' })
  resumeResource(
    @Args(() => EntryArguments) entry: EntryArguments,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return resumeResource(context, entry, grounds);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '撤销目录条目\nA draft is dropped; an entry in force ends.' })
  withdrawResource(
    @Args(() => EntryArguments) entry: EntryArguments,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return withdrawResource(context, entry, grounds);
  }
}
