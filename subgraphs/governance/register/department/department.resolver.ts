import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  type GovernanceContext,
  type Grounds,
  GroundsArguments,
  Refusal,
  type RefusalCode,
  findGroundsProblem,
} from '../../core/index.js';
import { Officer } from '../officer/officer.entity.js';
import { Scenario } from '../scenario/scenario.entity.js';
import { RegisteredSystem } from '../system/registered-system.entity.js';
import { Department } from './department.entity.js';
import { RegisterResult } from './register-result.js';

/** The register of who takes part, and the switch that suspends one whole (QZ-5.10). */
@Resolver(() => Department)
export class DepartmentResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [Department], { nullable: true, description: '部门名录' })
  departments(@Ctx() { rows }: SubgraphContext, @Info() info: GraphQLResolveInfo): Promise<Department[]> {
    return rows.find(Department, {}, info, { orderBy: { code: 'asc' } });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [RegisteredSystem], { nullable: true, description: '接入系统名录' })
  systems(@Ctx() { rows }: SubgraphContext, @Info() info: GraphQLResolveInfo): Promise<RegisteredSystem[]> {
    return rows.find(RegisteredSystem, {}, info, { orderBy: { clientId: 'asc' } });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [Officer], { nullable: true, description: '经办人员名录\nFor the authority.' })
  officers(@Ctx() { rows }: SubgraphContext, @Info() info: GraphQLResolveInfo): Promise<Officer[]> {
    return rows.find(Officer, {}, info, { orderBy: { subject: 'asc' } });
  }

  @Share('UNCONDITIONAL')
  @Query(() => [Scenario], { nullable: true, description: '应用场景名录\nOf one department where named.' })
  scenarios(
    @Filters('Scenario.department') @Arg('department', () => String, { nullable: true }) department: string | undefined,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Scenario[]> {
    return rows.find(Scenario, department ? { department } : {}, info, { orderBy: { department: 'asc', code: 'asc' } });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '暂停部门共享\nEffective with its next query.' })
  suspendDepartment(
    @Arg('code', () => String) code: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return switchDepartment(code, true, grounds, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '恢复部门共享' })
  resumeDepartment(
    @Arg('code', () => String) code: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return switchDepartment(code, false, grounds, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '暂停接入系统' })
  suspendSystem(
    @Arg('clientId', () => String) clientId: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return switchSystem(clientId, true, grounds, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '恢复接入系统' })
  resumeSystem(
    @Arg('clientId', () => String) clientId: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return switchSystem(clientId, false, grounds, context);
  }
}

async function switchDepartment(
  code: string,
  suspended: boolean,
  grounds: Grounds,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<RegisterResult> {
  const wrong = findGroundsProblem(grounds);
  if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
  return auditLog.transact(em, fetch, async (em) => {
    const changed = await em.nativeUpdate(Department, { code, suspended: !suspended }, { suspended });
    const department = await em.findOne(Department, { code }, { disableIdentityMap: true });
    if (!department) return { result: refuse('DEPARTMENT_UNKNOWN', `There is no department ${code}.`) };
    if (changed === 0) return { result: { department } };
    const act = suspended ? 'SUSPEND_DEPARTMENT' : 'RESUME_DEPARTMENT';
    return {
      result: { department },
      decision: { act, object: `department/${code}`, concerns: [code], ...grounds, terms: { suspended } },
    };
  });
}

async function switchSystem(
  clientId: string,
  suspended: boolean,
  grounds: Grounds,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<RegisterResult> {
  const wrong = findGroundsProblem(grounds);
  if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
  return auditLog.transact(em, fetch, async (em) => {
    const changed = await em.nativeUpdate(RegisteredSystem, { clientId, suspended: !suspended }, { suspended });
    const system = await em.findOne(RegisteredSystem, { clientId }, { disableIdentityMap: true });
    if (!system) return { result: refuse('SYSTEM_UNKNOWN', `There is no system ${clientId}.`) };
    if (changed === 0) return { result: { system } };
    const { department } = system;
    const act = suspended ? 'SUSPEND_SYSTEM' : 'RESUME_SYSTEM';
    const object = `system/${clientId}`;
    return {
      result: { system },
      decision: { act, object, concerns: [department], ...grounds, terms: { department, suspended } },
    };
  });
}

const refuse = (code: RefusalCode, message: string): RegisterResult => ({ refusal: Refusal.because(code, message) });
