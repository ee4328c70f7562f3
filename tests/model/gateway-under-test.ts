import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import type { AnswerError } from '../../gateway/request/answer.js';
import { createEngine, type Engine } from '../../gateway/execution/engine.js';
import { prepareOperation } from '../../gateway/operation/prepare-operation.js';
import type { PreparedOperation } from '../../gateway/request/operation.js';
import { DEFAULT_LIMITS } from '../../gateway/operation/limits.js';
import { Decider } from '../../gateway/permission/decider.js';
import { NO_LEDGER } from '../../gateway/permission/quota-ledger.js';
import { toRefusalError } from '../../gateway/permission/to-refusal-error.js';
import type { Verdict } from '../../gateway/request/verdict.js';
import { loadGraph } from '../../gateway/plan/load-graph.js';
import { readShareRules } from '../../gateway/supergraph/share-rules.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { buildConsumerSchema } from '../../gateway/supergraph/build-consumer-schema.js';
import { subgraphsOf } from '../../gateway/supergraph/graph.js';
import { HubError, type Grant } from '../../shared/kernel/index.js';
import { scenarioKey } from '../../shared/read-model/read-model.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { consentToProposals } from '../support/proposed-consents.js';
import { Answering, type Fragments } from './answer.js';
import type { FakeSubgraphs } from './fake-subgraphs.js';
import type { GeneratedOperation } from './generate-operation.js';
import { Model, type Caller, type Decided, type Request } from './model.js';
import { printSdl } from './print-sdl.js';
import type { World } from './world.js';

/** A world behind the gateway's own parts: composed, read, decided, pruned, planned and executed. */
export class GatewayUnderTest {
  readonly sdl: Readonly<Record<string, string>>;
  private readonly model: Model;
  private readonly decider: Decider;

  private constructor(
    readonly world: World,
    private readonly name: string,
    private readonly index: ShareIndex,
    private readonly engine: Engine,
    readonly schema: PreparedOperation['schema'],
    private readonly fakes: FakeSubgraphs,
    private readonly policy: ReleasePolicy,
  ) {
    this.sdl = printSdl(world);
    this.model = new Model(world);
    this.decider = new Decider(index, NO_LEDGER);
  }

  static async open(world: World, name: string, fakes: FakeSubgraphs): Promise<GatewayUnderTest> {
    const sdl = printSdl(world);
    const urls = fakes.add(world, sdl, name);
    const loaded = Object.entries(sdl).map(([subgraph, text]) => ({
      name: subgraph,
      url: urls.get(subgraph)!.url,
      sdl: text,
    }));
    const { supergraphSdl } = composeGraph(loaded);
    const planned = loadGraph(supergraphSdl);
    const shares = loaded.map((one) => readSubgraphShares(one.name, parse(one.sdl)));
    const consents = consentToProposals(shares);
    // Every subgraph speaks for everybody: who may receive what is another property; here the plan must send what is known.
    const everybody = [...new Set(shares.flatMap(({ providers }) => providers.map(({ provider }) => provider)))];
    const publishers = new Map(loaded.map((one) => [one.name, everybody]));
    const composed = { supergraphSdl, schema: buildConsumerSchema(planned.consumerSchema) };
    const { index } = readShareRules(loaded, composed, { trust: { consents, now: 0 } });
    const { releases } = readShareRules(loaded, composed, { trust: { publishers, consents, now: 0 } }).index;
    const schema = buildConsumerSchema(planned.consumerSchema, index);
    const engine = createEngine({
      ...{ planned, schema, subgraphs: subgraphsOf(supergraphSdl), releases },
      expose: true,
    });
    return new GatewayUnderTest(world, name, index, engine, schema, fakes, { publishers, consents });
  }

  async close(): Promise<void> {
    await this.engine.close();
    this.fakes.remove(this.name);
  }

  /** The operation as model and gateway see it; undefined where GraphQL itself does not allow it. */
  prepare(generated: GeneratedOperation): Question | undefined {
    try {
      const prepared = prepareOperation(this.schema, generated.text, undefined, { ...DEFAULT_LIMITS, cost: 1e9 });
      return { generated, prepared, ...this.parse(generated) };
    } catch (error) {
      if (error instanceof HubError && error.code === 'GRAPHQL_VALIDATION_FAILED') return undefined;
      throw error;
    }
  }

  private parse({ text, effective }: GeneratedOperation): Pick<Question, 'operation' | 'fragments' | 'requests'> {
    const { definitions } = parse(text);
    const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
    const fragments: Fragments = new Map(
      definitions
        .filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
        .map((one) => [one.name.value, { type: one.typeCondition.name.value, set: one.selectionSet }]),
    );
    return {
      operation,
      fragments,
      requests: this.model.requests(operation.selectionSet, 'Query', fragments, effective),
    };
  }

  /** Property 1: every request is refused or allowed as the model says, and under the same limits. */
  async decide(
    { generated, prepared, requests }: Question,
    caller: Caller,
  ): Promise<{ decided: Decided; verdict: Verdict }> {
    const decided = this.model.decide(requests, caller);
    const verdict = await this.decider.decide(prepared, {
      department: caller.department,
      scenario: caller.scenario,
      person: caller.persons[0],
      variables: Object.fromEntries(prepared.coerce(generated.variables)),
      snapshot: this.snapshot(caller.grants),
      now: caller.now,
    });
    expectSame(
      'requested coordinates',
      requests.map(({ coordinate }) => coordinate),
      prepared.sites.map(({ coordinate }) => coordinate),
    );
    requests.forEach((request, site) => {
      const codes = decided.refused.get(request);
      const given = verdict.reasons.get(site)?.code;
      if (codes ? !given || !codes.includes(given) : given)
        throw new Error(
          `${request.coordinate} at ${prepared.sites[site]!.path.join('.')}: model ${codes?.join(' or ') ?? 'allows'}, gateway ${given ?? 'allows'}`,
        );
    });
    const sorted = (record: Readonly<Record<string, readonly string[]>> = {}) =>
      Object.fromEntries(
        Object.entries(record)
          .map(([at, rows]) => [at, rows.toSorted()])
          .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      );
    expectSame('scopes', sorted(decided.scopes), sorted(verdict.limits.scopes));
    expectSame('rows', sorted(decided.rows), sorted(verdict.limits.rows));
    expectSame(
      'masks',
      Object.entries(decided.masks).toSorted(),
      Object.entries(verdict.limits.masks ?? {}).toSorted(),
    );
    return { decided, verdict };
  }

