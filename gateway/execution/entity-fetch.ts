import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Path } from '../plan/fetch-group.js';
import type { BatchFetchNode, EntityCallNode, FetchNode } from '../plan/query-plan.js';
import { AskAgain, type ReadAnswer } from './ask-again.js';
import { AskRows, type Base, type CompileRows } from './ask-rows.js';
import { fillTargets, markAllFailed, markFailed, markUnknown, unknownType, type EntityCall } from './entity-call.js';
import { completeAnswer, type LeftOut } from './complete-answer.js';
import { atItems, type FailedParts } from './failed-parts.js';
import { Failure } from './failure.js';
import { compileWithheldRecords } from './withhold-records.js';
import { isListOf, leaveOut, pick, type Batch } from './entity-batch.js';
import { compileFetch, TAKEN, type CompiledFetch, type FetchedAnswer } from './fetch-step.js';
import { keepCalls, type PartTree } from './reduce-request.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileRepresentation, Representations } from './representation.js';
import type { ExecutionState } from './execution-state.js';
import { isObject, readFetchShape, type Json } from './fetch-shape.js';
import { compileEntitySlices } from './slices/fetch-slices.js';
import { toObjects } from './slices/slices.js';
import { AnswerBytes, toBadAnswer } from './subgraph-answer.js';
import { findSentCoordinates } from './sent-coordinates.js';
import { placeErrors } from './subgraph-errors.js';
import { findMadeReleases } from './made-releases.js';
import { compileTargets, type Collect } from './compile-targets.js';

/** A fetch for the entities at one path. */
export function compileFlattenedFetch(node: FetchNode, path: Path, plan: PlanContext): Step {
  return compileEntityFetch(node, plan, [
    {
      ...node,
      alias: '_entities',
      representationsVariableName: 'representations',
      paths: [path],
      requires: node.requires ?? [],
    },
  ]);
}

/** Several entity calls to one subgraph in one request. */
export function compileBatchFetch(node: BatchFetchNode, plan: PlanContext): Step {
  return compileEntityFetch(node, plan, node.entityBatch.aliases);
}

