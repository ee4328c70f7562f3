import DataLoader from 'dataloader';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import { PROTECTIONS_HEADER } from '../../shared/trust/signed-context.js';
import type { RowCheck } from '../operation/limit-fields.js';
import { say } from '../request/messages/index.js';
import type { ReleaseLimits } from '../request/verdict.js';
import type { ComparedType } from '../supergraph/hub-comparisons.js';
import { Failure } from './failure.js';
import { isObject, type Json } from './fetch-shape.js';
import { checkAnswer, toUnreadable, wantsProtections } from './fetch-step.js';
import type { InsideFetches } from './inside-fetches.js';
import { isInRows } from './row-limits.js';
import { toBadAnswer, toInterrupted, toTimeout } from './subgraph-answer.js';
import type { FetchClient, FetchRequest } from './subgraph-client.js';

/** Records that are asked for in one fetch. */
const AT_ONCE = 500;
/** Fetches of one operation to one subgraph at a time. */
const FETCHES = 4;

/** A failure on its way through an executor that knows errors alone. */
export class InsideFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** A record that was read to be compared, and is forgotten with the comparison. */
export interface ComparedRecord {
  /** @throws InsideFailure where it could not be read */
  value(field: string): unknown;
}

type Reference = Readonly<Record<string, unknown>>;
type Loader = DataLoader<Reference, ComparedRecord | undefined, string>;

/** Reads records of one subgraph for the comparisons of one operation: many by one fetch, of each the items alone that are claimed
 *  of it. */
export class ComparedRecords {
  readonly limits: ReleaseLimits;
  private readonly loaders = new Map<string, Loader>();
  private running: Promise<unknown>[] = [];

  constructor(
    private readonly subgraph: string,
    private readonly client: FetchClient,
    private readonly inside: InsideFetches,
    private readonly request: Pick<FetchRequest, 'active' | 'headers'>,
  ) {
    this.limits = inside.limits;
  }

  /** @returns undefined where there is no record, or none that the caller may be told of
   *  @throws InsideFailure where it could not be read: that is no outcome */
  read(type: ComparedType, reference: Reference, fields: readonly string[]): Promise<ComparedRecord | undefined> {
    const wanted = [...new Set(fields)].sort();
    const key = [type.type, ...wanted].join(' ');
    let loader = this.loaders.get(key);
    if (!loader) {
      const reading = new Reading(this.subgraph, type, wanted, this.inside);
      loader = new DataLoader<Reference, ComparedRecord | undefined, string>(
        (references) => this.inTurn(() => this.load(reading, references)),
        {
          maxBatchSize: AT_ONCE,
          cacheKeyFn: (each) => JSON.stringify(each),
        },
      );
      this.loaders.set(key, loader);
    }
    return loader.load(reference);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.running.length >= FETCHES) await Promise.race(this.running);
    const run = work();
    const ended = run
      .catch(() => undefined)
      .then(() => void (this.running = this.running.filter((each) => each !== ended)));
    this.running.push(ended);
    return run;
  }

  private async load(
    reading: Reading,
    references: readonly Reference[],
  ): Promise<(ComparedRecord | undefined | InsideFailure)[]> {
    const answered = await this.send(reading, references);
    if (answered instanceof Failure) return references.map(() => new InsideFailure(answered));
    return reading.readAnswer(answered, references);
  }

  private async send(reading: Reading, references: readonly Reference[]): Promise<Answered | Failure> {
    const { subgraph, client, inside } = this;
    const list = inside.protections?.of(subgraph);
    if (list?.unreadable !== undefined) return toUnreadable(subgraph, list.unreadable);
    if (!(await inside.mayFetch())) return toInterrupted(subgraph);
    const started = performance.now();
    const left = () => Math.min(client.limits.fetchTimeout - (performance.now() - started), inside.left());
    if (left() <= 0) return toTimeout(subgraph);
    const span = inside.span(subgraph, client.peer);
    let status: number | undefined;
    let isApplied = false;
    const sendText = (extensions?: object): Promise<unknown> => {
      const body = JSON.stringify({ ...reading.toBody(references), ...(extensions && { extensions }) });
      return client.fetch({
        ...{ body, ...this.request, context: inside.context(subgraph, body), timeout: left(), repeatable: true },
        onResponse: (answered, headers) => {
          status = answered;
          isApplied = list !== undefined && headers[PROTECTIONS_HEADER] === list.digest;
        },
      });
    };
    let result = await sendText();
    if (list && wantsProtections(result)) result = await sendText({ protections: list.text });
    const answer = result instanceof Failure ? result : checkAnswer(result, subgraph);
    const milliseconds = performance.now() - started;
    const failure = answer instanceof Failure ? answer.code : answer.errors ? 'SUBGRAPH_ERROR' : undefined;
    span?.end(failure, status);
    const { sent, compared } = reading;
    inside.note({ subgraph, peer: client.peer, milliseconds, sent, compared, ...(failure && { failure }) });
    return answer instanceof Failure ? answer : { answer, isApplied };
  }
}

interface Answered {
  readonly answer: Json;
  /** The subgraph says that it has left protected records out. */
  readonly isApplied: boolean;
}

