import { Arg, Args, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, omitNulls } from '../../core/index.js';
import { CatalogueResult } from './catalogue-result.js';
import { createResource } from './create-resource.command.js';
import { describeResource } from './describe-resource.command.js';
import { EntryArguments } from './entry-arguments.js';
import { ResourceDetails, ResourceInput } from './resource-input.js';
import { submitResource } from './submit-resource.command.js';

/** Commands of a provider on its own entries. @source HZ-5.3a, HZ-5.3b, QZ-9.2d, CZ-9.1d */
@Resolver()
export class EntryResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '新建目录条目\nOf data that no subgraph serves; a served one comes from its schema.',
  })
  createResource(
    @Arg('input', () => ResourceInput) input: ResourceInput,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return createResource(context, omitNulls(input));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '补充目录条目说明\nOn an entry in force it begins a new revision.' })
  describeResource(
    @Args(() => EntryArguments) entry: EntryArguments,
    @Arg('details', () => ResourceDetails) details: ResourceDetails,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return describeResource(context, entry, omitNulls(details));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '提交目录条目\nRefused with everything that is wrong with it.' })
  submitResource(
    @Args(() => EntryArguments) entry: EntryArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    return submitResource(context, entry);
  }
}