/** @param isMeant  for the calls that are for some of the objects at their paths, by response key */
function compileEntityFetch(
  node: FetchNode | BatchFetchNode,
  plan: PlanContext,
  nodes: readonly EntityCallNode[],
  isMeant?: ReadonlyMap<string, (object: Json) => boolean>,
): Step {
  const typeOf = plan.fieldTypes(node.serviceName);
  const compileCalls = (part: FetchNode | BatchFetchNode, own: readonly EntityCallNode[]): CompiledFetch => {
    const requires = own.flatMap((call) => call.requires);
    return compileFetch(part, plan, findSentCoordinates(requires, typeOf));
  };
  const whole = compileCalls(node, nodes);
  plan.onFetch(whole);
  const calls = nodes.map((call): EntityCall => {
    const field = whole.definition.selectionSet.selections.find(
      (selection): selection is FieldNode =>
        selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === call.alias,
    );
    if (!field?.selectionSet) throw new Error(`the plan has no entity call ${call.alias}`);
    return {
      alias: call.alias,
      variable: call.representationsVariableName,
      collect: call.paths.map((path) => onlyMeant(compileTargets(path, plan.types), isMeant?.get(call.alias))),
      represent: compileRepresentation(call.requires, call.sentAs, plan.types),
      decidesType: call.decidesType ?? false,
      shape: readFetchShape([field.selectionSet], whole.fragments),
      withhold: compileWithheldRecords(onlyTypeOf(field.selectionSet), [field.selectionSet], {
        schema: plan.schema,
        fragments: whole.fragments,
        subjectFields: plan.subjectFields?.get(node.serviceName) ?? NO_FIELDS,
      }),
      releases: plan.releases && [
        ...findMadeReleases(call, field.selectionSet, whole, plan.releases.get(node.serviceName) ?? [], plan.schema),
      ],
    };
  });
  const parts = new LRUCache<string, CompiledFetch>({ max: KEPT_PARTS });
  const partOf = (asked: readonly AskedRepresentations[]) => {
    const aliases = new Set(asked.map(({ call }) => call.alias));
    const own = nodes.filter(({ alias }) => aliases.has(alias));
    return { part: own.length === nodes.length ? node : keepCalls(node, aliases), own };
  };
  const fetchOf = (asked: readonly AskedRepresentations[]): CompiledFetch => {
    if (asked.length === calls.length) return whole;
    const name = asked.map(({ call }) => call.alias).join();
    const known = parts.get(name);
    if (known) return known;
    const { part, own } = partOf(asked);
    const compiled = compileCalls(part, own);
    parts.set(name, compiled);
    return compiled;
  };
  const shape = readFetchShape([whole.definition.selectionSet], whole.fragments);
  const again = AskAgain.of(node, shape, true);
  const rows = again && new AskRows(whole, plan, (alias) => baseOf(nodes, alias), compileRows);
  const toSent = (state: ExecutionState, asked: readonly AskedRepresentations[]) => {
    const variables = asked
      .map(({ call, batch }) => `"${call.variable}":[${batch.representations.join(',')}]`)
      .join(',');
    return [state, variables, plan.releases && asked.flatMap(({ call }) => call.releases ?? [])] as const;
  };
  const read = (
    state: ExecutionState,
    fetch: CompiledFetch,
    asked: readonly AskedCall[],
    { answer, applied }: FetchedAnswer,
  ): ReadAnswer => {
    const data = (answer.data ?? {}) as Json;
    const unplaced = placeErrors(state, { ...fetch, data }, answer.errors, plan.expose);
    const failed = again?.parts.findFailed(data, answer.errors, !answer.data, fetch);
    fetch.undo?.(data);
    for (const { call, batch } of asked) {
      const entities = data[call.alias];
      if (applied && isListOf(batch, entities)) data[call.alias] = leaveOut(call.withhold, batch, entities, applied);
    }
    return { data, unplaced, failed, isLost: !answer.data };
  };
  /** Asks for the entities that are lost, without some parts. */
  const askAgain = async (
    state: ExecutionState,
    asked: readonly AskedCall[],
    leftOut: PartTree,
    { items }: FailedParts,
  ): Promise<ReadAnswer | undefined> => {
    const lost = asked.flatMap(({ call, batch }) => {
      const of = [...(items.get(call.alias) ?? [])].filter((index) => index < batch.representations.length);
      return of.length > 0 ? [{ call, batch: pick(batch, of), of }] : [];
    });
    if (!again || lost.length === 0) return undefined;
    const { part, own } = partOf(lost);
    const fetch = again.compile(part, leftOut, (text) => compileCalls(text, own));
    const sent = await fetch.send(...toSent(state, lost));
    if (sent instanceof Failure) return undefined;
    const { data, failed, ...rest } = read(state, fetch, lost, sent);
    const placed: Json = {};
    for (const { call, batch, of } of lost) {
      const entities = data[call.alias];
      if (isListOf(batch, entities))
        placed[call.alias] = Object.fromEntries(of.map((index, n) => [index, entities[n]]));
    }
    return {
      ...rest,
      data: placed,
      failed: failed && atItems(failed, new Map(lost.map(({ call, of }) => [call.alias, of]))),
    };
  };
  const collectAsked = (state: ExecutionState): readonly AskedCall[] =>
    calls
      .map((call): AskedCall => ({ call, batch: collectTargets(call, state.data) }))
      .filter(({ batch }) => batch.representations.length > 0);
  const sliced = compileEntitySlices(nodes, whole, plan);
  if (calls.some(({ withhold }) => withhold)) plan.places?.withholding.add(node.serviceName);
  const mergeBytes = (state: ExecutionState, asked: readonly AskedCall[], bytes: Buffer): void => {
    const fetch = fetchOf(asked);
    const answer = new AnswerBytes(bytes).parse(fetch.subgraph) as Json;
    mergeAnswer(state, fetch, asked, read(state, fetch, asked, { answer }), plan);
  };
  return async (state) => {
    const { slices } = state;
    const batches = sliced && slices && sliced.collect(slices.tape);
    if (!sliced || !slices || !batches) {
      toObjects(state);
      const asked = collectAsked(state);
      if (asked.length > 0) await finish(state, asked, await fetchOf(asked).send(...toSent(state, asked)));
      return;
    }
    const asked = calls
      .map((call, index) => ({ call, batch: batches[index]! }))
      .filter(({ batch }) => batch.representations.length > 0);
    if (asked.length === 0) return;
    let replayed: readonly AskedCall[] = [];
    slices.note(() => void (replayed = collectAsked(state)));
    const take = (bytes: Buffer): boolean => {
      if (state.slices !== slices || !sliced.take(slices.tape, bytes, batches)) return false;
      slices.note(() => mergeBytes(state, replayed, bytes));
      return true;
    };
    const sent = await fetchOf(asked).sendFor(take, ...toSent(state, asked));
    if (sent === TAKEN) return;
    toObjects(state);
    await finish(state, replayed, sent);
  };

  async function finish(
    state: ExecutionState,
    asked: readonly AskedCall[],
    sent: FetchedAnswer | Failure,
  ): Promise<void> {
    const fetch = fetchOf(asked);
    if (sent instanceof Failure) return asked.forEach(({ call, batch }) => markAllFailed(call, batch, sent));
    const first = read(state, fetch, asked, sent);
    const left =
      first.failed &&
      (await again?.complete(
        first,
        (leftOut, failed) => askAgain(state, asked, leftOut, failed),
        ({ data }, left) => asked.forEach(({ call }) => completeEntities(call, first.data, data, left)),
      ));
    mergeAnswer(state, fetch, asked, first, plan);
    if (left) await rows?.ask(state, left);
  }
}

