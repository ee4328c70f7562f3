import { joinTexts, type Text } from '../../../../shared/kernel/index.js';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { PageArguments, type Connection } from '../../../../shared/subgraph/index.js';
import {
  type Recorded,
  type GovernanceContext,
  Refusal,
  type RefusalCode,
  findGroundsProblem,
} from '../../core/index.js';
import { Department } from '../../register/index.js';
import { GrantStore } from '../../grant/index.js';
import { findSealProblems } from './seal.rule.js';
import { UseSealConnection } from './seal-connection.js';
import { SealInput, SealResult, UseSeal } from './use-seal.entity.js';
import { say } from '../messages/index.js';

/** Seals withhold uses from citizens' inquiries until a date, where a law requires it. The authority decides, and each
 *  decision is evidence itself. */
@Resolver(() => UseSeal)
export class SealResolver {
  @Share('UNCONDITIONAL')
  @Query(() => UseSealConnection, { nullable: true, description: '查询封存\nFor the authority and the auditor.' })
  seals(
    @Filters('UseSeal.department') @Arg('department', () => String, { nullable: true }) department: string | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<UseSeal>> {
    return rows.connection(UseSeal, department == null ? {} : { department }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SealResult, {
    description: '封存使用记录\nA department’s uses from a time on are withheld from citizens’ inquiries until a date.',
  })
  async sealUses(
    @Arg('input', () => SealInput) input: SealInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<SealResult> {
    const { department, scenario, grant, until, reason, basis } = input;
    const from = input.from ?? new Date();
    const problems = [findGroundsProblem(input), ...findSealProblems({ from, until, basis, now: Date.now() })].filter(
      (sentence) => sentence !== undefined,
    );
    if (problems.length > 0) return refuse('SEAL_MALFORMED', joinTexts(problems, ' '));
    return auditLog.transact(em, fetch, async (em) => {
      const grants = new GrantStore(em);
      if ((await em.count(Department, { code: department })) === 0)
        return refused('DEPARTMENT_UNKNOWN', say('department.unknown', { department }));
      if (scenario != null && !(await grants.hasScenario(department, scenario)))
        return refused('SCENARIO_UNKNOWN', say('scenario.unknown', { department, scenario }));
      if (grant != null && (await grants.find(grant))?.department !== department)
        return refused('GRANT_UNKNOWN', say('grant.unknown', { department, grant }));
      const [{ number }] = await em.execute<[{ number: string }]>(`select nextval('use_seal_number') as number`);
      const id = `S-${number.padStart(6, '0')}`;
      await em.insert(UseSeal, { id, department, scenario, grant, from, until, reason, basis });
      const seal = await em.findOneOrFail(UseSeal, { id }, { disableIdentityMap: true });
      return decided('SEAL_USES', seal, reason, basis);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SealResult, { description: '解除封存\nThe uses are told from now on.' })
  async unsealUses(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Arg('basis', () => [String], { nullable: true, description: '依据' }) basis: string[] | null | undefined,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<SealResult> {
    const problem = findGroundsProblem({ reason, basis });
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return auditLog.transact(em, fetch, async (em) => {
      const changed = await em.nativeUpdate(UseSeal, { id, liftedAt: null }, { liftedAt: new Date() });
      const seal = await em.findOne(UseSeal, { id }, { disableIdentityMap: true });
      if (!seal) return refused('SEAL_UNKNOWN', say('seal.unknown', { id }));
      return changed === 0 ? { result: { seal } } : decided('UNSEAL_USES', seal, reason, basis);
    });
  }
}

function decided(
  act: 'SEAL_USES' | 'UNSEAL_USES',
  seal: UseSeal,
  reason: string,
  basis: readonly string[] | null | undefined,
): Recorded<SealResult> {
  const { id, department, scenario, grant, from, until, liftedAt } = seal;
  const terms = {
    department,
    from,
    until,
    ...(scenario != null && { scenario }),
    ...(grant != null && { grant }),
    ...(liftedAt && { liftedAt }),
  };
  return { result: { seal }, decision: { act, object: `seal/${id}`, concerns: [department], reason, basis, terms } };
}

const refuse = (code: RefusalCode, message: Text): SealResult => ({ refusal: Refusal.because(code, message) });
const refused = (code: RefusalCode, message: Text): Recorded<SealResult> => ({ result: refuse(code, message) });