/** One way of reading records: the items that are asked for, and what an answer says. */
class Reading {
  /** Items that are sent to the subgraph, and read of it. */
  readonly sent: readonly Coordinate[];
  readonly compared: readonly Coordinate[];
  private readonly checks: readonly RowCheck[];
  private readonly query: string;

  constructor(
    private readonly subgraph: string,
    private readonly type: ComparedType,
    private readonly fields: readonly string[],
    private readonly inside: InsideFetches,
  ) {
    const { rows, divisions } = inside.limits;
    const name = type.type;
    this.checks =
      rows && Object.hasOwn(rows, name)
        ? [{ limit: 'rows', key: name, paths: (divisions?.[name] ?? []).map((path) => path.split('.')) }]
        : [];
    const paths = [
      ...fields.map((field) => [field]),
      ...(type.subject === undefined ? [] : [[type.subject]]),
      ...this.checks.flatMap((check) => check.paths),
    ];
    const selected = new Set(paths.map((path) => path.reduceRight((below, step) => `${step} { ${below} }`)));
    this.query = `query ($keys: [_Any!]!) { records: _entities(representations: $keys) { __typename ... on ${name} { ${[...selected].join(' ')} } } }`;
    this.sent = [...new Set(type.key.parts.map(({ path }) => coordinate(name, path[0]!)))];
    this.compared = [...new Set(paths.map((path) => coordinate(name, path[0]!)))];
  }

  toBody(references: readonly Reference[]): { readonly query: string; readonly variables: object } {
    return {
      query: this.query,
      variables: { keys: references.map((reference) => ({ __typename: this.type.type, ...reference })) },
    };
  }

  /** @returns for each reference its record, undefined where there is none, or why nobody can say */
  readAnswer(
    { answer: { data, errors }, isApplied }: Answered,
    references: readonly Reference[],
  ): (ComparedRecord | undefined | InsideFailure)[] {
    const records: unknown = (data as Json | null | undefined)?.records;
    const failed = this.placeErrors(errors);
    if (failed === 'ALL') return references.map(() => this.toFailure());
    if (!Array.isArray(records) || records.length !== references.length) {
      const why =
        failed.size > 0 ? this.toFailure() : new InsideFailure(toBadAnswer(this.subgraph, 'wrong number of records'));
      return references.map(() => why);
    }
    return references.map((reference, n) => this.readRecord(records[n], reference, failed.get(n), isApplied));
  }

  private readRecord(
    record: unknown,
    reference: Reference,
    failed: ReadonlySet<string> | undefined,
    isApplied: boolean,
  ): ComparedRecord | undefined | InsideFailure {
    if (record === null || record === undefined) return failed ? this.toFailure() : undefined;
    if (!isObject(record) || record.__typename !== this.type.type)
      return new InsideFailure(toBadAnswer(this.subgraph, 'a record is of another type'));
    if (failed?.has('')) return this.toFailure();
    // What would tell whose record it is, or where, could not be read.
    const { subject } = this.type;
    if (this.checks.some(({ paths }) => paths.some(([field]) => failed?.has(field!)))) return this.toFailure();
    if (subject !== undefined && failed?.has(subject)) return this.toFailure();
    if (this.isWithheld(record, reference, isApplied) || !isInRows(record, this.checks, this.inside.limits))
      return undefined;
    return {
      value: (field) => {
        if (failed?.has(field)) throw this.toFailure();
        return this.fields.includes(field) ? toPlain(record[field]) : undefined;
      },
    };
  }

  private isWithheld(record: Json, reference: Reference, isApplied: boolean): boolean {
    const { type, subject } = this.type;
    const list = this.inside.protections?.of(this.subgraph);
    if (!list || subject === undefined) return false;
    const identifiers = [record[subject], reference[subject]]
      .map(toPlain)
      .flatMap((each) => (typeof each === 'string' ? each : typeof each === 'number' ? String(each) : []));
    if (identifiers.length === 0) return !isApplied;
    return identifiers.some((each) => list.withholds(type, each));
  }

  /** Fields of each record that failed; '' for the record itself. What the subgraph keeps from the caller is absent instead. */
  private placeErrors(errors: unknown): ReadonlyMap<number, ReadonlySet<string>> | 'ALL' {
    const failed = new Map<number, Set<string>>();
    if (!Array.isArray(errors)) return failed;
    for (const error of errors as (Json | null)[]) {
      const path: unknown = error?.path;
      if ((error?.extensions as Json | null | undefined)?.code === 'OUT_OF_SCOPE') continue;
      if (!Array.isArray(path) || path[0] !== 'records' || typeof path[1] !== 'number') return 'ALL';
      const [, n, field] = path as [string, number, unknown];
      failed.set(n, (failed.get(n) ?? new Set()).add(typeof field === 'string' ? field : ''));
    }
    return failed;
  }

  private toFailure(): InsideFailure {
    const { subgraph } = this;
    return new InsideFailure(new Failure('SUBGRAPH_ERROR', say('subgraph.error', { subgraph }), { subgraph }));
  }
}

/** A value as it is compared: a number with more digits than JavaScript keeps is a text. */
export const toPlain = (value: unknown): unknown => (value instanceof ExactNumber ? value.text : value);
