import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { type GovernanceContext, type Post, Refusal } from '../core/index.js';
import { findOfficers, Posts } from '../register/index.js';
import { changeGrant } from './end-grant.js';
import { GrantResult } from './grant-result.js';
import { ShareGrant } from './share-grant.entity.js';
import { say } from './messages/index.js';
import { joinTexts } from '../../../shared/kernel/index.js';

const MOST_PERSONS = 1_000;

/** Names the persons of the consuming department who may use a grant. */
@Resolver(() => ShareGrant)
export class GrantPersonsResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, {
    description:
      '内部人员授权\nPersons of the department who may use the grant, by name or by post; everyone and every system where neither is given (QZ-8.2d).',
  })
  authorisePersons(
    @Arg('id', () => String) id: string,
    @Arg('persons', () => [String], { nullable: true, description: '账号标识' }) persons: string[] | undefined,
    @Arg('posts', () => [Posts], { nullable: true, description: '岗位' }) posts: Post[] | undefined,
    @Arg('reason', () => String, { nullable: true, description: '原因' }) reason: string | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    const change = async ({ department }: ShareGrant, _party: unknown, em: GovernanceContext['em']) => {
      if (!persons && !posts) return { persons: null };
      const named = [...new Set(persons ?? [])];
      if (named.length > MOST_PERSONS) return Refusal.because('TOO_MANY', say('persons.most', { most: MOST_PERSONS }));
      const known = await findOfficers(em, department, named);
      const unknown = named.filter((person) => !known.has(person));
      if (unknown.length > 0)
        return Refusal.because(
          'OFFICER_UNKNOWN',
          say('persons.unknown', { persons: joinTexts(unknown.slice(0, 5), ','), department }),
        );
      const active = await findOfficers(em, department, named, { onlyActive: true });
      const suspended = named.filter((person) => !active.has(person));
      if (suspended.length > 0)
        return Refusal.because(
          'OFFICER_SUSPENDED',
          say('persons.suspended', { persons: joinTexts(suspended.slice(0, 5), ',') }),
        );
      return { persons: [...named, ...(posts ?? []).map((post) => `*${post}`)] };
    };
    return changeGrant({ act: 'AUTHORISE_PERSONS', id, grounds: { reason }, as: 'CONSUMER', change }, context);
  }
}
