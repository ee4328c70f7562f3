import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { liftLock } from './lift-lock.command.js';
import {
  VerificationLock,
  VerificationLockConnection,
  VerificationLockResult,
  VerificationLockStates,
  type VerificationLockState,
} from './verification-lock.entity.js';

/** Locks after guesses: seen by the department whose data they are of, by the one that asked, and by those who oversee. */
@Resolver(() => VerificationLock)
export class VerificationLockResolver {
  @Share('UNCONDITIONAL')
  @Query(() => VerificationLockConnection, {
    nullable: true,
    description:
      '查询核查锁定\nThose of the own department’s data and of its own claims; every department’s for the authority.',
  })
  verificationLocks(
    @Filters('VerificationLock.id')
    @Arg('id', () => String, { nullable: true })
    id: string | null | undefined,
    @Filters('VerificationLock.state')
    @Arg('state', () => VerificationLockStates, { nullable: true })
    state: VerificationLockState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<VerificationLock>> {
    const where: RowCondition<VerificationLock>[] = [
      visibleLocks(fetch),
      ...(id == null ? [] : [{ id }]),
      ...(state == null ? [] : [{ state }]),
    ];
    return rows.connection(VerificationLock, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => VerificationLockResult, {
    description:
      '解除核查锁定\nBy a data administrator of the department whose data it is of. The tries of the locked begin anew, and those of other departments stay as they are.',
  })
  liftVerificationLock(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, { description: '原因\nIt names nobody.' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<VerificationLockResult> {
    return liftLock(context, id, reason);
  }
}

const visibleLocks = (fetch: SubgraphContext['fetch']): RowCondition<VerificationLock> =>
  seesAll(fetch) ? {} : { $or: [{ provider: fetch.department }, { asker: fetch.department }] };
