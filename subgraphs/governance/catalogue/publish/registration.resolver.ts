import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { registerCatalogue } from './register-catalogue.command.js';
import { RegistrationResult } from './registration-result.js';

/** The schema is the catalogue. @source share-rules section 1; HZ-5.3b, HZ-5.4b, QZ-4.2b */
@Resolver()
export class RegistrationResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => RegistrationResult, {
    description:
      '登记子图目录\nA provider registers its own entries; the authority and the operator those of every department.',
  })
  registerCatalogue(
    @Arg('subgraph', () => String) subgraph: string,
    @Ctx() context: GovernanceContext,
  ): Promise<RegistrationResult> {
    return registerCatalogue(context, subgraph);
  }
}
