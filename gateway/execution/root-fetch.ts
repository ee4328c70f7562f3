import type { Path } from '../plan/fetch-group.js';
import type { FetchNode } from '../plan/query-plan.js';
import { AskAgain, type ReadAnswer } from './ask-again.js';
import { AskRows } from './ask-rows.js';
import { compileTargets } from './compile-targets.js';
import { compileRows } from './entity-fetch.js';
import { completeAnswer } from './complete-answer.js';
import type { ExecutionState } from './execution-state.js';
import { Failure, keyOf } from './failure.js';
import { compileFetch, TAKEN, type CompiledFetch, type FetchedAnswer } from './fetch-step.js';
import type { MovesUp } from './moves-up.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileWithheldRecords } from './withhold-records.js';
import { readFetchShape, type Json, type FetchShape } from './fetch-shape.js';
import { markMissing, mergeFetched } from './merge-fetched.js';
import { compileRootSlices } from './slices/fetch-slices.js';
import { toObjects } from './slices/slices.js';
import { AnswerBytes } from './subgraph-answer.js';
import { placeErrors } from './subgraph-errors.js';

/** A fetch at the root of the answer: its data are merged by their keys. */
export function compileRootFetch(node: FetchNode, plan: PlanContext): Step {
  const { fetch, mergeBytes, fetchInto } = compileFetchInto(node, [], plan);
  const sliced = node.operationKind === 'mutation' ? plan.places?.close() : compileRootSlices(fetch, plan);
  return async (state) => {
    const { slices } = state;
    if (!slices || !sliced) return fetchInto(state, [state.data]);
    const take = (bytes: Buffer): boolean => {
      if (state.slices !== slices || !sliced.take(slices.tape, bytes)) return false;
      slices.note(() => mergeBytes(state, bytes));
      return true;
    };
    const sent = await fetch.sendFor(take, state, '');
    if (sent === TAKEN) return;
    toObjects(state);
    await fetchInto(state, [state.data], sent);
  };
}

/** A fetch of root fields for every object of the root type at a path: one answer for all of them, none when there is no such
 *  object. */
export function compileRootFetchBelow(node: FetchNode, path: Path, plan: PlanContext): Step {
  const { fetchInto } = compileFetchInto(node, path, plan);
  const collect = compileTargets(path, plan.types);
  return async (state) => {
    const targets: Json[] = [];
    collect(state.data, targets);
    if (targets.length > 0) await fetchInto(state, targets);
  };
}

function compileFetchInto(node: FetchNode, path: Path, plan: PlanContext) {
  const fetch = compileFetch(node, plan);
  plan.onFetch(fetch);
  const shape = readFetchShape([fetch.definition.selectionSet], fetch.fragments);
  const again = AskAgain.of(node, shape, false);
  const rows = again && new AskRows(fetch, plan, () => ({ path, call: undefined }), compileRows);
  const withhold = compileWithheldRecords(plan.rootType(fetch.definition.operation), [fetch.definition.selectionSet], {
    schema: plan.schema,
    fragments: fetch.fragments,
    subjectFields: plan.subjectFields?.get(fetch.subgraph) ?? NO_FIELDS,
  });
  const read = (state: ExecutionState, of: CompiledFetch, { answer, applied }: FetchedAnswer): ReadAnswer => {
    const data = (answer.data ?? {}) as Json;
    const unplaced = placeErrors(state, { ...of, data }, answer.errors, plan.expose);
    const failed = again?.parts.findFailed(data, answer.errors, !answer.data, of);
    of.undo?.(data);
    if (applied) withhold?.(data, applied);
    return { data, unplaced, failed, isLost: !answer.data };
  };
  const merge = (state: ExecutionState, targets: readonly Json[], { data, unplaced, isLost }: ReadAnswer): void => {
    if (!isLost) state.unplaced.push(...unplaced);
    // No data at all: a failure without a place stands for every field that has none of its own, and one that took the
    // whole along has taken the fields beside it.
    else if (unplaced[0]) markMissing(data, shape, unplaced[0].ofFetch());
    else markLost(data, shape, fetch.movesUp);
    targets.forEach((target, index) => mergeFetched(target, data, shape, index > 0, plan.types.isObject));
  };
  /** @param given  the answer, where it is there already */
  const fetchInto = async (
    state: ExecutionState,
    targets: readonly Json[],
    given?: FetchedAnswer | Failure,
  ): Promise<void> => {
    const sent = given ?? (await fetch.send(state, ''));
    if (sent instanceof Failure) return targets.forEach((target) => markMissing(target, shape, sent));
    let told = read(state, fetch, sent);
    const left =
      told.failed &&
      (await again?.complete(
        told,
        async (parts) => {
          const second = again.compile(node, parts, (part) => compileFetch(part, plan));
          const answered = await second.send(state, '');
          return answered instanceof Failure ? undefined : read(state, second, answered);
        },
        (second, left) => {
          // Where both are lost as a whole, the part that was left out is not why.
          if (second.isLost) told = told.isLost ? second : told;
          else {
            const data = completeAnswer(told.data, second.data, shape, left) as Json;
            told = { ...(told.isLost ? second : told), data };
          }
        },
      ));
    merge(state, targets, told);
    if (left) await rows?.ask(state, left);
  };
  const mergeBytes = (state: ExecutionState, bytes: Buffer): void =>
    merge(state, [state.data], read(state, fetch, { answer: new AnswerBytes(bytes).parse(fetch.subgraph) as Json }));
  if (withhold) plan.places?.withholding.add(fetch.subgraph);
  return { fetch, fetchInto, mergeBytes };
}

const NO_FIELDS: ReadonlyMap<string, string> = new Map();

/** Places the failure that took a whole answer along at every field of it. A failure of its own that a field has besides, at a
 *  place that may be null, is kept with it. */
function markLost(data: Json, shape: FetchShape, movesUp: MovesUp): void {
  const failed = Object.entries(data).filter((entry): entry is [string, Failure] => entry[1] instanceof Failure);
  const causes = failed.filter(([key, { below }]) => movesUp([key, ...below.map(keyOf)]));
  const [key, cause] = causes[0] ?? failed[0] ?? [];
  if (key === undefined || !cause) return;
  for (const each of causes.length > 0 ? failed : [])
    if (!causes.includes(each)) data[each[0]] = cause.beside(key, each[1]);
  markMissing(data, shape, cause.beside(key));
}
