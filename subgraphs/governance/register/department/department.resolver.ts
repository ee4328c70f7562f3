import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { normaliseCreditCode } from '../../../../shared/kernel/credit-code.js';
import { ROLES, joinTexts } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  wordOf,
  cleanText,
  findGroundsProblem,
  findTextProblem,
  type GovernanceContext,
  type Grounds,
  GroundsArguments,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { refuseLastAuthority } from '../officer/last-authority.js';
import { changeDepartment } from './change-department.command.js';
import { DepartmentChange } from './department-change.type.js';
import { DepartmentInput } from './department-input.type.js';
import { Department, DepartmentConnection } from './department.entity.js';
import { findLookAlike, validateDepartment } from './department.rule.js';
import { isHigherLevel } from './level.rule.js';
import { refuseEnded } from './refuse-ended.js';
import { findCreditCodeWarning } from './old-credit-code.rule.js';
import { RegisterResult } from './register-result.type.js';
import { say } from '../messages/index.js';

/** The departments that take part, entered by the authority; one can be suspended as a whole (QZ-5.10). */
@Resolver(() => Department)
export class DepartmentResolver {
  @Share('UNCONDITIONAL')
  @Query(() => DepartmentConnection, { nullable: true, description: '部门名录' })
  departments(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Department>> {
    return rows.connection(Department, {}, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '登记部门' })
  async registerDepartment(
    @Arg('input', () => DepartmentInput) input: DepartmentInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const problems = validateDepartment(input);
    if (problems.length > 0) return refuse('DEPARTMENT_MALFORMED', joinTexts(problems, ' '), undefined, problems);
    const { code, level } = input;
    const { code: creditCode } = normaliseCreditCode(input.creditCode)!;
    const parent = input.parent ?? undefined;
    const roles = ROLES.filter((role) => input.roles.includes(role));
    const name = cleanText(input.name);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
      const known = await em.findAll(Department, { disableIdentityMap: true });
      const taken = known.find((other) => other.code === code || other.creditCode === creditCode);
      if (taken)
        return {
          result: refuse('DEPARTMENT_KNOWN', say('department.known', { name: taken.name, code: taken.code })),
        };
      const alike = findLookAlike(code, name, known);
      if (alike) return { result: refuseLookAlike(name, alike) };
      const above = known.find((other) => other.code === parent);
      if (parent !== undefined && !above) return { result: refuseUnknown(parent) };
      if (above && !isHigherLevel(above.level, level))
        return {
          result: refuse(
            'LEVEL_WRONG',
            say('department.level', {
              level: wordOf('level', level),
              above: above.code,
              aboveLevel: above.level ? wordOf('level', above.level) : say('level.unregistered'),
            }),
          ),
        };
      const terms = { name, creditCode, level, parent, roles };
      await em.insert(Department, { code, ...terms, suspended: false, registeredAt: new Date() });
      const recorded = recordChange('REGISTER_DEPARTMENT', await findByCode(em, code), terms);
      return { ...recorded, result: { ...recorded.result, warning: findCreditCodeWarning(creditCode) } };
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '部门更名' })
  async renameDepartment(
    @Arg('code', () => String) code: string,
    @Arg('name', () => String) text: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const problem = findTextProblem('name', text, { max: 60 }) ?? findGroundsProblem(grounds);
    if (problem) return refuse('DEPARTMENT_MALFORMED', problem);
    const name = cleanText(text);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
      const known = await em.findAll(Department, { disableIdentityMap: true });
      const before = known.find((other) => other.code === code);
      if (!before) return { result: refuseUnknown(code) };
      if (before.endedAt) return { result: refuseEnded(before) };
      const alike = findLookAlike(code, name, known);
      if (alike) return { result: refuseLookAlike(name, alike) };
      if (before.name === name) return { result: { department: before } };
      await em.nativeUpdate(Department, { code }, { name });
      return recordChange('RENAME_DEPARTMENT', await findByCode(em, code), { name, before: before.name }, grounds);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, {
    description:
      '变更部门登记内容\nIts roles, level, parent and credit code. Officers lose the roles that it loses; one on which permits, grants or applications rest stays.',
  })
  changeDepartment(
    @Arg('code', () => String) code: string,
    @Arg('change', () => DepartmentChange) change: DepartmentChange,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return changeDepartment(context, code, change, grounds);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '暂停部门共享\nEffective with its next query.' })
  suspendDepartment(
    @Arg('code', () => String) code: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return setSuspended(code, true, grounds, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '恢复部门共享' })
  resumeDepartment(
    @Arg('code', () => String) code: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return setSuspended(code, false, grounds, context);
  }
}

async function setSuspended(
  code: string,
  suspended: boolean,
  grounds: Grounds,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<RegisterResult> {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
    const last = suspended ? await refuseLastAuthority(em, { department: code }) : undefined;
    if (last) return { result: { refusal: last } };
    const before = await em.findOne(Department, { code }, { disableIdentityMap: true });
    if (before?.endedAt) return { result: refuseEnded(before) };
    const changed = await em.nativeUpdate(Department, { code, suspended: !suspended }, { suspended });
    const department = await em.findOne(Department, { code }, { disableIdentityMap: true });
    if (!department) return { result: refuseUnknown(code) };
    if (changed === 0) return { result: { department } };
    const act = suspended ? 'SUSPEND_DEPARTMENT' : 'RESUME_DEPARTMENT';
    return recordChange(act, department, { suspended }, grounds);
  });
}

const findByCode = (em: GovernanceContext['em'], code: string): Promise<Department> =>
  em.findOneOrFail(Department, { code }, { disableIdentityMap: true });

const recordChange = (
  act: 'REGISTER_DEPARTMENT' | 'RENAME_DEPARTMENT' | 'SUSPEND_DEPARTMENT' | 'RESUME_DEPARTMENT',
  department: Department,
  terms: Readonly<Record<string, unknown>>,
  grounds: Grounds = {},
): Recorded<RegisterResult> => ({
  result: { department },
  decision: { act, object: `department/${department.code}`, concerns: [department.code], ...grounds, terms },
});

const refuseUnknown = (code: string): RegisterResult =>
  refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department: code }));

const refuseLookAlike = (name: string, other: Department): RegisterResult =>
  refuse('NAME_LOOKS_ALIKE', say('department.lookAlike', { name, other: other.name, code: other.code }));
