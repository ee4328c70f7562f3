import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { Profile } from '../../../../shared/law/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  wordOf,
  actsFor,
  cleanText,
  type Recorded,
  type GovernanceContext,
  nextNumber,
  type Post,
  refuse,
  seesAll,
  findGroundsProblem,
  findTextProblem,
} from '../../core/index.js';
import { findDepartments } from '../department/find-departments.js';
import { Appointment, AppointmentConnection } from './appointment.entity.js';
import { AppointmentInput, AppointmentResult } from './appointment.type.js';
import { endPost } from './end-posts.js';
import { Officer } from './officer.entity.js';
import { say } from '../messages/index.js';

/** Posts with one holder at a time: an appointment ends the one before. */
const SINGLE: readonly Post[] = ['HEAD', 'LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR'];

/** The posts of departments with their present and former holders. @source QZ-9.2b, QZ-9.2c, QZ-9.2e, HZ-9.1b, CZ-22b */
@Resolver(() => Appointment)
export class AppointmentResolver {
  @Share('UNCONDITIONAL')
  @Query(() => AppointmentConnection, {
    nullable: true,
    description:
      '岗位任职名录\nThe own department’s; every department’s for the authority. With `ended` the whole history.',
  })
  appointments(
    @Filters('Appointment.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean,
    @Args(() => PageArguments) { first, after }: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Appointment>> {
    const where = [
      ...(seesAll(fetch) ? [] : [{ department: fetch.department }]),
      ...(department == null ? [] : [{ department }]),
      ...(ended ? [] : [{ untilAt: null }]),
    ];
    const order = { property: 'fromAt', direction: 'asc' } as const;
    return rows.connection(Appointment, { $and: where }, info, { first, after, order });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AppointmentResult, { description: '任命\nBy the department’s leaders, or by the authority.' })
  async appoint(
    @Arg('input', () => AppointmentInput) { officer: subject, department, post, notice: text }: AppointmentInput,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<AppointmentResult> {
    const { auditLog, now, profile } = own;
    if (!actsFor(department, fetch)) return refuse('OTHER_DEPARTMENT', say('appointment.own'));
    const problem = text == null ? undefined : findTextProblem('notice', text, { max: 100 });
    if (problem) return refuse('NOTICE_MALFORMED', problem);
    const notice = text == null ? undefined : cleanText(text);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<AppointmentResult>> => {
      const officer = await em.findOne(Officer, { subject, department }, { disableIdentityMap: true });
      if (!officer || officer.suspended)
        return {
          result: refuse('OFFICER_UNKNOWN', say('appointment.noOfficer', { officer: subject, department })),
        };
      if (profile.persons?.realName && !officer.verifiedAt)
        return {
          result: refuse(
            'REAL_NAME_UNVERIFIED',
            say('appointment.notVerified', { officer: subject }),
            profile.persons.realName.clauses,
          ),
        };
      const live = await em.find(Appointment, { department, post, untilAt: null }, { disableIdentityMap: true });
      const same = live.find((each) => each.officer === subject);
      if (same) return { result: { appointment: same } };
      const before = SINGLE.includes(post) ? live[0] : undefined;
      if (before && notice === undefined && needsNotice(post, profile))
        return {
          result: refuse(
            'NOTICE_REQUIRED',
            say('appointment.notice', { post: wordOf('post', post) }),
            profile.persons?.changes?.pace?.clauses ?? ['QZ-9.2e'],
          ),
        };
      const at = new Date(now());
      const id = await nextNumber(em, 'appointment_number', 'R');
      const end = { reason: `由${subject}接任`, notice, replacedBy: id };
      const ended = before && (await endPost(em, own, before, end));
      await em.insert(Appointment, { id, officer: subject, department, post, fromAt: at, notice });
      const appointment = await em.findOneOrFail(Appointment, { id }, { disableIdentityMap: true });
      const result = { appointment, ...(before && { predecessor: { ...before, untilAt: at } }) };
      return {
        result,
        decision: await decisionOn(em, appointment, notice, before?.officer),
        ...(ended && { before: [ended] }),
      };
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AppointmentResult, {
    description: '免职\nThe person also loses the rights that were given to them by name.',
  })
  async endAppointment(
    @Arg('id', () => String) id: string,
    @Arg('notice', () => String) text: string,
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<AppointmentResult> {
    const problem = findTextProblem('notice', text, { max: 100 });
    if (problem) return refuse('NOTICE_MALFORMED', problem);
    const groundsProblem = findGroundsProblem({ reason });
    if (groundsProblem) return refuse('GROUNDS_MALFORMED', groundsProblem);
    const notice = cleanText(text);
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<AppointmentResult>> => {
      const appointment = await em.findOne(Appointment, { id }, { disableIdentityMap: true });
      if (!appointment || !actsFor(appointment.department, fetch))
        return { result: refuse('APPOINTMENT_UNKNOWN', say('appointment.unknown', { id })) };
      if (appointment.untilAt) return { result: { appointment } };
      const decision = await endPost(em, own, appointment, { reason, notice });
      const ended = await em.findOneOrFail(Appointment, { id }, { disableIdentityMap: true });
      return { result: { appointment: ended }, decision };
    });
  }
}

const needsNotice = (post: Post, { persons }: Profile): boolean =>
  post === 'DATA_ADMINISTRATOR' || persons?.changes !== undefined;

/** Names the decision for the audit log. Every authority is concerned by a change of persons, so that it is told of it.
 *  @source QZ-9.2e */
async function decisionOn(
  em: GovernanceContext['em'],
  { id, department, post }: Appointment,
  notice: string | undefined,
  predecessor?: string,
): Promise<NonNullable<Recorded<AppointmentResult>['decision']>> {
  const authorities = await findDepartments(em, { role: 'authority' });
  const terms = { department, post, ...(notice !== undefined && { notice }), replaces: predecessor !== undefined };
  return {
    act: 'APPOINT',
    object: `appointment/${id}`,
    concerns: [department, ...authorities.map(({ code }) => code)],
    basis: notice === undefined ? [] : [notice],
    terms,
  };
}
