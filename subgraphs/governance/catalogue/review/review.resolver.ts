import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { CatalogueResult } from '../entry/catalogue-result.js';
import { VERSION } from '../entry/version-argument.js';
import { examineSecrecy, reviewEntry } from './review-entry.command.js';

const APPROVE = [
  'approve',
  () => Boolean,
  { description: '是否同意\nFalse asks for changes, with `reason`.' },
] as const;
const REASON = ['reason', () => String, { nullable: true, description: '意见' }] as const;

/** Review of entries before they are in force. @source HZ-5.2b, HZ-5.3c, HZ-5.4c, HZ-7.3a, JL-15e, YN-9e */
@Resolver()
export class ReviewResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '保密审查\nBy the provider’s person for secrecy, or a secrecy reviewer (HZ-7.3a, HZ-9.2b).',
  })
  examineSecrecy(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Arg(...APPROVE) approved: boolean,
    @Arg(...REASON) reason: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return examineSecrecy(context, { code, version }, { approved, reason: reason ?? undefined });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '审核目录条目\nThe step that waits; several roles of one step decide jointly.',
  })
  reviewResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Arg(...APPROVE) approved: boolean,
    @Arg(...REASON) reason: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return reviewEntry(context, { code, version }, { approved, reason: reason ?? undefined });
  }
}
