import type { Coordinate } from '../../shared/kernel/index.js';
import type { Answer, AnswerError } from '../request/answer.js';
import type { PreparedOperation } from '../request/operation.js';
import type { ReleaseLimits } from '../request/verdict.js';
import type { ExecutionRequest } from './execution-request.js';
import type { ExecutionState } from './execution-state.js';
import { FAILED, REFUSED } from './item-outcomes.js';
import { toAnswerError, ProjectionPass, SUBJECT_LIMIT } from './projection-pass.js';
import type { Projection } from './projection.js';

/** The parts of a compiled operation that write its answer. */
export interface CompiledAnswer {
  readonly projection: Projection;
  readonly introspect: (variables: Readonly<Record<string, unknown>> | undefined) => ReadonlyMap<string, string>;
  readonly internal: readonly Coordinate[];
}

/** Writes what was fetched as the answer of an operation, with its errors and what its record needs. */
export function buildAnswer(
  operation: PreparedOperation,
  { projection, introspect, internal }: CompiledAnswer,
  state: ExecutionState,
  request: ExecutionRequest,
): Answer {
  const introspection = introspect(request.variables);
  const limits = request.limits ?? NO_LIMITS;
  const newPass = (quiet: boolean) =>
    new ProjectionPass(introspection, operation.prefix, limits, quiet, operation.sites.length);
  const first = newPass(false);
  let data = projection.write(state.data, first);
  let last = first;
  if (first.bubbled) {
    // The first pass counted objects, and named places, that are not in the answer after all.
    last = newPass(true);
    data = projection.write(state.data, last);
    // A failure below an object that it took along is not met again.
    for (let i = 0; i < first.found.length; i++) last.found[i]! |= first.found[i]! & (FAILED | REFUSED);
    for (const [site, code] of first.refused) last.refused.set(site, code);
  }
  // The whole was lost to a failure, so nothing that was counted left.
  if (!data) last = takeBack(last, newPass(true));
  const rows: Record<string, number> = {};
  for (let i = 0; i < projection.rowTypes.length; i++) if (last.rows[i]) rows[projection.rowTypes[i]!] = last.rows[i]!;
  return {
    data: data || 'null',
    errors: collectErrors(operation, projection, first, last, state, request),
    fetches: state.traces,
    items: projection.outcomes.list(last.found, last.refused),
    rows,
    subjects: [...last.subjects].slice(0, SUBJECT_LIMIT),
    subjectCount: last.subjects.size,
    internal,
  };
}

/** A pass of which nothing is in the answer. */
function takeBack(written: ProjectionPass, empty: ProjectionPass): ProjectionPass {
  for (const [site, code] of written.refused) empty.refused.set(site, code);
  return Object.assign(empty, {
    found: written.found.map((bits) => (bits & REFUSED) | FAILED),
    denied: written.denied,
    outOfScope: written.outOfScope,
  });
}

const NO_ERRORS: readonly AnswerError[] = [];
/** Limits of a request that has none. */
export const NO_LIMITS: ReleaseLimits = {};
const OUT_OF_SCOPE: AnswerError = {
  message: 'The record lies outside the rows that the grant covers.',
  extensions: { code: 'OUT_OF_SCOPE' },
};

function collectErrors(
  operation: PreparedOperation,
  projection: Projection,
  first: ProjectionPass,
  last: ProjectionPass,
  state: ExecutionState,
  request: ExecutionRequest,
): readonly AnswerError[] {
  if (projection.denied.length === 0 && state.unplaced.length === 0 && last.outOfScope.length === 0)
    return first.errors.length === 0 ? NO_ERRORS : first.errors;
  const refusals = projection.denied.map((index): AnswerError => {
    const site = operation.sites[index]!;
    const { message, extensions } = request.refusal(site);
    return { message, path: last.denied[index] ?? site.path, extensions };
  });
  last.outOfScope.forEach((found, index) => {
    const { path = [], rows = 0 } = found ?? {};
    const { message, extensions } = request.outOfScope?.(operation.sites[index]!, rows) ?? OUT_OF_SCOPE;
    refusals.push({ message, path, extensions });
  });
  const unplaced = state.unplaced
    .filter((failure) => !first.hasReported(failure))
    .map((failure) => toAnswerError(failure));
  return [...refusals, ...first.errors, ...unplaced];
}
