import type { EntityManager } from '@mikro-orm/postgresql';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { ROLES, type Role } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import {
  cleanText,
  type Recorded,
  type GovernanceContext,
  Refusal,
  type RefusalCode,
  findTextProblem,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { Appointment } from './appointment.entity.js';
import { Officer } from './officer.entity.js';

@InputType({ description: '经办人员登记内容' })
export class OfficerInput {
  @Field({ description: '账号标识\nThe OpenID subject.' })
  subject!: string;

  @Field({ description: '姓名' })
  name!: string;

  @Field({
    description:
      '所属部门代码\nAn officer acts for one department at a time; to move ends the posts in the one before.',
  })
  department!: string;

  @Field(() => [String], { description: `角色\nOf ${ROLES.join(', ')}, and of what the department may act as.` })
  roles!: Role[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '经办人员办理结果\nExactly one of `officer` and `refusal` is set.' })
export class OfficerResult {
  @Field(() => Officer, { nullable: true, description: '经办人员' })
  officer?: Officer;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

/** Persons, registered by the authority. @source QZ-9.2c */
@Resolver()
export class OfficerResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, {
    description: '登记经办人员\nOr change name, department and roles of a registered one.',
  })
  async registerOfficer(
    @Arg('input', () => OfficerInput) input: OfficerInput,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<OfficerResult> {
    const { subject, department: code } = input;
    const wrong = findTextProblem('name', input.name, { max: 60 }) ?? findTextProblem('subject', subject, { max: 100 });
    if (wrong) return refuse('OFFICER_MALFORMED', wrong);
    const name = cleanText(input.name);
    const roles = ROLES.filter((role) => input.roles.includes(role));
    return auditLog.transact(em, fetch, async (em) => {
      const department = await em.findOne(Department, { code }, { disableIdentityMap: true });
      if (!department) return refused('DEPARTMENT_UNKNOWN', `There is no department ${code}.`);
      const beyond = input.roles.filter((role) => role !== 'operator' && !department.roles.includes(role));
      if (beyond.length > 0) return refused('ROLE_BEYOND_DEPARTMENT', `${code} does not act as ${beyond.join(', ')}.`);
      const before = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
      if (before) {
        await em.nativeUpdate(Officer, { subject }, { name, department: code, roles });
        // Another name is another person as long as nobody has looked.
        if (before.name !== name) await em.nativeUpdate(Officer, { subject }, { verifiedAt: null, verification: null });
        if (before.department !== code)
          await em.nativeUpdate(Appointment, { officer: subject, untilAt: null }, { untilAt: new Date(now()) });
      } else await em.insert(Officer, { subject, name, department: code, roles, suspended: false });
      const concerns = [code, ...(before ? [before.department] : [])];
      return decided(before ? 'CHANGE_OFFICER' : 'REGISTER_OFFICER', await officerOf(em, subject), concerns);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, {
    description: '实名核验\nThe authority has compared the person with an identity document (QZ-9.2c).',
  })
  async verifyOfficer(
    @Arg('subject', () => String) subject: string,
    @Arg('reference', () => String, { description: '核验凭据编号\nNever the identity number itself.' }) text: string,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<OfficerResult> {
    const wrong = findTextProblem('reference', text, { max: 100 });
    if (wrong) return refuse('OFFICER_MALFORMED', wrong);
    if (/\d{17}[\dXx]/.test(text)) return refuse('OFFICER_MALFORMED', '`reference` must not be an identity number.');
    if (fetch.person === subject) return refuse('OWN_CAUSE', 'Nobody verifies himself.');
    return auditLog.transact(em, fetch, async (em) => {
      if ((await em.count(Officer, { subject })) === 0)
        return refused('OFFICER_UNKNOWN', `There is no officer ${subject}.`);
      await em.nativeUpdate(Officer, { subject }, { verifiedAt: new Date(now()), verification: cleanText(text) });
      const officer = await officerOf(em, subject);
      return decided('VERIFY_OFFICER', officer, [officer.department]);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, { description: '停用经办人员' })
  suspendOfficer(
    @Arg('subject', () => String) subject: string,
    @Ctx() context: GovernanceContext,
  ): Promise<OfficerResult> {
    return switchOfficer(subject, true, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, { description: '恢复经办人员' })
  resumeOfficer(
    @Arg('subject', () => String) subject: string,
    @Ctx() context: GovernanceContext,
  ): Promise<OfficerResult> {
    return switchOfficer(subject, false, context);
  }
}

function switchOfficer(
  subject: string,
  suspended: boolean,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<OfficerResult> {
  return auditLog.transact(em, fetch, async (em) => {
    const changed = await em.nativeUpdate(Officer, { subject, suspended: !suspended }, { suspended });
    const officer = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
    if (!officer) return refused('OFFICER_UNKNOWN', `There is no officer ${subject}.`);
    if (changed === 0) return { result: { officer } };
    return decided(suspended ? 'SUSPEND_OFFICER' : 'RESUME_OFFICER', officer, [officer.department]);
  });
}

const officerOf = (em: EntityManager, subject: string): Promise<Officer> =>
  em.findOneOrFail(Officer, { subject }, { disableIdentityMap: true });

const decided = (
  act: 'REGISTER_OFFICER' | 'CHANGE_OFFICER' | 'VERIFY_OFFICER' | 'SUSPEND_OFFICER' | 'RESUME_OFFICER',
  officer: Officer,
  concerns: readonly string[],
): Recorded<OfficerResult> => ({
  result: { officer },
  decision: {
    ...{ act, object: `officer/${officer.subject}`, concerns },
    terms: { department: officer.department, roles: officer.roles, verified: officer.verifiedAt != null },
  },
});
const refuse = (code: RefusalCode, message: string): OfficerResult => ({ refusal: Refusal.because(code, message) });
const refused = (code: RefusalCode, message: string): Recorded<OfficerResult> => ({ result: refuse(code, message) });
