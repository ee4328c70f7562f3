import { isCreditCode } from '../../shared/kernel/credit-code.js';
import type { Coordinate, Language } from '../../shared/kernel/index.js';
import type { Dispute } from '../../shared/read-model/read-model.js';
import type { Answer, AnswerError, DisputedPlace, PlacedError } from '../request/answer.js';
import { readConditions, type PreparedOperation } from '../request/operation.js';
import type { ReleaseLimits } from '../request/verdict.js';
import type { ExecutionRequest } from './execution-request.js';
import type { ExecutionState } from './execution-state.js';
import { fillDisputedItems } from './fill-disputed-items.js';
import { wordErrors } from './word-errors.js';
import { FAILED, REFUSED } from './item-outcomes.js';
import { isUndisputed, type Copies } from './slices/copied-object.js';
import { writeSlices } from './slices/slice-writer.js';
import { toObjects } from './slices/slices.js';
import { toPlacedError, ProjectionPass, SUBJECT_LIMIT } from './projection-pass.js';
import type { Projection } from './projection.js';
import { say } from '../request/messages/index.js';

/** The parts of a compiled operation that write its answer. */
export interface CompiledAnswer {
  readonly projection: Projection;
  readonly introspect: (variables: Readonly<Record<string, unknown>> | undefined) => ReadonlyMap<string, string>;
  readonly internal: readonly Coordinate[];
  /** Present where the answer can be written without parsing what was fetched. */
  readonly copies: Copies | undefined;
}

/** Writes what was fetched as the answer of an operation, with its errors and what its record needs. Where quotas count its
 *  values, what they do not suffice for is taken out again before anything leaves.
 *  @param project  compiles the projection under other parameters */
export async function buildAnswer(
  operation: PreparedOperation,
  { projection, introspect, internal, copies }: CompiledAnswer,
  state: ExecutionState,
  request: ExecutionRequest,
  project: (request: ExecutionRequest) => Projection,
): Promise<Answer> {
  const bits = readConditions(operation, (name) => state.variables.get(name));
  const introspection = introspect(request.variables);
  const limits = request.limits ?? NO_LIMITS;
  const disputes = request.disputes?.();
  const namedAt = (site: number) => [...operation.namedSubjects(state.variables, ({ index }) => index === site)];
  const newPass = (quiet: boolean) =>
    new ProjectionPass(introspection, state.noted, limits, quiet, operation.sites.length, disputes, namedAt);
  const isCopied = copies !== undefined && !request.counted && isUndisputed(copies, disputes);
  const copied = isCopied ? copyAnswer(state, copies, () => newPass(false)) : undefined;
  if (!copied) toObjects(state);
  const first = copied?.pass ?? newPass(false);
  let data: string | Buffer | undefined = copied?.bytes ?? projection.write(state.data, first);
  let last = first;
  const writeAgain = () => {
    last = newPass(true);
    data = projection.write(state.data, last);
    // A failure below an object that it took along is not met again.
    for (let i = 0; i < first.found.length; i++) last.found[i]! |= first.found[i]! & (FAILED | REFUSED);
    for (const [site, code] of first.refused) last.refused.set(site, code);
  };
  // The first pass counted objects, and named places, that are not in the answer after all.
  if (first.bubbled) writeAgain();
  let { errors } = first as { errors: readonly PlacedError[] };
  while (data && request.counted) {
    const narrowed = await request.settle?.(request.counted, last.written);
    if (!narrowed) break;
    request = { ...request, ...narrowed };
    projection = project(request);
    writeAgain();
    const refused = projection.denied.map((index) => operation.sites[index]!.path);
    errors = errors.filter(({ path }) => !refused.some((above) => isAtOrBelow(path, above)));
  }
  const isFilled =
    disputes !== undefined && data && fillDisputedItems(operation, bits, projection.isAsked, state.data, last.disputed);
  if (isFilled) writeAgain();
  // The whole was lost to a failure, so nothing that was counted left.
  if (!data) last = takeBack(last, newPass(true));
  const named = operation.namedSubjects(
    state.variables,
    ({ index }) => projection.isAsked(index) && state.traces.length > 0,
  );
  const disputed = disputes && data ? findDisputed(operation, projection, last, disputes.findAll([...named])) : [];
  const subjects = named.size > 0 ? new Set([...last.subjects, ...named]) : last.subjects;
  const rows: Record<string, number> = {};
  for (let i = 0; i < projection.rowTypes.length; i++) if (last.rows[i]) rows[projection.rowTypes[i]!] = last.rows[i]!;
  return withData(data || 'null', {
    ...(hasOldCode(named) && { warnings: [toOldCodeWarning(request.language)] }),
    ...(disputed.length > 0 && { disputed }),
    errors: collectErrors(operation, projection, { first, last, errors }, state, request),
    fetches: state.traces,
    items: projection.outcomes.list(last.found, last.refused),
    rows,
    subjects: [...subjects].slice(0, SUBJECT_LIMIT),
    subjectCount: subjects.size,
    internal,
  });
}

