import { Failure, type Step } from './failure.js';
import type { ExecutionState } from './execution-state.js';
import { isBranch, type FetchShape, type Json } from './fetch-shape.js';
import { addNote } from './notes.js';
import { say } from '../request/messages/index.js';

/** Errors of one fetch that find their place; a subgraph cannot make the hub walk more. */
export const ERROR_LIMIT = 10_000;

/** The data of an answer, into which its errors are written where there is no value, and the selections they answer. */
export interface AnsweredData {
  readonly data: Json;
  readonly subgraph: string;
  /** The keys that were sent for; see `CompiledFetch`. */
  readonly shape: FetchShape;
}

/** Turns the errors of a subgraph's answer into failures at their places in its data, or into notes where a value is.
 *  The subgraph's own message never passes, but under `detail` where `expose` allows it.
 *  @returns     failures that have no place */
export function placeErrors(
  state: ExecutionState,
  answered: AnsweredData,
  errors: unknown,
  expose: boolean,
): Failure[] {
  if (!Array.isArray(errors)) return [];
  const { data, subgraph, shape } = answered;
  const unplaced: Failure[] = [];
  for (const error of errors.slice(0, ERROR_LIMIT)) {
    const failure = toFailure(error, subgraph, expose);
    const path: unknown = (error as Json | null)?.path;
    const placed = isPath(path) ? placeAt(data, path, failure, shape) : false;
    if (!placed) unplaced.push(failure);
    else if (placed === 'beside a value') state.noted = true;
  }
  if (errors.length > ERROR_LIMIT)
    unplaced.push(
      new Failure('SUBGRAPH_ERROR', say('subgraph.furtherErrors', { subgraph, count: errors.length - ERROR_LIMIT }), {
        subgraph,
        omitted: errors.length - ERROR_LIMIT,
      }),
    );
  return unplaced;
}

function toFailure(error: unknown, subgraph: string, expose: boolean): Failure {
  const { message, extensions } = (typeof error === 'object' && error !== null ? error : {}) as Json;
  const details = { subgraph, ...(expose && typeof message === 'string' ? { detail: message } : {}) };
  const code = (extensions as Json | null | undefined)?.code;
  const refusal =
    typeof code === 'string' && Object.hasOwn(PROVIDER_REFUSALS, code) ? (code as ProviderRefusal) : undefined;
  if (refusal)
    return new Failure(
      refusal,
      say('subgraph.says', { what: say(PROVIDER_REFUSALS[refusal]), subgraph }),
      details,
      true,
    );
  return new Failure('SUBGRAPH_ERROR', say('subgraph.error', { subgraph }), details, true);
}

/** Refusals that only a provider can decide, in the hub's own words. */
const PROVIDER_REFUSALS = {
  OUT_OF_SCOPE: 'provider.outOfScope',
  OPERATION_DENIED: 'provider.notForRole',
  LIST_TOO_LONG: 'provider.listTooLong',
  LIST_EMPTY: 'provider.listEmpty',
  CLAIM_MISSING: 'provider.claimMissing',
  CLAIM_TELLS_VALUE: 'provider.claimTellsValue',
  BAD_USER_INPUT: 'provider.badInput',
  STATISTICS_TOO_MANY_DIMENSIONS: 'provider.tooManyDimensions',
  STATISTICS_TOO_MANY_CELLS: 'provider.tooManyCells',
  STATISTICS_BUDGET_SPENT: 'provider.budgetSpent',
  SOURCE_UNAVAILABLE: 'provider.sourceAway',
} as const;
type ProviderRefusal = keyof typeof PROVIDER_REFUSALS;

const isPath = (path: unknown): path is (string | number)[] =>
  Array.isArray(path) && path.length > 0 && path.every((key) => typeof key === 'string' || typeof key === 'number');

/** Puts the failure where the path leads, or where the null that it caused moved up to. A leaf is a place as a whole, whatever
 *  is inside. */
function placeAt(
  data: Json,
  path: readonly (string | number)[],
  failure: Failure,
  shape: FetchShape,
): 'in place of a value' | 'beside a value' | false {
  let parent: Json | unknown[] = data;
  let asked: FetchShape | undefined = shape;
  for (let i = 0; i < path.length; i++) {
    const key = path[i]!;
    if (Array.isArray(parent) ? typeof key !== 'number' || key < 0 || key >= parent.length : typeof key !== 'string')
      return false;
    if (key === '__proto__') return false;
    if (typeof key === 'string') {
      const index: number = asked?.keys.indexOf(key) ?? -1;
      if (index < 0) return false;
      asked = asked!.below[index];
    }
    const value: unknown = (parent as Json)[key];
    if (i < path.length - 1 && isBranch(value) && (asked !== undefined || Array.isArray(value))) {
      parent = value;
      continue;
    }
    if (value === undefined || value === null || value instanceof Failure) {
      const below = toSteps(path.slice(i + 1), asked);
      (parent as Json)[key] = failure.at(below, value instanceof Failure ? value : undefined);
      return 'in place of a value';
    }
    addNote(parent, key, failure);
    return 'beside a value';
  }
  return false;
}

/** A path through what was fetched, with the types that it was fetched for. */
function toSteps(path: readonly (string | number)[], shape: FetchShape | undefined): Step[] {
  let asked = shape;
  return path.map((key) => {
    if (typeof key === 'number') return key;
    const index = asked?.keys.indexOf(key) ?? -1;
    const on = asked?.on[index];
    asked = asked?.below[index];
    return on ? { key, on } : key;
  });
}
