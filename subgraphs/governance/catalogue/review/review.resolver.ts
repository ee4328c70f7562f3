import { Args, ArgsType, Ctx, Field, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { CatalogueResult } from '../entry/catalogue-result.js';
import { EntryArguments } from '../entry/entry-arguments.js';
import { examineSecrecy, reviewEntry } from './review-entry.command.js';

@ArgsType()
export class EntryReviewArguments extends EntryArguments {
  @Field(() => Boolean, { description: '是否同意\nFalse asks for changes, with `reason`.' })
  approve!: boolean;

  @Field(() => String, { nullable: true, description: '意见' })
  reason?: string | null;
}

/** Review of entries before they are in force. @source HZ-5.2b, HZ-5.3c, HZ-5.4c, HZ-7.3a, JL-15e, YN-9e */
@Resolver()
export class ReviewResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '保密审查\nBy the provider’s person for secrecy, or a secrecy reviewer (HZ-7.3a, HZ-9.2b).',
  })
  examineSecrecy(
    @Args(() => EntryReviewArguments) { approve: approved, reason, ...entry }: EntryReviewArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return examineSecrecy(context, entry, { approved, reason: reason ?? undefined });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '审核目录条目\nThe step that waits; several roles of one step decide jointly.',
  })
  reviewResource(
    @Args(() => EntryReviewArguments) { approve: approved, reason, ...entry }: EntryReviewArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return reviewEntry(context, entry, { approved, reason: reason ?? undefined });
  }
}
