import { LRUCache } from 'lru-cache';
import type { GraphQLSchema } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { Release } from '../../shared/share/releases/release.js';
import { runStage } from '../tracing/trace.js';
import { DEFAULT_LIMITS, type OperationLimits } from '../operation/limits.js';
import { readConditions, type PreparedOperation } from '../request/operation.js';
import { type Denials, isDenied } from '../request/denials.js';
import { prepareOperation } from '../operation/prepare-operation.js';
import { prune } from '../operation/prune.js';
import { LimitFields, limitKey } from '../operation/limit-fields.js';
import type { CountedSite, ReleaseLimits } from '../request/verdict.js';
import { buildSubjectSelections, type Subjects } from '../operation/subject-selections.js';
import type { ClaimArguments } from '../operation/claims-in-text.js';
import type { Identifiers } from '../operation/identifier-arguments.js';
import { OverrideLabels } from '../plan/override-labels.js';
import type { SubjectFields } from '../request/protections.js';
import type { PlannedGraph } from '../plan/planned-graph.js';
import type { SupergraphFacts } from '../plan/supergraph-facts.js';
import type { Answer } from '../request/answer.js';
import type { HubComparison } from '../supergraph/hub-comparisons.js';
import { buildAnswer, NO_LIMITS, type CompiledAnswer } from './build-answer.js';
import { cacheKey } from './cache-key.js';
import { ComparingClient } from './comparing-client.js';
import { compilePlan } from './compile-plan.js';
import type { ExecutionRequest } from './execution-request.js';
import type { CompiledFetch } from './fetch-step.js';
import { findRefused, type RefusedSite } from './find-refused.js';
import { findInternalCoordinates } from './internal-coordinates.js';
import { compileIntrospection } from './introspection.js';
import type { Step } from './plan-context.js';
import { compileProjection, type Projection, type ProjectionOptions } from './projection.js';
import type { ExecutionState } from './execution-state.js';
import { runPlan } from './run-plan.js';
import { compileCopies } from './slices/copied-object.js';
import { Places } from './slices/places.js';
import { Slices } from './slices/slices.js';
import { DEFAULT_FETCH_LIMITS, SubgraphClient, type FetchClient, type FetchLimits } from './subgraph-client.js';
import { StoppedKeys, type KeysStopped } from './stopped-keys.js';
import { say } from '../request/messages/index.js';

export interface EngineOptions {
  readonly planned: PlannedGraph;
  /** The consumers' schema of this graph. */
  readonly schema: GraphQLSchema;
  /** By the name the supergraph gives them. */
  readonly subgraphs: ReadonlyMap<string, { readonly url: string }>;
  /** Clients of subgraphs that are not reached at their address. */
  readonly clients?: ReadonlyMap<string, FetchClient> | undefined;
  /** Subgraphs of the hub's own among them, which compare claims. */
  readonly comparisons?: readonly HubComparison[] | undefined;
  /** Releases that the graph makes, by the subgraph that receives them; absent in permissive mode. */
  readonly releases?: ReadonlyMap<string, readonly Release[]> | undefined;
  /** Field that holds the subject's identifier, by type, for the records that each subgraph keeps. */
  readonly subjectFields?: SubjectFields | undefined;
  /** Subject identifier by type name. */
  readonly subjects?: Subjects;
  /** Arguments and input fields whose value names a subject. */
  readonly identifiers?: Identifiers;
  readonly claims?: ClaimArguments;
  readonly limits?: Partial<OperationLimits>;
  /** Choice of each request between the old and the new subgraph of a moving field (`@override(label:)`). */
  readonly overrides?: {
    /** Labels that are switched on, percentages not among them. */
    readonly active?: readonly string[];
    /** A number from 0 up to, and not including, 100; random when absent. */
    readonly draw?: () => number;
  };
  readonly fetch?: Partial<FetchLimits>;
  /** Longest time for the fetches of one operation together, milliseconds. */
  readonly deadline?: number;
  /** Operations, and separately plans, kept. */
  readonly cacheSize?: number;
  /** Passes a subgraph's own message on as `extensions.detail`. Only where the operator asks for it. */
  readonly expose?: boolean;
}

/** The part of a request that decides what is fetched. */
type ExplainedRequest = Pick<ExecutionRequest, 'variables' | 'denials' | 'limits' | 'stopped'>;

/** One graph version, ready to answer. */
export interface Engine {
  /** Checks and normalises an operation; the same text gives the same object while it is cached.
   *  @throws HubError see `prepareOperation` */
  prepare(text: string, operationName?: string): PreparedOperation;
  /** @throws HubError BAD_USER_INPUT, OPERATION_TOO_COSTLY, INTERNAL (cannot be planned) */
  execute(operation: PreparedOperation, request: ExecutionRequest): Promise<Answer>;
  /** Sites that are allowed and that no plan fetches, because a release must not be made for them. Nothing is fetched. */
  findRefused(operation: PreparedOperation, request: ExplainedRequest): ReadonlyMap<number, RefusedSite>;
  /** Names of subgraphs that keep their callers waiting in vain. */
  hung(): readonly string[];
  /** Lets connections go, when in-flight operations are done. */
  close(): Promise<void>;
}

