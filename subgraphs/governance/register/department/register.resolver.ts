import type { EntityManager } from '@mikro-orm/postgresql';
import { Arg, Args, Ctx, Mutation, Resolver } from 'type-graphql';
import { ROLES } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import {
  cleanText,
  type Recorded,
  type GovernanceContext,
  GroundsArguments,
  Refusal,
  type RefusalCode,
  findGroundsProblem,
  findTextProblem,
} from '../../core/index.js';
import { RegisteredSystem } from '../system/registered-system.entity.js';
import { DepartmentInput, SystemInput } from './department-input.js';
import { Department } from './department.entity.js';
import { lookAlike, mayStandUnder, wrongDepartment } from './department.rule.js';
import { LEVELS } from './level.rule.js';
import { RegisterResult } from './register-result.js';

/** Who takes part: departments and their systems, entered by the authority. */
@Resolver()
export class RegisterResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '登记部门' })
  async registerDepartment(
    @Arg('input', () => DepartmentInput) input: DepartmentInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const { code, creditCode, level } = input;
    const parent = input.parent ?? undefined;
    const roles = ROLES.filter((role) => input.roles.includes(role));
    const wrong = [...wrongDepartment(input)];
    if (!LEVELS.includes(level)) wrong.push(`\`level\` must be one of ${LEVELS.join(', ')}.`);
    if (input.roles.some((role) => !ROLES.includes(role))) wrong.push(`\`roles\` must be of ${ROLES.join(', ')}.`);
    if (wrong.length > 0) return refuse('DEPARTMENT_MALFORMED', wrong.join(' '), wrong);
    const name = cleanText(input.name);
    return auditLog.transact(em, fetch, async (em) => {
      const known = await em.findAll(Department, { disableIdentityMap: true });
      const taken = known.find((other) => other.code === code || other.creditCode === creditCode);
      if (taken)
        return refused('DEPARTMENT_KNOWN', `${taken.name} (${taken.code}) has this code or credit code already.`);
      const alike = lookAlike(code, name, known);
      if (alike) return refused(...tooAlike(name, alike));
      const above = known.find((other) => other.code === parent);
      if (parent !== undefined && !above) return refused('DEPARTMENT_UNKNOWN', `There is no department ${parent}.`);
      if (above && !mayStandUnder(level, above.level))
        return refused(
          'LEVEL_WRONG',
          `A department of ${level} cannot stand under ${above.code}, whose level is ${above.level}.`,
        );
      await em.insert(Department, {
        code,
        name,
        creditCode,
        level,
        parent,
        roles,
        suspended: false,
        registeredAt: new Date(),
      });
      return registered('REGISTER_DEPARTMENT', await departmentOf(em, code), {
        name,
        creditCode,
        level,
        parent,
        roles,
      });
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
    const wrong = findTextProblem('name', text, { max: 60 }) ?? findGroundsProblem(grounds);
    if (wrong) return refuse('DEPARTMENT_MALFORMED', wrong);
    const name = cleanText(text);
    return auditLog.transact(em, fetch, async (em) => {
      const known = await em.findAll(Department, { disableIdentityMap: true });
      const before = known.find((other) => other.code === code);
      if (!before) return refused('DEPARTMENT_UNKNOWN', `There is no department ${code}.`);
      const alike = lookAlike(code, name, known);
      if (alike) return refused(...tooAlike(name, alike));
      if (before.name === name) return { result: { department: before } };
      await em.nativeUpdate(Department, { code }, { name });
      return registered('RENAME_DEPARTMENT', await departmentOf(em, code), { name, before: before.name }, grounds);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '登记接入系统' })
  async registerSystem(
    @Arg('input', () => SystemInput) { clientId, department, name: text }: SystemInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const wrong = findTextProblem('name', text, { max: 60 });
    if (wrong) return refuse('SYSTEM_MALFORMED', wrong);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/.test(clientId))
      return refuse('SYSTEM_MALFORMED', '`clientId` must be 2 to 63 letters, digits, dots, hyphens or underscores.');
    const name = cleanText(text);
    return auditLog.transact(em, fetch, async (em) => {
      if ((await em.count(Department, { code: department })) === 0)
        return refused('DEPARTMENT_UNKNOWN', `There is no department ${department}.`);
      if ((await em.count(RegisteredSystem, { clientId })) > 0)
        return refused('SYSTEM_KNOWN', `System ${clientId} is registered already.`);
      await em.insert(RegisteredSystem, { clientId, name, department, suspended: false });
      const system = await em.findOneOrFail(RegisteredSystem, { clientId }, { disableIdentityMap: true });
      return {
        result: { system },
        decision: {
          act: 'REGISTER_SYSTEM',
          object: `system/${clientId}`,
          concerns: [department],
          terms: { name, department },
        },
      };
    });
  }
}

const departmentOf = (em: EntityManager, code: string): Promise<Department> =>
  em.findOneOrFail(Department, { code }, { disableIdentityMap: true });

const registered = (
  act: 'REGISTER_DEPARTMENT' | 'RENAME_DEPARTMENT',
  department: Department,
  terms: Readonly<Record<string, unknown>>,
  grounds: GroundsArguments = {},
): Recorded<RegisterResult> => ({
  result: { department },
  decision: { act, object: `department/${department.code}`, concerns: [department.code], ...grounds, terms },
});

const tooAlike = (name: string, other: Department): [RefusalCode, string] => [
  'NAME_LOOKS_ALIKE',
  `"${name}" can be taken for ${other.name} (${other.code}). Choose a name that differs in what is read.`,
];
const refuse = (code: RefusalCode, message: string, details?: readonly string[]): RegisterResult => ({
  refusal: Refusal.because(code, message, undefined, details),
});
const refused = (code: RefusalCode, message: string): Recorded<RegisterResult> => ({ result: refuse(code, message) });