/** Writes an answer from slices, where that is how it was fetched and nothing in it needs more. */
function copyAnswer(state: ExecutionState, copies: Copies, newPass: () => ProjectionPass) {
  if (!state.slices) return undefined;
  const pass = newPass();
  const bytes = writeSlices(copies.object, state.slices.tape, pass);
  return bytes && { bytes, pass };
}

/** An answer with its data; of bytes, the text is made when somebody asks for it. */
const withData = (data: string | Buffer, rest: Omit<Answer, 'data' | 'bytes'>): Answer =>
  typeof data === 'string'
    ? { ...rest, data }
    : {
        ...rest,
        bytes: data,
        get data() {
          return data.toString();
        },
      };

/** Places whose item is under correction, and items of the subjects that were named of which nothing is there. */
function findDisputed(
  { sites }: PreparedOperation,
  { isAsked }: Projection,
  { disputed }: ProjectionPass,
  named: readonly Dispute[],
): readonly DisputedPlace[] {
  const missing = named.filter(
    (dispute) =>
      !disputed.some((place) => place.dispute === dispute) &&
      sites.some(({ index, coordinate }) => coordinate === dispute.item && isAsked(index)),
  );
  return missing.length === 0 ? disputed : [...disputed, ...missing.map((dispute) => ({ dispute, text: '' }))];
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

/** True for the place of a site, at any index of the lists above it, and for what is inside. */
function isAtOrBelow(path: AnswerError['path'] = [], site: readonly string[]): boolean {
  const keys = path.filter((key) => typeof key === 'string');
  return site.every((key, at) => keys[at] === key);
}

/** Some codes that were issued before 2016 break the rule of the part that names the organisation. */
function hasOldCode(named: ReadonlySet<string>): boolean {
  for (const subject of named)
    if (subject.startsWith('ORGANISATION:') && !isCreditCode(subject.slice('ORGANISATION:'.length))) return true;
  return false;
}

const toOldCodeWarning = (language: Language = 'en') => ({
  code: 'CREDIT_CODE_UNVERIFIED',
  message: say('warning.creditCode').in(language),
});

const NO_ERRORS: readonly AnswerError[] = [];
/** Limits of a request that has none. */
export const NO_LIMITS: ReleaseLimits = {};
const OUT_OF_SCOPE: PlacedError = {
  message: say('item.outOfScope'),
  extensions: { code: 'OUT_OF_SCOPE' },
};

function collectErrors(
  operation: PreparedOperation,
  projection: Projection,
  { first, last, errors }: { first: ProjectionPass; last: ProjectionPass; errors: readonly PlacedError[] },
  state: ExecutionState,
  request: ExecutionRequest,
): readonly AnswerError[] {
  const { language = 'en' } = request;
  if (projection.denied.length + state.unplaced.length + last.outOfScope.length + first.omitted.size === 0)
    return errors.length === 0 ? NO_ERRORS : wordErrors(operation, errors, language);
  const written = [...errors];
  const count = first.errors.length;
  const refusals = projection.denied.map((index): PlacedError => {
    const site = operation.sites[index]!;
    const { message, extensions } = request.refusal(site);
    return { message, path: last.denied[index] ?? site.path, extensions };
  });
  last.outOfScope.forEach((found, index) => {
    const { path = [], rows = 0 } = found ?? {};
    const { message, extensions } = request.outOfScope?.(operation.sites[index]!, rows) ?? OUT_OF_SCOPE;
    refusals.push({ message, path, extensions });
  });
  for (const failure of state.unplaced) if (!first.hasReported(failure)) first.add(toPlacedError(failure));
  const unplaced = first.errors.slice(count);
  return wordErrors(operation, [...refusals, ...written, ...unplaced, ...toOmitted(first.omitted)], language);
}

/** One error that counts those beyond the limit. */
function toOmitted(omitted: ReadonlyMap<string, number>): readonly PlacedError[] {
  const count = [...omitted.values()].reduce((total, each) => total + each, 0);
  if (count === 0) return [];
  const message = count === 1 ? say('errors.oneOmitted') : say('errors.omitted', { count });
  return [{ message, extensions: { code: 'ERRORS_OMITTED', count, codes: Object.fromEntries(omitted) } }];
}
