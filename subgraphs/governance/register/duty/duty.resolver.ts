import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  actsFor,
  cleanText,
  type Recorded,
  type GovernanceContext,
  GroundsArguments,
  nextNumber,
  refuse,
  findGroundsProblem,
  findTextProblem,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { Duty, DutyConnection } from './duty.entity.js';
import { DutyResult } from './duty-result.type.js';
import { say } from '../messages/index.js';

/** Functions of departments: every department sees them, since an application names the one it serves. */
@Resolver(() => Duty)
export class DutyResolver {
  @Share('UNCONDITIONAL')
  @Query(() => DutyConnection, {
    nullable: true,
    description: '部门职能名录\nOf one department where named; with `ended` those that have ended too.',
  })
  duties(
    @Filters('Duty.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Duty>> {
    const where = { ...(department != null && { department }), ...(!ended && { endedAt: null }) };
    return rows.connection(Duty, where, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => DutyResult, { description: '登记部门职能\nOf the own department; of any for the authority.' })
  async addDuty(
    @Arg('department', () => String) department: string,
    @Arg('name', () => String) nameText: string,
    @Arg('legalSource', () => String) sourceText: string,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<DutyResult> {
    const problem =
      findTextProblem('name', nameText, { max: 100 }) ?? findTextProblem('legalSource', sourceText, { max: 200 });
    if (problem) return refuse('DUTY_MALFORMED', problem);
    if (!actsFor(department, fetch)) return refuse('OTHER_DEPARTMENT', say('duty.own'));
    const [name, legalSource] = [cleanText(nameText), cleanText(sourceText)];
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<DutyResult>> => {
      if ((await em.count(Department, { code: department })) === 0)
        return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department })) };
      if ((await em.count(Duty, { department, name, endedAt: null })) > 0)
        return { result: refuse('DUTY_KNOWN', say('duty.known', { department, name })) };
      const id = await nextNumber(em, 'duty_number', 'Z');
      await em.insert(Duty, { id, department, name, legalSource, since: new Date(now()) });
      return recordChange('ADD_DUTY', await em.findOneOrFail(Duty, { id }, { disableIdentityMap: true }));
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => DutyResult, { description: '终止部门职能' })
  async endDuty(
    @Arg('id', () => String) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<DutyResult> {
    const problem = findGroundsProblem(grounds);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<DutyResult>> => {
      const duty = await em.findOne(Duty, { id }, { disableIdentityMap: true });
      if (!duty || !actsFor(duty.department, fetch))
        return { result: refuse('DUTY_UNKNOWN', say('duty.unknown', { id })) };
      if (duty.endedAt) return { result: { duty } };
      await em.nativeUpdate(Duty, { id }, { endedAt: new Date(now()) });
      return recordChange('END_DUTY', await em.findOneOrFail(Duty, { id }, { disableIdentityMap: true }), grounds);
    });
  }
}

const recordChange = (
  act: 'ADD_DUTY' | 'END_DUTY',
  duty: Duty,
  grounds: GroundsArguments = {},
): Recorded<DutyResult> => ({
  result: { duty },
  decision: {
    act,
    object: `duty/${duty.id}`,
    concerns: [duty.department],
    basis: grounds.basis ?? [duty.legalSource],
    reason: grounds.reason,
    terms: { department: duty.department, name: duty.name, legalSource: duty.legalSource },
  },
});
