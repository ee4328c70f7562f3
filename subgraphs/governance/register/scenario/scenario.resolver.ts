import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import {
  findGroundsProblem,
  type GovernanceContext,
  type Grounds,
  GroundsArguments,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { Department } from '../department/department.entity.js';
import { ScenarioChange, ScenarioInput } from './scenario-input.type.js';
import { ScenarioResult } from './scenario-result.type.js';
import { Scenario, ScenarioConnection } from './scenario.entity.js';
import { insertScenario } from './scenario.store.js';
import { cleanTerms, findScenarioCodeProblem, validateScenario } from './scenario.rule.js';
import { say } from '../messages/index.js';
import { joinTexts, type Text } from '../../../../shared/kernel/index.js';

/** The purposes for which departments ask, entered by the authority (QZ-2.2g). */
@Resolver(() => Scenario)
export class ScenarioResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ScenarioConnection, {
    nullable: true,
    description: '应用场景名录\nOf one department where named; with `ended` those that have ended too.',
  })
  scenarios(
    @Filters('Scenario.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Scenario>> {
    const where = { ...(department != null && { department }), ...(!ended && { endedAt: null }) };
    return rows.connection(Scenario, where, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ScenarioResult, { description: '登记应用场景' })
  async registerScenario(
    @Arg('input', () => ScenarioInput) input: ScenarioInput,
    @Ctx() { em, fetch, own: { auditLog } }: GovernanceContext,
  ): Promise<ScenarioResult> {
    const { department, code } = input;
    const problems = [findScenarioCodeProblem(code) ?? [], validateScenario(input)].flat();
    if (problems.length > 0) return refuse('SCENARIO_MALFORMED', joinTexts(problems, ' '), undefined, problems);
    const terms = cleanTerms(input);
    return auditLog.transact(em, fetch, async (em): Promise<Recorded<ScenarioResult>> => {
      if ((await em.count(Department, { code: department })) === 0)
        return { result: refuse('DEPARTMENT_UNKNOWN', say('department.unknown', { department })) };
      const known = await findByCode(em, department, code);
      if (known) {
        const state = known.endedAt ? say('scenario.ended') : '';
        return { result: refuse('SCENARIO_KNOWN', say('scenario.codeKnown', { department, code, state })) };
      }
      const named = await em.findOne(Scenario, { department, name: terms.name, endedAt: null });
      if (named) return { result: refuseName(department, terms.name, named.code) };
      await insertScenario(em, { department, code, ...terms });
      return recordChange('REGISTER_SCENARIO', (await findByCode(em, department, code))!);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ScenarioResult, {
    description:
      '变更应用场景\nThe purpose stays while grants or open applications rest on it: register another scenario.',
  })
  async changeScenario(
    @Arg('department', () => String) department: string,
    @Arg('code', () => String) code: string,
    @Arg('change', () => ScenarioChange) input: ScenarioChange,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<ScenarioResult> {
    const malformed = findGroundsProblem(grounds);
    if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ScenarioResult>> => {
      const before = await findByCode(em, department, code);
      if (!before || before.endedAt) return { result: refuseUnknown(department, code) };
      const next = {
        name: input.name ?? before.name,
        purpose: input.purpose ?? before.purpose,
        basis: input.basis ?? before.basis,
      };
      // One that was registered before scenarios had a basis gets it when somebody knows it.
      const problems = validateScenario({ ...next, basis: input.basis ?? undefined });
      if (problems.length > 0)
        return { result: refuse('SCENARIO_MALFORMED', joinTexts(problems, ' '), undefined, problems) };
      const terms = cleanTerms(next);
      const named = await em.findOne(Scenario, { department, name: terms.name, endedAt: null, code: { $ne: code } });
      if (named) return { result: refuseName(department, terms.name, named.code) };
      if (JSON.stringify(terms) === JSON.stringify(cleanTerms(before))) return { result: { scenario: before } };
      const uses =
        terms.purpose === before.purpose
          ? []
          : await own.findScenarioUses(em, { department, scenario: code }, own.now());
      if (uses.length > 0) return { result: refuseUsed(uses, say('scenario.purposeStays')) };
      await em.nativeUpdate(Scenario, { department, code }, terms);
      return recordChange('CHANGE_SCENARIO', (await findByCode(em, department, code))!, grounds, before);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ScenarioResult, {
    description: '终止应用场景\nFor good, and only when no grant or open application rests on it any more.',
  })
  async endScenario(
    @Arg('department', () => String) department: string,
    @Arg('code', () => String) code: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<ScenarioResult> {
    const problem = findGroundsProblem(grounds);
    if (problem) return refuse('GROUNDS_MALFORMED', problem);
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<ScenarioResult>> => {
      const scenario = await findByCode(em, department, code);
      if (!scenario) return { result: refuseUnknown(department, code) };
      if (scenario.endedAt) return { result: { scenario } };
      const uses = await own.findScenarioUses(em, { department, scenario: code }, own.now());
      if (uses.length > 0) return { result: refuseUsed(uses, say('scenario.endsNot')) };
      await em.nativeUpdate(Scenario, { department, code }, { endedAt: new Date(own.now()) });
      return recordChange('END_SCENARIO', (await findByCode(em, department, code))!, grounds);
    });
  }
}

const findByCode = (em: GovernanceContext['em'], department: string, code: string): Promise<Scenario | null> =>
  em.findOne(Scenario, { department, code }, { disableIdentityMap: true });

const refuseUnknown = (department: string, code: string): ScenarioResult =>
  refuse('SCENARIO_UNKNOWN', say('scenario.unknown', { department, code }));

const refuseName = (department: string, name: string, code: string): ScenarioResult =>
  refuse('SCENARIO_KNOWN', say('scenario.known', { department, name, code }));

/** Names what rests on a scenario, at most as many as can be read. */
const refuseUsed = (uses: readonly string[], consequence: Text): ScenarioResult => {
  const most = 20;
  const more = uses.length > most ? say('more', { count: uses.length - most }) : '';
  const message = say('scenario.inUse', { uses: joinTexts(uses.slice(0, most), ','), more, consequence });
  return refuse('SCENARIO_IN_USE', message, undefined, uses.slice(0, most));
};

const recordChange = (
  act: 'REGISTER_SCENARIO' | 'CHANGE_SCENARIO' | 'END_SCENARIO',
  scenario: Scenario,
  grounds: Grounds = {},
  before?: Scenario,
): Recorded<ScenarioResult> => {
  const { department, code, name, purpose, basis } = scenario;
  return {
    result: { scenario },
    decision: {
      act,
      object: `scenario/${department}/${code}`,
      concerns: [department],
      basis: grounds.basis ?? basis,
      reason: grounds.reason,
      terms: { department, code, name, purpose, basis, ...(before && { before: cleanTerms(before) }) },
    },
  };
};
