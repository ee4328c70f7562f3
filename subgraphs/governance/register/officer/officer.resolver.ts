import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { ROLES } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import { cleanText, findTextProblem, type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { Appointment } from './appointment.entity.js';
import { Officer, OfficerConnection } from './officer.entity.js';
import { OfficerInput, OfficerResult } from './officer.type.js';

/** Persons, registered by the authority. @source QZ-9.2c */
@Resolver(() => Officer)
export class OfficerResolver {
  @Share('UNCONDITIONAL')
  @Query(() => OfficerConnection, { nullable: true, description: '经办人员名录\nFor the authority.' })
  officers(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Officer>> {
    return rows.connection(Officer, {}, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, {
    description: '登记经办人员\nOr change name, department and roles of a registered one.',
  })
  async registerOfficer(
    @Arg('input', () => OfficerInput) input: OfficerInput,
    @Ctx() { em, fetch, own: { auditLog, now } }: GovernanceContext,
  ): Promise<OfficerResult> {
    const { subject, department: code } = input;
    const problem =
      findTextProblem('name', input.name, { max: 60 }) ?? findTextProblem('subject', subject, { max: 100 });
    if (problem) return refuse('OFFICER_MALFORMED', problem);
    const name = cleanText(input.name);
    const roles = ROLES.filter((role) => input.roles.includes(role));
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<OfficerResult>> => {
      const department = await em.findOne(Department, { code }, { disableIdentityMap: true });
      if (!department) return { result: refuse('DEPARTMENT_UNKNOWN', `There is no department ${code}.`) };
      const beyond = input.roles.filter((role) => role !== 'operator' && !department.roles.includes(role));
      if (beyond.length > 0)
        return { result: refuse('ROLE_BEYOND_DEPARTMENT', `${code} does not act as ${beyond.join(', ')}.`) };
      const before = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
      if (before) {
        await em.nativeUpdate(Officer, { subject }, { name, department: code, roles });
        // Under another name it may be another person, so the check is done again.
        if (before.name !== name) await em.nativeUpdate(Officer, { subject }, { verifiedAt: null, verification: null });
        if (before.department !== code)
          await em.nativeUpdate(Appointment, { officer: subject, untilAt: null }, { untilAt: new Date(now()) });
      } else await em.insert(Officer, { subject, name, department: code, roles, suspended: false });
      const concerns = [code, ...(before ? [before.department] : [])];
      return recordChange(before ? 'CHANGE_OFFICER' : 'REGISTER_OFFICER', await findBySubject(em, subject), concerns);
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
    const problem = findTextProblem('reference', text, { max: 100 });
    if (problem) return refuse('OFFICER_MALFORMED', problem);
    if (/\d{17}[\dXx]/.test(text)) return refuse('OFFICER_MALFORMED', '`reference` must not be an identity number.');
    if (fetch.person === subject) return refuse('OWN_CAUSE', 'Nobody verifies themselves.');
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<OfficerResult>> => {
      if ((await em.count(Officer, { subject })) === 0)
        return { result: refuse('OFFICER_UNKNOWN', `There is no officer ${subject}.`) };
      await em.nativeUpdate(Officer, { subject }, { verifiedAt: new Date(now()), verification: cleanText(text) });
      const officer = await findBySubject(em, subject);
      return recordChange('VERIFY_OFFICER', officer, [officer.department]);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, { description: '停用经办人员' })
  suspendOfficer(
    @Arg('subject', () => String) subject: string,
    @Ctx() context: GovernanceContext,
  ): Promise<OfficerResult> {
    return setSuspended(subject, true, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, { description: '恢复经办人员' })
  resumeOfficer(
    @Arg('subject', () => String) subject: string,
    @Ctx() context: GovernanceContext,
  ): Promise<OfficerResult> {
    return setSuspended(subject, false, context);
  }
}

function setSuspended(
  subject: string,
  suspended: boolean,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<OfficerResult> {
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<OfficerResult>> => {
    const changed = await em.nativeUpdate(Officer, { subject, suspended: !suspended }, { suspended });
    const officer = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
    if (!officer) return { result: refuse('OFFICER_UNKNOWN', `There is no officer ${subject}.`) };
    if (changed === 0) return { result: { officer } };
    return recordChange(suspended ? 'SUSPEND_OFFICER' : 'RESUME_OFFICER', officer, [officer.department]);
  });
}

const findBySubject = (em: GovernanceContext['em'], subject: string): Promise<Officer> =>
  em.findOneOrFail(Officer, { subject }, { disableIdentityMap: true });

const recordChange = (
  act: 'REGISTER_OFFICER' | 'CHANGE_OFFICER' | 'VERIFY_OFFICER' | 'SUSPEND_OFFICER' | 'RESUME_OFFICER',
  officer: Officer,
  concerns: readonly string[],
): Recorded<OfficerResult> => ({
  result: { officer },
  decision: {
    act,
    object: `officer/${officer.subject}`,
    concerns,
    terms: { department: officer.department, roles: officer.roles, verified: officer.verifiedAt != null },
  },
});
