import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { Path } from '../plan/fetch-group.js';
import type { BatchFetchNode, EntityCallNode, FetchNode } from '../plan/query-plan.js';
import { Failure } from './failure.js';
import { compileFetch, type CompiledFetch } from './fetch-step.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileRepresentation, Representations, type Represent } from './representation.js';
import type { ExecutionState } from './execution-state.js';
import { isObject, mergeFetched, readFetchShape, type Json, type FetchShape } from './fetch-shape.js';
import { toBadAnswer } from './subgraph-client.js';
import { findSentCoordinates } from './sent-coordinates.js';
import { placeErrors } from './subgraph-errors.js';
import { findMadeReleases } from './made-releases.js';
import { compileTargets, type Collect } from './compile-targets.js';

/** One `_entities` call inside a fetch. */
interface EntityCall {
  /** Response key of the call. */
  readonly alias: string;
  readonly variable: string;
  readonly collect: readonly Collect[];
  readonly represent: Represent;
  /** See `EntityCallNode`. */
  readonly decidesType: boolean;
  readonly shape: FetchShape;
  /** The fields asked for. */
  readonly asked: SelectionSetNode;
}

/** The objects a call fills, each with the index of the representation that it shares. */
interface Batch {
  readonly representations: readonly string[];
  readonly targets: readonly Json[];
  readonly indices: readonly number[];
}

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

function compileEntityFetch(
  node: FetchNode | BatchFetchNode,
  plan: PlanContext,
  nodes: readonly EntityCallNode[],
): Step {
  const sent = findSentCoordinates(
    nodes.flatMap(({ requires }) => requires),
    plan.fieldTypes(node.serviceName),
  );
  const fetch = compileFetch(node, plan, sent);
  plan.onFetch(fetch);
  const calls = nodes.map((call): EntityCall => {
    const field = fetch.definition.selectionSet.selections.find(
      (selection): selection is FieldNode =>
        selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === call.alias,
    );
    if (!field?.selectionSet) throw new Error(`the plan has no entity call ${call.alias}`);
    return {
      alias: call.alias,
      variable: call.representationsVariableName,
      collect: call.paths.map((path) => compileTargets(path, plan.types)),
      represent: compileRepresentation(call.requires, call.sentAs, plan.types),
      decidesType: call.decidesType ?? false,
      asked: field.selectionSet,
      shape: readFetchShape([field.selectionSet], fetch.fragments),
    };
  });
  const releases = plan.releases && [
    ...new Set(
      nodes.flatMap(({ requires }, i) =>
        findMadeReleases(requires, calls[i]!.asked, fetch, plan.releases!.get(node.serviceName) ?? [], plan.schema),
      ),
    ),
  ];
  return async (state) => {
    const batches = calls.map((call) => collectTargets(call, state.data));
    if (batches.every(({ representations }) => representations.length === 0)) return;
    const variables = calls
      .map(({ variable }, i) => `"${variable}":[${batches[i]!.representations.join(',')}]`)
      .join(',');
    const answer = await fetch.send(state, variables, releases);
    if (answer instanceof Failure) calls.forEach((call, i) => markAllFailed(call, batches[i]!, answer));
    else mergeAnswer(state, fetch, calls, batches, answer, plan);
  };
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
  calls: readonly EntityCall[],
  batches: readonly Batch[],
  answer: Json,
  plan: PlanContext,
): void {
  const data = (answer.data ?? {}) as Json;
  let unplaced: Failure[] = [];
  if (answer.errors) unplaced = placeErrors(state, { ...fetch, data }, answer.errors, plan.expose);
  fetch.undo?.(data);
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i]!;
    const batch = batches[i]!;
    const entities = data[call.alias];
    if (Array.isArray(entities) && entities.length === batch.representations.length)
      fillTargets(call, batch, entities, fetch.subgraph, plan);
    else if (batch.representations.length > 0) {
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
  if (answer.data) state.unplaced.push(...unplaced);
}

function fillTargets(
  call: EntityCall,
  { targets, indices }: Batch,
  entities: readonly unknown[],
  subgraph: string,
  plan: PlanContext,
): void {
  // The first place of an entity takes its objects, every further one a copy: they may be filled differently later.
  const taken = call.shape.nested ? new Uint8Array(entities.length) : undefined;
  const usable = entities.map((entity) => checkEntity(entity, subgraph));
  for (let i = 0; i < targets.length; i++) {
    const index = indices[i]!;
    const entity = usable[index];
    if (entity === null || entity === undefined) {
      if (call.decidesType) markUnknown(targets[i]!, unknownType(subgraph));
      continue;
    }
    if (entity instanceof Failure) markFailed(call, targets[i]!, entity);
    else {
      mergeFetched(targets[i]!, entity, call.shape, taken !== undefined && taken[index] === 1, plan.types.isObject);
      if (taken) taken[index] = 1;
    }
  }
}

/** Checks an entity and renames its keys. @returns the object to merge, null, or the failure that stands for it */
function checkEntity(entity: unknown, subgraph: string): Json | Failure | null {
  if (entity === null) return null;
  if (entity instanceof Failure) return entity.onObject();
  return isObject(entity) ? entity : toBadAnswer(subgraph, 'an entity is not an object');
}

function markAllFailed(call: EntityCall, { targets }: Batch, failure: Failure): void {
  for (const target of targets) markFailed(call, target, failure);
}

/** Marks every field that the call should have brought for one object. */
function markFailed({ shape, decidesType }: EntityCall, target: Json, failure: Failure): void {
  for (const key of shape.keys) if (key !== '__typename' && target[key] === undefined) target[key] = failure;
  if (decidesType) markUnknown(target, failure.ofObject());
}

/** Marks an object of which nobody could say the type. */
function markUnknown(target: Json, failure: Failure): void {
  target.__typename = failure;
}

const unknownType = (subgraph?: string) =>
  new Failure(
    'SUBGRAPH_BAD_ANSWER',
    'The type of the object could not be found out.',
    subgraph === undefined ? {} : { subgraph },
  );