/** The part of a decision that a compiled operation depends on. */
interface CompiledUnder {
  readonly denials: Denials;
  readonly bits: number;
  readonly limits: ReleaseLimits;
  readonly counted: readonly CountedSite[];
  /** Labels of `@override` under which fields have moved. */
  readonly labels: ReadonlySet<string>;
  readonly stopped: KeysStopped;
}
const NONE_COUNTED: readonly CountedSite[] = [];

/** Everything that is compiled once for an operation under given denials and conditions. */
interface Compiled extends CompiledAnswer {
  /** Undefined when nothing is left to fetch. */
  readonly step: Step | undefined;
}

const DEFAULT_DEADLINE = 30_000;
const DEFAULT_CACHE_SIZE = 1_000;
/** Characters of operation text kept, whatever the number of operations. */
const CACHED_TEXT = 8 * 1024 * 1024;

export function createEngine(options: EngineOptions): Engine {
  return new FederationEngine(options);
}

class FederationEngine implements Engine {
  private readonly limits: OperationLimits;
  private readonly clients: ReadonlyMap<string, FetchClient>;
  private readonly facts: SupergraphFacts;
  private readonly projectionFacts: Pick<ProjectionOptions, 'subjects' | 'isEntity' | 'requiredBy' | 'graph'>;
  private readonly internalSelections;
  private readonly stoppedKeys: StoppedKeys;
  private readonly operations: LRUCache<string, PreparedOperation>;
  private readonly labels: OverrideLabels;
  private readonly compiled: LRUCache<string, Compiled>;
  private readonly compiling = new Map<string, Promise<Compiled>>();
  private running = 0;
  private whenIdle: (() => void) | undefined;

  constructor(private readonly options: EngineOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    const fetchLimits = { ...DEFAULT_FETCH_LIMITS, ...options.fetch };
    const clients = new Map<string, FetchClient>(
      [...options.subgraphs].map(([name, { url }]) => [
        name,
        options.clients?.get(name) ?? new SubgraphClient(name, url, fetchLimits),
      ]),
    );
    for (const comparison of options.comparisons ?? [])
      clients.set(comparison.name, new ComparingClient(comparison, clients.get(comparison.subgraph)!));
    this.clients = clients;
    this.facts = options.planned.facts;
    this.labels = new OverrideLabels(options.planned.labels, options.overrides?.active);
    const subjects: Subjects = options.subjects ?? new Map();
    const { isEntity, requiredBy, schema: graph } = this.facts;
    this.projectionFacts = { subjects, isEntity, requiredBy, graph };
    this.internalSelections = buildSubjectSelections(this.facts.schema, subjects, this.facts.opaque);
    this.stoppedKeys = new StoppedKeys(options.releases);
    const max = options.cacheSize ?? DEFAULT_CACHE_SIZE;
    this.operations = new LRUCache({ max, maxSize: CACHED_TEXT, sizeCalculation: (_, text) => text.length });
    this.compiled = new LRUCache({ max });
  }

  prepare(text: string, operationName?: string): PreparedOperation {
    const key = operationName === undefined ? text : `${operationName}\0${text}`;
    const cached = this.operations.get(key);
    if (cached) return cached;
    const { schema, identifiers, claims } = this.options;
    const operation = prepareOperation(schema, text, operationName, this.limits, identifiers, claims);
    this.operations.set(key, operation);
    return operation;
  }

  async execute(operation: PreparedOperation, request: ExecutionRequest): Promise<Answer> {
    this.running++;
    try {
      return await this.executeCompiled(operation, request);
    } finally {
      if (--this.running === 0) this.whenIdle?.();
    }
  }

