import { isHubSystem, type Text } from '../../../../shared/kernel/index.js';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  cleanText,
  findGroundsProblem,
  findTextProblem,
  type GovernanceContext,
  type Grounds,
  GroundsArguments,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { RegisterResult } from '../department/register-result.type.js';
import { findIdentifiers } from '../find-identifiers.js';
import { findIdentifierProblem, findTakenIdentifier } from '../officer/identifier.rule.js';
import { RegisteredSystem, RegisteredSystemConnection } from './registered-system.entity.js';
import { findSignInProblem } from './sign-in.rule.js';
import { SystemInput } from './system-input.type.js';
import { findDocumentsProblem } from './trusted-documents.rule.js';
import { say } from '../messages/index.js';

/** The systems through which departments ask. */
@Resolver(() => RegisteredSystem)
export class SystemResolver {
  @Share('UNCONDITIONAL')
  @Query(() => RegisteredSystemConnection, { nullable: true, description: '接入系统名录' })
  systems(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<RegisteredSystem>> {
    return rows.connection(RegisteredSystem, {}, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '登记接入系统' })
  async registerSystem(
    @Arg('input', () => SystemInput) { clientId, department, name: text, redirectUris, browser }: SystemInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const problem =
      findTextProblem('name', text, { max: 60 }) ??
      findClientIdProblem(clientId) ??
      findSignInProblem({ redirectUris, browser });
    if (problem) return refuse('SYSTEM_MALFORMED', problem);
    const name = cleanText(text);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
      if ((await em.count(Department, { code: department })) === 0)
        return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department })) };
      if ((await em.count(RegisteredSystem, { clientId })) > 0)
        return { result: refuse('SYSTEM_KNOWN', say('system.known', { system: clientId })) };
      const taken = findTakenIdentifier(clientId, await findIdentifiers(em));
      if (taken !== undefined)
        return {
          result: refuse('NAME_LOOKS_ALIKE', say('system.lookAlike', { system: clientId, taken })),
        };
      await em.insert(RegisteredSystem, {
        clientId,
        name,
        department,
        suspended: false,
        redirectUris,
        browser,
        ...ANY_DOCUMENT,
      });
      const system = await em.findOneOrFail(RegisteredSystem, { clientId }, { disableIdentityMap: true });
      return recordChange('REGISTER_SYSTEM', system, { name, department, redirectUris, browser });
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '变更接入系统登录方式\nReplaces all addresses of return.' })
  async changeSystemSignIn(
    @Arg('clientId', () => String) clientId: string,
    @Arg('redirectUris', () => [String]) redirectUris: string[],
    @Arg('browser', () => Boolean) browser: boolean,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const malformed = findSignInProblem({ redirectUris, browser });
    if (malformed) return refuse('SYSTEM_MALFORMED', malformed);
    const problem = findGroundsProblem(grounds);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
      await em.nativeUpdate(RegisteredSystem, { clientId }, { redirectUris, browser });
      const system = await em.findOne(RegisteredSystem, { clientId }, { disableIdentityMap: true });
      if (!system) return { result: refuseUnknown(clientId) };
      return recordChange('CHANGE_SYSTEM', system, { redirectUris, browser }, grounds);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, {
    description:
      '登记系统可执行的操作\nReplaces the registered operations. With `only` the system runs these and nothing else.',
  })
  async changeSystemDocuments(
    @Arg('clientId', () => String) clientId: string,
    @Arg('documents', () => [String], { description: 'SHA-256 of each text, 64 hexadecimal digits; at most 500.' })
    trustedDocuments: string[],
    @Arg('only', () => Boolean) trustedDocumentsOnly: boolean,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const malformed = findDocumentsProblem(trustedDocuments);
    if (malformed) return refuse('SYSTEM_MALFORMED', malformed);
    const problem = findGroundsProblem(grounds);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
      await em.nativeUpdate(RegisteredSystem, { clientId }, { trustedDocuments, trustedDocumentsOnly });
      const system = await em.findOne(RegisteredSystem, { clientId }, { disableIdentityMap: true });
      if (!system) return { result: refuseUnknown(clientId) };
      return recordChange('CHANGE_SYSTEM', system, { trustedDocuments, trustedDocumentsOnly }, grounds);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, {
    description:
      '变更接入系统所属部门\nEffective with its next query: it asks for the new department and under its grants alone. Its registered operations stay behind.',
  })
  async moveSystem(
    @Arg('clientId', () => String) clientId: string,
    @Arg('department', () => String) department: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<RegisterResult> {
    const problem = findGroundsProblem(grounds);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
      const before = await em.findOne(RegisteredSystem, { clientId }, { disableIdentityMap: true });
      if (!before) return { result: refuseUnknown(clientId) };
      if ((await em.count(Department, { code: department })) === 0)
        return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department })) };
      if (before.department === department) return { result: { system: before } };
      await em.nativeUpdate(RegisteredSystem, { clientId }, { department, ...ANY_DOCUMENT });
      const system = await em.findOneOrFail(RegisteredSystem, { clientId }, { disableIdentityMap: true });
      const terms = { department, before: before.department };
      return recordChange('CHANGE_SYSTEM', system, terms, grounds, [before.department, department]);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '暂停接入系统' })
  suspendSystem(
    @Arg('clientId', () => String) clientId: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return setSuspended(clientId, true, grounds, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => RegisterResult, { description: '恢复接入系统' })
  resumeSystem(
    @Arg('clientId', () => String) clientId: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<RegisterResult> {
    return setSuspended(clientId, false, grounds, context);
  }
}

/** A system is free until somebody says otherwise. */
const ANY_DOCUMENT = { trustedDocuments: [], trustedDocumentsOnly: false };

async function setSuspended(
  clientId: string,
  suspended: boolean,
  grounds: Grounds,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<RegisterResult> {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<RegisterResult>> => {
    const changed = await em.nativeUpdate(RegisteredSystem, { clientId, suspended: !suspended }, { suspended });
    const system = await em.findOne(RegisteredSystem, { clientId }, { disableIdentityMap: true });
    if (!system) return { result: refuseUnknown(clientId) };
    if (changed === 0) return { result: { system } };
    const terms = { department: system.department, suspended };
    return recordChange(suspended ? 'SUSPEND_SYSTEM' : 'RESUME_SYSTEM', system, terms, grounds);
  });
}

const recordChange = (
  act: 'REGISTER_SYSTEM' | 'CHANGE_SYSTEM' | 'SUSPEND_SYSTEM' | 'RESUME_SYSTEM',
  system: RegisteredSystem,
  terms: Readonly<Record<string, unknown>>,
  grounds: Grounds = {},
  concerns: readonly string[] = [system.department],
): Recorded<RegisterResult> => ({
  result: { system },
  decision: { act, object: `system/${system.clientId}`, concerns, ...grounds, terms },
});

const refuseUnknown = (clientId: string): RegisterResult =>
  refuse('SYSTEM_UNKNOWN', say('system.unknown', { system: clientId.slice(0, 64) }));

const findClientIdProblem = (clientId: string): Text | undefined =>
  isHubSystem(clientId.toLowerCase())
    ? say('system.hubs')
    : /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/.test(clientId)
      ? findIdentifierProblem('clientId', clientId, 63)
      : say('system.clientId');
