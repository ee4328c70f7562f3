import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { joinTexts, ROLES } from '../../../../shared/kernel/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
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
  Refusal,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { findIdentifiers } from '../find-identifiers.js';
import { forgetPrivateQueries } from '../saved-query/saved-query.store.js';
import { leaveDepartment } from './end-posts.js';
import { findIdentifierProblem, findTakenIdentifier } from './identifier.rule.js';
import { refuseLastAuthority } from './last-authority.js';
import { findAccounts, findAccountsByIdentity, hashIdentity, linkAccounts } from './person-accounts.js';
import { Officer, OfficerConnection } from './officer.entity.js';
import { OfficerInput, OfficerResult } from './officer.type.js';
import { say } from '../messages/index.js';

/** Persons, registered by the authority. @source QZ-9.2c */
@Resolver(() => Officer)
export class OfficerResolver {
  @Share('UNCONDITIONAL')
  @Query(() => OfficerConnection, { nullable: true, description: '经办人员名录\nFor the authority.' })
  officers(
    @Filters('Officer.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Officer>> {
    return rows.connection(Officer, department == null ? {} : { department }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, {
    description: '登记经办人员\nOr change name, department and roles of a registered one.',
  })
  async registerOfficer(
    @Arg('input', () => OfficerInput) input: OfficerInput,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<OfficerResult> {
    const { subject, department: code } = input;
    const problem =
      findTextProblem('name', input.name, { max: 60 }) ??
      findIdentifierProblem('subject', subject, 100) ??
      findGroundsProblem(input);
    if (problem) return refuse('OFFICER_MALFORMED', problem);
    const identity = input.identityNumber == null ? undefined : hashIdentity(own, input.identityNumber);
    if (input.identityNumber != null && !identity) return refuse('OFFICER_MALFORMED', IDENTITY_MALFORMED);
    const name = cleanText(input.name);
    const roles = ROLES.filter((role) => input.roles.includes(role));
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<OfficerResult>> => {
      const department = await em.findOne(Department, { code }, { disableIdentityMap: true });
      if (!department) return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department: code })) };
      const beyond = input.roles.filter((role) => role !== 'operator' && !department.roles.includes(role));
      if (beyond.length > 0)
        return {
          result: refuse(
            'ROLE_BEYOND_DEPARTMENT',
            say('officer.roles', {
              department: code,
              roles: joinTexts(
                beyond.map((role) => wordOf('role', role)),
                ',',
              ),
            }),
          ),
        };
      const before = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
      const others = identity ? await findAccountsByIdentity(em, subject, identity) : [];
      const active = others.find(({ suspended }) => !suspended);
      if (active) {
        const message = say('officer.otherAccount', { account: active.subject, department: active.department });
        return { result: refuse('PERSON_KNOWN', message) };
      }
      if (!before) {
        const taken = findTakenIdentifier(subject, await findIdentifiers(em));
        if (taken !== undefined)
          return { result: refuse('NAME_LOOKS_ALIKE', say('officer.lookAlike', { account: subject, taken })) };
        await em.insert(Officer, {
          subject,
          name,
          department: code,
          roles,
          suspended: false,
          ...(identity && { identity }),
        });
        await linkAccounts(em, [...others.map((other) => other.subject), subject]);
        return recordChange('REGISTER_OFFICER', await findBySubject(em, subject), { concerns: [code] });
      }
      const moves = before.department !== code;
      const stays = roles.includes('authority') && department.roles.includes('authority') && !department.suspended;
      const refusal =
        (stays ? undefined : await refuseLastAuthority(em, { subject })) ??
        (moves || !isSameSet(before.roles, roles) ? await refuseOwnCause(em, subject, fetch) : undefined) ??
        refuseOtherIdentity(before, identity);
      if (refusal) return { result: { refusal } };
      const reason = input.reason ?? `由${before.department}调往${code}`;
      const left = moves ? await leaveDepartment(em, own, before, reason) : undefined;
      await em.nativeUpdate(Officer, { subject }, { name, department: code, roles, ...(identity && { identity }) });
      await linkAccounts(em, [...others.map((other) => other.subject), subject]);
      // Under another name it may be another person, so the check is done again.
      if (before.name !== name) await em.nativeUpdate(Officer, { subject }, { verifiedAt: null, verification: null });
      return recordChange('CHANGE_OFFICER', await findBySubject(em, subject), {
        concerns: [code, before.department],
        reason: input.reason,
        left,
      });
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, {
    description: '实名核验\nThe authority has compared the person with an identity document (QZ-9.2c).',
  })
  async verifyOfficer(
    @Arg('subject', () => String) subject: string,
    @Arg('reference', () => String, { description: '核验凭据编号\nNever the identity number itself.' }) text: string,
    @Arg('identityNumber', () => String, {
      nullable: true,
      description:
        '公民身份号码\nAs the document shows it. Another account of the same person is linked; only a keyed hash is kept.',
    })
    identityNumber: string | null | undefined,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<OfficerResult> {
    const { auditLog, now } = own;
    const identity = identityNumber == null ? undefined : hashIdentity(own, identityNumber);
    if (identityNumber != null && !identity) return refuse('OFFICER_MALFORMED', IDENTITY_MALFORMED);
    const problem = findTextProblem('reference', text, { max: 100 });
    if (problem) return refuse('OFFICER_MALFORMED', problem);
    if (/\d{17}[\dXx]/.test(text)) return refuse('OFFICER_MALFORMED', say('officer.reference'));
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<OfficerResult>> => {
      const before = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
      if (!before) return { result: refuse('OFFICER_UNKNOWN', say('officer.unknown', { account: subject })) };
      const refusal = (await refuseOwnCause(em, subject, fetch)) ?? refuseOtherIdentity(before, identity);
      if (refusal) return { result: { refusal } };
      const verified = { verifiedAt: new Date(now()), verification: cleanText(text), ...(identity && { identity }) };
      await em.nativeUpdate(Officer, { subject }, verified);
      const others = identity ? await findAccountsByIdentity(em, subject, identity) : [];
      await linkAccounts(em, [...others.map((other) => other.subject), subject]);
      const officer = await findBySubject(em, subject);
      return recordChange('VERIFY_OFFICER', officer, { concerns: [officer.department] });
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, {
    description:
      '停用经办人员\nEnds the posts of the person, the rights given to them by name, and the queries they kept for themselves; they do not come back.',
  })
  suspendOfficer(
    @Arg('subject', () => String) subject: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<OfficerResult> {
    return setSuspended(subject, true, grounds, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => OfficerResult, { description: '恢复经办人员' })
  resumeOfficer(
    @Arg('subject', () => String) subject: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<OfficerResult> {
    return setSuspended(subject, false, grounds, context);
  }
}

async function setSuspended(
  subject: string,
  suspended: boolean,
  grounds: Grounds,
  { em, fetch, own }: GovernanceContext,
): Promise<OfficerResult> {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<OfficerResult>> => {
    const officer = await em.findOne(Officer, { subject }, { disableIdentityMap: true });
    if (!officer) return { result: refuse('OFFICER_UNKNOWN', say('officer.unknown', { account: subject })) };
    if (officer.suspended === suspended) return { result: { officer } };
    const last = suspended ? await refuseLastAuthority(em, { subject }) : undefined;
    const refusal = last ?? (await refuseOwnCause(em, subject, fetch));
    if (refusal) return { result: { refusal } };
    const left = suspended ? await leaveDepartment(em, own, officer, grounds.reason ?? '停用') : undefined;
    await em.nativeUpdate(Officer, { subject }, { suspended });
    if (suspended) await forgetPrivateQueries(em, subject);
    const act = suspended ? 'SUSPEND_OFFICER' : 'RESUME_OFFICER';
    const changed = await findBySubject(em, subject);
    return recordChange(act, changed, { ...grounds, concerns: [officer.department], left });
  });
}

const IDENTITY_MALFORMED = say('officer.identityNumber');

/** Refuses a change of an account by the person whose it is, through whichever account they act. */
async function refuseOwnCause(
  em: GovernanceContext['em'],
  subject: string,
  { person }: Pick<FetchContext, 'person'>,
): Promise<Refusal | undefined> {
  const accounts = person === undefined ? [] : await findAccounts(em, person);
  return accounts.includes(subject) ? Refusal.because('OWN_CAUSE', say('officer.ownCause')) : undefined;
}

/** Refuses an identity number that is not the one under which an account is registered: an account stays its person's. A
 *  number whose keys have been forgotten cannot be compared. */
function refuseOtherIdentity(
  { subject, identity: known }: Officer,
  identity: Officer['identity'],
): Refusal | undefined {
  const comparable = known?.some(({ key }) => identity?.some((hash) => hash.key === key));
  const same = known?.some((hash) => identity?.some((other) => other.key === hash.key && other.hash === hash.hash));
  return comparable && !same
    ? Refusal.because('OFFICER_MALFORMED', say('officer.otherIdentity', { account: subject }))
    : undefined;
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

const findBySubject = (em: GovernanceContext['em'], subject: string): Promise<Officer> =>
  em.findOneOrFail(Officer, { subject }, { disableIdentityMap: true });

interface OfficerChange extends Grounds {
  readonly concerns: readonly string[];
  /** What ended with it. */
  readonly left?: Awaited<ReturnType<typeof leaveDepartment>> | undefined;
}

const recordChange = (
  act: 'REGISTER_OFFICER' | 'CHANGE_OFFICER' | 'VERIFY_OFFICER' | 'SUSPEND_OFFICER' | 'RESUME_OFFICER',
  officer: Officer,
  { concerns, left, reason, basis }: OfficerChange,
): Recorded<OfficerResult> => ({
  result: { officer },
  ...(left && { before: left.decisions }),
  decision: {
    act,
    object: `officer/${officer.subject}`,
    concerns,
    reason,
    basis,
    terms: {
      department: officer.department,
      roles: officer.roles,
      verified: officer.verifiedAt != null,
      ...(left && left.lost.length > 0 && { lost: left.lost }),
    },
  },
});
