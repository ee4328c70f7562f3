import {
  buildSchema,
  Kind,
  parse,
  print,
  printSchema,
  visit,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { createEngine, type Engine } from '../../../gateway/execution/engine.js';
import { DEFAULT_LIMITS } from '../../../gateway/operation/limits.js';
import { Decider } from '../../../gateway/permission/decider.js';
import { NO_LEDGER } from '../../../gateway/permission/quota-ledger.js';
import { findWithheld } from '../../../gateway/plan/find-unreachable.js';
import { toRefusalError } from '../../../gateway/permission/to-refusal-error.js';
import type { Answer } from '../../../gateway/request/answer.js';
import { buildConsumerSchema } from '../../../gateway/supergraph/build-consumer-schema.js';
import { readShareRules } from '../../../gateway/supergraph/share-rules.js';
import type { Grant } from '../../../shared/kernel/index.js';
import { scenarioKey, type GovernanceSnapshot } from '../../../shared/read-model/read-model.js';
import type { Consent } from '../../../shared/share/releases/release.js';
import { FEDERATION_LINK } from '../support/graph.js';
import type { Asked } from './lenient.js';
import { resolveWhole } from './resolvers.js';
import type { ServedWorld } from './serve-world.js';
import { NOW, type ShareModel } from './share-model.js';

const LINK =
  'extend schema @link(url: "https://sharehub.dev/share/v1.0", import: ["@resource", "@share", "@subject", "@copyOf"])\n';
const CALLER = { department: 'asking', scenario: 'audit' };

/** A served world under share rules: decided, planned and executed by the gateway's own parts. */
export interface SharedWorld {
  readonly served: ServedWorld;
  readonly model: ShareModel;
  /** The consumers' schema, told without federation. */
  readonly whole: GraphQLSchema;
  ask(asked: Asked): Promise<Answer>;
  close(): Promise<void>;
}

export function serveShares(served: ServedWorld, model: ShareModel): SharedWorld {
  const { planned, supergraph } = served.graph;
  const sdl = Object.fromEntries(Object.entries(served.sdl).map(([name, text]) => [name, annotate(text, model, name)]));
  const loaded = Object.entries(sdl).map(([name, text]) => ({ ...served.urls.get(name)!, name, sdl: text }));
  const composed = { supergraphSdl: supergraph, schema: buildConsumerSchema(planned.consumerSchema) };
  const { publishers } = model;
  const read = (consents: readonly Consent[]) =>
    readShareRules(loaded, composed, { trust: { publishers, consents, now: NOW } }).index;
  // Who may speak in another's place is no question here: every owner lets every copy and override be.
  const served_ = [...read([]).releases!.values()].flat().filter(({ use }) => use !== 'KEY' && use !== 'REQUIRES');
  const others = served_.map((each, n): Consent => ({
    ...{ id: `S-${n}`, item: each.item, owner: each.owner, use: each.use, coordinate: each.forCoordinate },
    ...{
      receiver: each.receiverDepartments[0]!,
      receiverSubgraph: each.receiverSubgraph,
      purpose: 'a purpose',
      until: NOW + 1,
    },
  }));
  const consents = [...model.consents, ...others];
  const index = read(consents);
  const withheld = findWithheld(supergraph, index.releases);
  const schema = buildConsumerSchema(planned.consumerSchema, index, withheld);
  const engine: Engine = createEngine({
    ...{ planned, schema, subgraphs: served.urls, releases: index.releases, overrides: served.overrides },
    limits: { ...DEFAULT_LIMITS, cost: 1e9 },
  });
  const decider = new Decider(index, NO_LEDGER);
  const snapshot: GovernanceSnapshot = {
    ...{ version: 1, departments: new Map(), systems: new Map(), officers: new Map(), scenarios: new Map() },
    ...{ publishers, consents, grants: new Map([[scenarioKey('asking', 'audit'), [grantFor(model.grants)]]]) },
  };
  const whole = buildSchema(printSchema(schema));
  resolveWhole(served.world, whole, []);
  return {
    ...{ served, model, whole },
    async ask({ text, variables }) {
      const operation = engine.prepare(text);
      const coerced = Object.fromEntries(operation.coerce(variables));
      const context = { ...CALLER, variables: coerced, snapshot, now: NOW };
      const verdict = await decider.decide(operation, context);
      const stopped = decider.findAllStopped(snapshot, NOW);
      return engine.execute(operation, {
        denials: verdict.denials,
        refusal: (site) => toRefusalError(verdict.reasons.get(site.index)!, site.coordinate, CALLER),
        stopped,
        variables,
        limits: verdict.limits,
        context: () => undefined,
        standing: {
          signal: new AbortController().signal,
          holds: () => Promise.resolve(true),
          findStopped: (releases) => decider.findStopped(releases, snapshot, NOW),
          revise: () => Promise.resolve(undefined),
        },
      });
    },
    close: () => engine.close(),
  };
}

const grantFor = (coordinates: readonly string[]): Grant => ({
  ...{ id: 'G-1', department: 'asking', scenario: 'audit', mode: 'QUERY', suspended: false, approver: 'a', basis: [] },
  ...{ coordinates: coordinates as Grant['coordinates'], from: 0, until: NOW + 1 },
});

/** SDL of a subgraph with the share type of every field that it resolves. */
function annotate(sdl: string, model: ShareModel, subgraph: string): string {
  const [provider] = model.publishers.get(subgraph)!;
  const document = visit(parse(sdl), {
    ObjectTypeDefinition: (type: ObjectTypeDefinitionNode) => {
      const isFacade = type.directives?.some(({ name }) => name.value === 'interfaceObject');
      return {
        ...type,
        fields: type.fields?.map((field) => {
          if (field.directives?.some(({ name }) => name.value === 'external')) return field;
          if (isFacade && field.name.value === 'id') return field;
          return withShare(field, model.shareType(`${type.name.value}.${field.name.value}`), provider!);
        }),
      };
    },
  });
  return FEDERATION_LINK + LINK + print(document);
}

function withShare(field: FieldDefinitionNode, type: string, provider: string): FieldDefinitionNode {
  const subject = field.name.value === 'id' ? '@subject(kind: PERSON)' : '';
  const text = `type T { f: ID @share(type: ${type}, basis: ["Law 1"], provider: "${provider}") ${subject} }`;
  const [stated] = parse(text).definitions;
  if (stated?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(text);
  return { ...field, directives: [...(field.directives ?? []), ...stated.fields![0]!.directives!] };
}
