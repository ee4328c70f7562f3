import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../shared/subgraph/index.js';
import { Officer } from '../officer/officer.entity.js';
import { Refusal } from '../refusal.js';
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
  suspendDepartment(@Arg('code', () => String) code: string, @Ctx() { em }: SubgraphContext): Promise<RegisterResult> {
    return switchDepartment(em, code, true);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '恢复部门共享' })
  resumeDepartment(@Arg('code', () => String) code: string, @Ctx() { em }: SubgraphContext): Promise<RegisterResult> {
    return switchDepartment(em, code, false);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '暂停接入系统' })
  suspendSystem(
    @Arg('clientId', () => String) clientId: string,
    @Ctx() { em }: SubgraphContext,
  ): Promise<RegisterResult> {
    return switchSystem(em, clientId, true);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '恢复接入系统' })
  resumeSystem(
    @Arg('clientId', () => String) clientId: string,
    @Ctx() { em }: SubgraphContext,
  ): Promise<RegisterResult> {
    return switchSystem(em, clientId, false);
  }
}

async function switchDepartment(em: SubgraphContext['em'], code: string, suspended: boolean): Promise<RegisterResult> {
  await em.nativeUpdate(Department, { code }, { suspended });
  const department = await em.findOne(Department, { code }, { disableIdentityMap: true });
  return department
    ? { department }
    : { refusal: Refusal.because('DEPARTMENT_UNKNOWN', `There is no department ${code}.`) };
}

async function switchSystem(em: SubgraphContext['em'], clientId: string, suspended: boolean): Promise<RegisterResult> {
  await em.nativeUpdate(RegisteredSystem, { clientId }, { suspended });
  const system = await em.findOne(RegisteredSystem, { clientId }, { disableIdentityMap: true });
  return system ? { system } : { refusal: Refusal.because('SYSTEM_UNKNOWN', `There is no system ${clientId}.`) };
}
