import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  findGroundsProblem,
  type GovernanceContext,
  GroundsArguments,
  nextNumber,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { PublisherResult } from './publisher-result.type.js';
import { checkPermit, checkWithdrawal } from './publisher.rule.js';
import { PublisherPermitConnection, SubgraphPublisher } from './subgraph-publisher.entity.js';
import { say } from '../messages/index.js';

/** For which departments each subgraph may publish: decided by the authority, followed by the gateways within a second.
 *  @source share-rules section 1, rule 9 */
@Resolver(() => SubgraphPublisher)
export class PublisherResolver {
  @Share('UNCONDITIONAL')
  @Query(() => PublisherPermitConnection, {
    nullable: true,
    description: '发布许可名录\nThose in force; with `withdrawn` those that were taken back too.',
  })
  publisherPermits(
    @Filters('PublisherPermit.subgraph')
    @Arg('subgraph', () => String, { nullable: true })
    subgraph: string | null | undefined,
    @Filters('PublisherPermit.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Arg('withdrawn', () => Boolean, { defaultValue: false }) withdrawn: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<SubgraphPublisher>> {
    const where = {
      ...(subgraph != null && { subgraph }),
      ...(department != null && { department }),
      ...(!withdrawn && { withdrawnAt: null }),
    };
    return rows.connection(SubgraphPublisher, where, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => PublisherResult, {
    description: '准予发布\nLets a subgraph publish items of a department. A second department needs a reason.',
  })
  async permitPublisher(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('department', () => String) department: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<PublisherResult> {
    const malformed = findGroundsProblem(grounds);
    if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
    const { person } = fetch;
    if (person === undefined) return refuseSystem();
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<PublisherResult>> => {
      const live = await em.find(SubgraphPublisher, { subgraph, withdrawnAt: null }, { disableIdentityMap: true });
      const known = live.find((permit) => permit.department === department);
      if (known) return { result: { permit: known } };
      const problem = checkPermit(
        { subgraph, reason: grounds.reason },
        live.map((permit) => permit.department),
      );
      if (problem) return { result: refuse(problem.code, problem.message) };
      if ((await em.count(Department, { code: department })) === 0)
        return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department })) };
      const id = await nextNumber(em, 'subgraph_publisher_number', 'P');
      const { reason = null, basis } = grounds;
      await em.insert(SubgraphPublisher, {
        ...{ id, subgraph, department, reason, basis: [...(basis ?? [])] },
        ...{ givenAt: new Date(now()), givenBy: person },
      });
      return recordChange('PERMIT_PUBLISHER', await findById(em, id), grounds);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => PublisherResult, {
    description: '撤销发布许可\nFor good; what the subgraph publishes for the department is given to nobody any more.',
  })
  async withdrawPermit(
    @Arg('id', () => String) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<PublisherResult> {
    const malformed = findGroundsProblem(grounds);
    if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
    const { person } = fetch;
    if (person === undefined) return refuseSystem();
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<PublisherResult>> => {
      const permit = await em.findOne(SubgraphPublisher, { id }, { disableIdentityMap: true });
      if (!permit) return { result: refuse('PERMIT_UNKNOWN', say('permit.unknown', { id })) };
      const problem = checkWithdrawal(permit, grounds.reason);
      if (problem) return { result: refuse(problem.code, problem.message) };
      if (permit.withdrawnAt) return { result: { permit } };
      const change = { withdrawnAt: new Date(now()), withdrawnBy: person, withdrawal: grounds.reason ?? null };
      await em.nativeUpdate(SubgraphPublisher, { id }, change);
      return recordChange('WITHDRAW_PERMIT', await findById(em, id), grounds);
    });
  }
}

const refuseSystem = (): PublisherResult => refuse('OFFICER_REQUIRED', say('permit.decider'));

const findById = (em: GovernanceContext['em'], id: string): Promise<SubgraphPublisher> =>
  em.findOneOrFail(SubgraphPublisher, { id }, { disableIdentityMap: true });

const recordChange = (
  act: 'PERMIT_PUBLISHER' | 'WITHDRAW_PERMIT',
  permit: SubgraphPublisher,
  grounds: GroundsArguments,
): Recorded<PublisherResult> => ({
  result: { permit },
  decision: {
    act,
    object: `permit/${permit.id}`,
    concerns: [permit.department],
    ...grounds,
    terms: { subgraph: permit.subgraph, department: permit.department },
  },
});