  private async executeCompiled(operation: PreparedOperation, request: ExecutionRequest): Promise<Answer> {
    const variables = operation.coerce(request.variables);
    const bits = readConditions(operation, (name) => variables.get(name));
    const limits = request.limits ?? NO_LIMITS;
    const { denials, counted = NONE_COUNTED, trace } = request;
    const labels = this.labels.choose(this.options.overrides?.draw ?? drawNumber);
    const stopped = this.stoppedKeys.of(request.stopped);
    const key = cacheKey(operation, denials, bits, limits, counted, labels) + stopped.name;
    const compiled =
      this.compiled.get(key) ??
      (await runStage(trace, 'plan', () =>
        this.compileOnce(key, operation, { denials, bits, limits, counted, labels, stopped }),
      ));
    const slices = Slices.open(compiled.copies, request.protections, request.disputes?.());
    const state: ExecutionState = {
      variables,
      data: {},
      slices,
      noted: false,
      unplaced: [],
      traces: [],
      active: new Set(),
      headers: request.headers && Object.entries(request.headers).flat(),
      trace,
      context: request.context,
      inside: request.inside,
      protections: request.protections,
      mayFetch: () => request.standing?.holds() ?? ALWAYS,
      findStopped: (releases) => request.standing?.findStopped(releases),
      deadline: performance.now() + (this.options.deadline ?? DEFAULT_DEADLINE),
    };
    if (compiled.step) {
      const withdrawn = operation.kind === 'query' ? request.standing?.signal : undefined;
      await runPlan(compiled.step, state, request.signal, withdrawn);
    }
    const project = (under: ExecutionRequest): Projection =>
      compileProjection(operation, {
        ...this.projectionFacts,
        denials: under.denials,
        bits,
        limits: new LimitFields(this.facts.schema, under.limits ?? NO_LIMITS),
        counted: under.counted ?? NONE_COUNTED,
      });
    const revised = await request.standing?.revise();
    const standing = revised ? { ...request, ...revised } : request;
    const { introspect, internal, copies } = compiled;
    const projection = revised ? project(standing) : compiled.projection;
    const parts = { projection, introspect, internal, copies: revised ? undefined : copies };
    const answer = await buildAnswer(operation, parts, state, standing, project);
    slices?.tape.release();
    return answer;
  }

  findRefused(
    operation: PreparedOperation,
    { variables: given, denials, limits = NO_LIMITS, stopped }: ExplainedRequest,
  ): ReadonlyMap<number, RefusedSite> {
    const variables = operation.coerce(given);
    const bits = readConditions(operation, (name) => variables.get(name));
    const tested = limitKey(limits) === '' ? undefined : new LimitFields(this.facts.schema, limits);
    const text = prune(operation, denials, bits, this.internalSelections, tested);
    const labels = this.labels.choose(this.options.overrides?.draw ?? drawNumber);
    const plan = text && this.options.planned.plan(text, labels, this.stoppedKeys.of(stopped).find);
    return findRefused(plan || undefined, operation, bits);
  }

  hung(): readonly string[] {
    return [...this.clients].flatMap(([name, { isHung }]) => (isHung ? [name] : []));
  }

  async close(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    await Promise.all([...this.clients.values()].map((client) => client.close()));
  }

  private compileOnce(key: string, operation: PreparedOperation, under: CompiledUnder): Promise<Compiled> {
    const underWay = this.compiling.get(key);
    if (underWay) return underWay;
    const compiling = this.compile(operation, { ...under, denials: under.denials.slice() })
      .then((compiled) => {
        this.compiled.set(key, compiled);
        return compiled;
      })
      .finally(() => this.compiling.delete(key));
    this.compiling.set(key, compiling);
    return compiling;
  }

  private async compile(
    operation: PreparedOperation,
    { denials, bits, limits, counted, labels, stopped }: CompiledUnder,
  ): Promise<Compiled> {
    const tested = limitKey(limits) === '' ? undefined : new LimitFields(this.facts.schema, limits);
    const projection = compileProjection(operation, {
      ...this.projectionFacts,
      denials,
      bits,
      limits: tested,
      counted,
    });
    const introspect = compileIntrospection(operation, projection.introspection);
    const text = prune(operation, denials, bits, this.internalSelections, tested);
    if (text === undefined) return { step: undefined, projection, introspect, internal: [], copies: undefined };
    const plan = this.options.planned.plan(text, labels, stopped.find);
    const fetches: CompiledFetch[] = [];
    const places = new Places();
    try {
      const step = compilePlan(plan, {
        clients: this.clients,
        types: this.facts.types,
        keysOf: this.options.planned.keysOf,
        givesByKey: this.options.planned.givesByKey,
        fieldTypes: this.facts.fieldTypes,
        isLeaf: this.facts.isLeaf,
        rootType: this.facts.rootType,
        expose: this.options.expose ?? false,
        schema: this.facts.schema,
        releases: this.options.releases,
        subjectFields: this.options.subjectFields,
        places,
        onFetch: (fetch) => fetches.push(fetch),
      });
      const allowed = operation.sites.filter(({ index }) => !isDenied(denials, index));
      const internal = findInternalCoordinates(
        this.facts.schema,
        fetches,
        allowed.map((site) => site.coordinate),
      );
      const copies = compileCopies(projection, places, operation.sites);
      return { step, projection, introspect, internal, copies };
    } catch (cause) {
      throw new HubError('INTERNAL', say('operation.notExecutable'), {}, { cause });
    }
  }
}

const ALWAYS = Promise.resolve(true);
const drawNumber = () => Math.random() * 100;
