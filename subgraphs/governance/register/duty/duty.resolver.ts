import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Field, Info, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  actsFor,
  cleanText,
  type Recorded,
  type GovernanceContext,
  GroundsArguments,
  nextNumber,
  Refusal,
  type RefusalCode,
  findGroundsProblem,
  findTextProblem,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { Duty } from './duty.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '职能办理结果\nExactly one of `duty` and `refusal` is set.' })
export class DutyResult {
  @Field(() => Duty, { nullable: true, description: '职能' })
  duty?: Duty;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

/** Functions of departments: every department sees them, since an application names the one it serves. */
@Resolver(() => Duty)
export class DutyResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [Duty], {
    nullable: true,
    description: '部门职能名录\nOf one department where named; those that have ended too with `ended`.',
  })
  duties(
    @Filters('Duty.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Duty[]> {
    const where = { ...(department != null && { department }), ...(!ended && { endedAt: null }) };
    return rows.find(Duty, where, info, { orderBy: { id: 'asc' } });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => DutyResult, { description: '登记部门职能\nOf the own department; of any for the authority.' })
  async addDuty(
    @Arg('department', () => String) department: string,
    @Arg('name', () => String) nameText: string,
    @Arg('legalSource', () => String) sourceText: string,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<DutyResult> {
    const wrong =
      findTextProblem('name', nameText, { max: 100 }) ?? findTextProblem('legalSource', sourceText, { max: 200 });
    if (wrong) return refuse('DUTY_MALFORMED', wrong);
    if (!actsFor(department, fetch)) return refuse('OTHER_DEPARTMENT', 'A department states its own functions only.');
    const [name, legalSource] = [cleanText(nameText), cleanText(sourceText)];
    return auditLog.transact(em, fetch, async (em) => {
      if ((await em.count(Department, { code: department })) === 0)
        return refused('DEPARTMENT_UNKNOWN', `There is no department ${department}.`);
      if ((await em.count(Duty, { department, name, endedAt: null })) > 0)
        return refused('DUTY_KNOWN', `${department} has the function "${name}" already.`);
      const id = await nextNumber(em, 'duty_number', 'Z');
      await em.insert(Duty, { id, department, name, legalSource, since: new Date(now()) });
      return decided('ADD_DUTY', await em.findOneOrFail(Duty, { id }, { disableIdentityMap: true }));
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => DutyResult, { description: '终止部门职能' })
  async endDuty(
    @Arg('id', () => String) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<DutyResult> {
    const wrong = findGroundsProblem(grounds);
    if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
    return auditLog.transact(em, fetch, async (em) => {
      const duty = await em.findOne(Duty, { id }, { disableIdentityMap: true });
      if (!duty || !actsFor(duty.department, fetch))
        return refused('DUTY_UNKNOWN', `There is no such function ${id} of yours.`);
      if (duty.endedAt) return { result: { duty } };
      await em.nativeUpdate(Duty, { id }, { endedAt: new Date(now()) });
      return decided('END_DUTY', await em.findOneOrFail(Duty, { id }, { disableIdentityMap: true }), grounds);
    });
  }
}

const decided = (act: 'ADD_DUTY' | 'END_DUTY', duty: Duty, grounds: GroundsArguments = {}): Recorded<DutyResult> => ({
  result: { duty },
  decision: {
    ...{ act, object: `duty/${duty.id}`, concerns: [duty.department] },
    ...{ basis: grounds.basis ?? [duty.legalSource], reason: grounds.reason },
    terms: { department: duty.department, name: duty.name, legalSource: duty.legalSource },
  },
});
const refuse = (code: RefusalCode, message: string): DutyResult => ({ refusal: Refusal.because(code, message) });
const refused = (code: RefusalCode, message: string): Recorded<DutyResult> => ({ result: refuse(code, message) });
