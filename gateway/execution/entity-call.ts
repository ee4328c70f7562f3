import type { Release } from '../../shared/share/releases/release.js';
import { say } from '../request/messages/index.js';
import type { Collect } from './compile-targets.js';
import type { Batch } from './entity-batch.js';
import { Failure } from './failure.js';
import { isObject, type FetchShape, type Json } from './fetch-shape.js';
import { markMissing, mergeFetched } from './merge-fetched.js';
import type { PlanContext } from './plan-context.js';
import type { Represent } from './representation.js';
import { toBadAnswer } from './subgraph-answer.js';
import type { WithheldRecords } from './withhold-records.js';

/** One `_entities` call inside a fetch. */
export interface EntityCall {
  /** Response key of the call. */
  readonly alias: string;
  readonly variable: string;
  readonly collect: readonly Collect[];
  readonly represent: Represent;
  /** See `EntityCallNode`. */
  readonly decidesType: boolean;
  readonly shape: FetchShape;
  /** Releases that it makes; absent in permissive mode. */
  readonly releases: readonly Release[] | undefined;
  readonly withhold: WithheldRecords | undefined;
}

export function fillTargets(
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

export function markAllFailed(call: EntityCall, { targets }: Batch, failure: Failure): void {
  for (const target of targets) markFailed(call, target, failure);
}

/** Marks every field that the call should have brought for one object. */
export function markFailed({ shape, decidesType }: EntityCall, target: Json, failure: Failure): void {
  markMissing(target, shape, failure);
  if (decidesType) markUnknown(target, failure.ofObject());
}

/** Marks an object of which nobody could say the type. */
export function markUnknown(target: Json, failure: Failure): void {
  target.__typename = failure;
}

export const unknownType = (subgraph?: string) =>
  new Failure('SUBGRAPH_BAD_ANSWER', say('subgraph.typeUnknown'), subgraph === undefined ? {} : { subgraph });