  /** Property 2: the answer is what the model says, and no provider was asked for anything refused. */
  async answer(question: Question, caller: Caller): Promise<void> {
    const { generated, prepared, operation, fragments, requests } = question;
    const { decided, verdict } = await this.decide(question, caller);
    this.fakes.forget();
    const answer = await this.engine.execute(prepared, {
      denials: verdict.denials,
      refusal: (site) => toRefusalError(verdict.reasons.get(site.index)!, site.coordinate, caller),
      variables: generated.variables,
      limits: verdict.limits,
      context: () => ({ sign: () => JSON.stringify(verdict.limits), changeKey: () => false }),
    });
    const expected = new Answering(this.model, decided, requests, fragments, generated.effective);
    const data = expected.data(operation.selectionSet);
    const [refusals, others] = [true, false].map((is) =>
      answer.errors.filter(({ extensions }) => 'shareType' in extensions === is),
    ) as [AnswerError[], AnswerError[]];
    const difference = differenceOf(data, JSON.parse(answer.data));
    if (difference)
      throw new Error(
        `${difference}\n  model   ${JSON.stringify(data)}\n  gateway ${answer.data}\n  errors  ${JSON.stringify(answer.errors)}`,
      );

    const active = expected.active(operation.selectionSet);
    expectSame(
      'refused coordinates',
      active
        .filter((request) => decided.refused.has(request))
        .map(({ coordinate }) => coordinate)
        .toSorted(),
      refusals.map(({ extensions }) => String(extensions['coordinate'])).toSorted(),
    );
    if (others.length > 0 && Object.keys(decided.scopes).length === 0)
      throw new Error(`errors ${JSON.stringify(others)}`);
    this.expectOnlyAllowedAsked(active, decided);
  }

  private expectOnlyAllowedAsked(active: readonly Request[], decided: Decided): void {
    const allowed = new Set<string>();
    for (const request of active) {
      let above: Request | undefined = request;
      while (above && !decided.refused.has(above)) above = above.parent;
      if (above) continue;
      const [type, field] = request.coordinate.split('.') as [string, string];
      const { interface: shared } = this.world;
      const forms = type === shared?.name ? shared.members.map((member) => `${member}.${field}`) : [];
      for (const at of [request.coordinate, ...forms, ...(field === 'io' ? ['I0.io'] : [])]) {
        allowed.add(at);
        for (const input of this.model.allInputs(at)) allowed.add(input);
      }
    }
    // The division of a row is asked for where something of it is given within rows only.
    const narrowed = new Set([
      ...Object.keys(decided.scopes).map((at) => at.slice(0, at.indexOf('.'))),
      ...Object.keys(decided.rows),
    ]);
    const isDivision = (at: string) => /\.v_/.test(at) && narrowed.has(at.slice(0, at.indexOf('.')));
    const wrong = [...this.fakes.asked].filter((at) => !allowed.has(at) && !at.endsWith('.id') && !isDivision(at));
    if (wrong.length > 0) throw new Error(`providers were asked for ${wrong.join(', ')}`);
  }

  private snapshot(grants: readonly Grant[]) {
    const byPair = new Map<string, Grant[]>();
    for (const grant of grants) {
      const key = scenarioKey(grant.department, grant.scenario);
      byPair.set(key, [...(byPair.get(key) ?? []), grant]);
    }
    const contact = {
      subject: 'li.na',
      name: 'Li Na',
      department: 'tax',
      roles: [],
      posts: ['CONTACT'],
      suspended: false,
    };
    const officers = new Map([[contact.subject, contact]]);
    return { ...NOBODY, ...this.policy, officers, grants: byPair };
  }
}

const none = new Map<string, never>();
const NOBODY = { version: 1, departments: none, systems: none, scenarios: none };

export interface Question {
  readonly generated: GeneratedOperation;
  readonly prepared: PreparedOperation;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly requests: readonly Request[];
}

/** Where an answer differs from the model's, keys in order; undefined where it does not. */
function differenceOf(model: unknown, gateway: unknown, at: string[] = []): string | undefined {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null;
  if (!isObject(model) || !isObject(gateway) || Array.isArray(model) !== Array.isArray(gateway))
    return model === gateway ? undefined : `data differ at ${at.join('.')}`;
  const [a, b] = [Object.entries(model), Object.entries(gateway)];
  if (a.map(([key]) => key).join() !== b.map(([key]) => key).join()) return `keys differ at ${at.join('.')}`;
  for (const [i, [key, value]] of a.entries()) {
    const found = differenceOf(value, b[i]![1], [...at, key]);
    if (found) return found;
  }
  return undefined;
}

function expectSame(what: string, model: unknown, gateway: unknown): void {
  const [a, b] = [JSON.stringify(model), JSON.stringify(gateway)];
  if (a !== b) throw new Error(`${what}\n  model   ${a}\n  gateway ${b}`);
}
