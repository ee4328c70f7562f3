import { Failure } from './failure.js';
import { isBranch, type Json } from './fetch-shape.js';

/** Errors of one fetch looked at; a subgraph cannot make the hub walk more. */
const ERROR_LIMIT = 100;

/** Turns the errors of a subgraph's answer into failures at their places in its data.
 *  The subgraph's own message never passes, but under `detail` where `expose` allows it.
 *  @param data  the answer's data; places in it are overwritten
 *  @returns     failures that have no place */
export function placeErrors(data: Json, errors: unknown, subgraph: string, expose: boolean): Failure[] {
  if (!Array.isArray(errors)) return [];
  const unplaced: Failure[] = [];
  for (const error of errors.slice(0, ERROR_LIMIT)) {
    const failure = toFailure(error, subgraph, expose);
    const path: unknown = (error as Json | null)?.path;
    if (!isPath(path) || !placeAt(data, path, failure)) unplaced.push(failure);
  }
  return unplaced;
}

function toFailure(error: unknown, subgraph: string, expose: boolean): Failure {
  const { message, extensions } = (typeof error === 'object' && error !== null ? error : {}) as Json;
  const details = { subgraph, ...(expose && typeof message === 'string' ? { detail: message } : {}) };
  const code = (extensions as Json | null | undefined)?.code;
  const refusal =
    typeof code === 'string' && Object.hasOwn(PROVIDER_REFUSALS, code) ? (code as ProviderRefusal) : undefined;
  if (refusal) return new Failure(refusal, `${PROVIDER_REFUSALS[refusal]}, says subgraph ${subgraph}.`, details, true);
  return new Failure('SUBGRAPH_ERROR', `Subgraph ${subgraph} reported an error.`, details, true);
}

/** Refusals that only a provider can decide, in the hub's own words. */
const PROVIDER_REFUSALS = {
  OUT_OF_SCOPE: 'The record lies outside the rows that the grant covers',
  OPERATION_DENIED: 'The operation is not for the role in which you call, or a person must sign in for it',
  LIST_TOO_LONG: 'The list has more records than it is given with',
  BAD_USER_INPUT: 'An argument of the operation is outside what this field takes',
} as const;
type ProviderRefusal = keyof typeof PROVIDER_REFUSALS;

const isPath = (path: unknown): path is (string | number)[] =>
  Array.isArray(path) && path.length > 0 && path.every((key) => typeof key === 'string' || typeof key === 'number');

/** Puts the failure where the path leads, or where the null that it caused moved up to. */
function placeAt(data: Json, path: readonly (string | number)[], failure: Failure): boolean {
  let parent: Json | unknown[] = data;
  for (let i = 0; i < path.length; i++) {
    const key = path[i]!;
    if (Array.isArray(parent) ? typeof key !== 'number' || key < 0 || key >= parent.length : typeof key !== 'string')
      return false;
    if (key === '__proto__') return false;
    const value: unknown = (parent as Json)[key];
    if (i < path.length - 1 && isBranch(value)) {
      parent = value;
      continue;
    }
    if (isBranch(value)) return false;
    (parent as Json)[key] = failure.at(path.slice(i + 1), value instanceof Failure ? value : undefined);
    return true;
  }
  return false;
}