/** A request for some of the objects at the paths of its calls. */
export const compileRows: CompileRows = (node, plan, isMeant) =>
  compileEntityFetch(node, plan, node.entityBatch.aliases, isMeant);

const onlyMeant = (collect: Collect, isMeant: ((object: Json) => boolean) | undefined): Collect =>
  isMeant
    ? (data, into) => {
        const found: Json[] = [];
        collect(data, found);
        into.push(...found.filter(isMeant));
      }
    : collect;

function baseOf(nodes: readonly EntityCallNode[], alias: string): Base {
  const call = nodes.find((each) => each.alias === alias)!;
  return { path: call.paths[0]!, call };
}

/** Texts kept of a request without some of its calls. */
const KEPT_PARTS = 16;

/** A call of a request that is made, with the texts it sends. */
interface AskedRepresentations {
  readonly call: EntityCall;
  readonly batch: Pick<Batch, 'representations'>;
}

/** A call of a request that is made, with its objects. */
interface AskedCall {
  readonly call: EntityCall;
  readonly batch: Batch;
}

/** Collects the targets of a call. Objects with the same representation share one. */
function collectTargets(call: EntityCall, data: Json): Batch {
  const found: Json[] = [];
  for (const collect of call.collect) collect(data, found);
  const representations = new Representations();
  const targets: Json[] = [];
  const indices: number[] = [];
  for (let i = 0; i < found.length; i++) {
    const target = found[i]!;
    const index = call.represent(target, representations);
    if (typeof index === 'number') {
      targets.push(target);
      indices.push(index);
    } else if (index !== undefined) markFailed(call, target, index.asInput());
    else if (call.decidesType) markUnknown(target, unknownType());
  }
  return { representations: representations.texts, targets, indices };
}

function mergeAnswer(
  state: ExecutionState,
  fetch: CompiledFetch,
  asked: readonly AskedCall[],
  { data, unplaced, isLost }: ReadAnswer,
  plan: PlanContext,
): void {
  for (const { call, batch } of asked) {
    const entities = data[call.alias];
    if (isListOf(batch, entities)) fillTargets(call, batch, entities, fetch.subgraph, plan);
    else {
      const cause =
        entities instanceof Failure ? entities : entities === undefined || entities === null ? unplaced[0] : undefined;
      markAllFailed(
        call,
        batch,
        cause?.ofFetch() ?? toBadAnswer(fetch.subgraph, 'it has the wrong number of entities'),
      );
    }
  }
  // With data in place, an error without a place is still an error.
  if (!isLost) state.unplaced.push(...unplaced);
}

/** Gives each entity what it lost from a second answer. */
function completeEntities({ alias, shape }: EntityCall, first: Json, second: Json, left: LeftOut): void {
  const [entities, given] = [first[alias], second[alias]];
  const parts = left.parts.below.get(alias);
  if (!Array.isArray(entities) || !isObject(given) || !parts) return;
  for (const [index, entity] of Object.entries(given))
    entities[Number(index)] = completeAnswer(entities[Number(index)], entity, shape, { ...left, parts });
}

/** The one type that entities are asked for as; undefined where there are several. */
function onlyTypeOf({ selections }: SelectionSetNode): string | undefined {
  const [first, ...more] = selections.flatMap((selection) =>
    selection.kind === Kind.INLINE_FRAGMENT ? [selection.typeCondition?.name.value] : [],
  );
  return more.every((name) => name === first) ? first : undefined;
}

const NO_FIELDS: ReadonlyMap<string, string> = new Map();
