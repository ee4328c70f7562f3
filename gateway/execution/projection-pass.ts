import type { PlacedError } from '../request/answer.js';
import { Failure } from './failure.js';
import { FAILED, REFUSED, WHOLE } from './item-outcomes.js';
import { locateFailure, type AskedAt } from './locate-below.js';
import type { Dispute } from '../../shared/read-model/read-model.js';
import type { DisputedPlace } from '../request/answer.js';
import type { ReleaseLimits } from '../request/verdict.js';
import type { DisputeBook } from './dispute-book.js';

/** Failures written into one answer. Refusals are not counted. */
const ERROR_LIMIT = 200;
/** Refusals that only a provider can decide. */
const PROVIDER_DENIALS: ReadonlySet<string> = new Set(['OUT_OF_SCOPE', 'OPERATION_DENIED']);
/** Subjects named in the record of one answer; all are counted. Who is beyond them is found by no inquiry and by no correction, so it
 *  is more than an operation of usual limits gives in lists: fifty pages of a hundred. */
export const SUBJECT_LIMIT = 10_000;

/** One pass of the projection over fetched data. */
export class ProjectionPass {
  /** Current position. Each writer sets its own entry, so entries beyond it are stale. */
  readonly path: (string | number)[] = [];
  readonly errors: PlacedError[] = [];
  /** The failure behind each error, by index, and its entry in `reported`. */
  private readonly sources: (Source | undefined)[] = [];
  /** Objects written, by the plan's own type numbers. */
  readonly rows: number[] = [];
  readonly subjects = new Set<string>();
  /** First place of each denied site, by site index. */
  readonly denied: ((string | number)[] | undefined)[] = [];
  /** First place of each site whose values lie outside the rows of their item, with their number. */
  readonly outOfScope: ({ readonly path: readonly (string | number)[]; rows: number } | undefined)[] = [];
  /** Bits of each site, by index; see `ItemOutcomes`. */
  readonly found: Uint8Array;
  /** Codes of sites that were refused while they were written. */
  readonly refused = new Map<number, string>();
  /** Values written for each counted site, by site index, and the places where they stand. */
  readonly written = new Map<number, { places: number; values: number }>();
  /** Places whose item is under correction. */
  readonly disputed: DisputedPlace[] = [];
  /** Subjects that the object which is being written is about, `KIND:value`. */
  around: readonly string[] = [];
  /** True when an object that was counted became null because of a field inside it. */
  bubbled = false;
  /** Errors beyond the limit, by code. */
  readonly omitted = new Map<string, number>();
  private readonly reported = new Map<Failure, Set<string>>();
  private readonly lostBeside: LostBeside[] = [];

  constructor(
    /** Answers to introspection, as JSON text by response key. */
    readonly introspection: ReadonlyMap<string, string>,
    /** True when values may have errors beside them. */
    readonly noted: boolean,
    /** Limits under which values are written. */
    readonly limits: ReleaseLimits,
    /** True for the second pass, after a null moved up: it counts again and reports nothing again. */
    private readonly quiet: boolean,
    /** Number of sites of the operation. */
    sites: number,
    /** Items under correction; absent where there are none. */
    readonly disputes?: DisputeBook | undefined,
    /** Subjects that the arguments of a site name, `KIND:value`. */
    readonly namedAt: (site: number) => readonly string[] = () => [],
  ) {
    this.found = new Uint8Array(sites);
  }

  /** Notes what was found of the sites under one response key. */
  note(sites: readonly number[], bit: number): void {
    for (let i = 0; i < sites.length; i++) this.found[sites[i]!]! |= bit;
  }

  /** Notes a value that is missing, by what stands in its place. */
  noteMissing(sites: readonly number[], value: unknown): void {
    if (!(value instanceof Failure) || !PROVIDER_DENIALS.has(value.code)) return this.note(sites, FAILED);
    this.note(sites, REFUSED);
    for (const site of sites) this.refused.set(site, value.code);
  }

  /** Notes that a value is under correction. A null gives nothing, but it may be the correction.
   *  @param length  entries of the path that count
   *  @param gives   `WHOLE` or `MASKED` */
  dispute(disputes: readonly Dispute[] | undefined, text: string, length: number, gives: number): void {
    for (const dispute of disputes ?? NONE_DISPUTED) {
      const path = text === 'null' || text === '[]' ? undefined : this.path.slice(0, length);
      this.disputed.push({ dispute, ...(path && { path }), ...(gives === WHOLE && { text }) });
    }
  }

  /** Remembers the first place of the null of a denied site.
   *  @param length  entries of the path that count */
  deny(sites: readonly number[], length: number): void {
    for (const site of sites) if (this.denied[site] === undefined) this.denied[site] = this.path.slice(0, length);
  }

  /** Counts the values of one place of a counted site. */
  count(site: number, values: number): void {
    const known = this.written.get(site);
    if (!known) this.written.set(site, { places: 1, values });
    else {
      known.places++;
      known.values += values;
    }
  }

  /** Counts a value of a site that its row leaves out.
   *  @param length  entries of the path that count */
  leaveOut(site: number, length: number): void {
    this.found[site]! |= REFUSED;
    this.refused.set(site, 'OUT_OF_SCOPE');
    const known = this.outOfScope[site];
    if (known) known.rows++;
    else this.outOfScope[site] = { path: this.path.slice(0, length), rows: 1 };
  }

  /** Reports the failure that made a value missing, or that stands beside it, at the current position.
   *  @param asked  what was asked for there */
  report(failure: Failure, length: number, asked: AskedAt): void {
    if (this.quiet) return;
    for (let each: Failure | undefined = failure; each; each = each.next)
      this.reportAt(each, this.locate(each, length, asked));
  }

  /** True when a failure is in the answer. */
  hasReported(failure: Failure): boolean {
    return this.reported.has(failure.original);
  }

  /** Takes back what a failure did to other fields of an object that it made null as well: nobody sees these any more, and a
   *  field that is asked for after the one that made it null is not looked at either.
   *  @param from    number of errors before the object
   *  @param length  entries of the path that lead to the field which made it null
   *  @param asked   what was asked for there */
  retract(failure: Failure, from: number, length: number, asked: AskedAt): void {
    const { original } = failure;
    const places = new Set<string>();
    for (let each: Failure | undefined = failure; each; each = each.next)
      places.add(placeOf(each, this.locate(each, length, asked)));
    for (let i = this.errors.length - 1; i >= from; i--) {
      const source = this.sources[i];
      if (source?.original !== original || places.has(source.place)) continue;
      this.reported.get(original)?.delete(source.place);
      this.errors.splice(i, 1);
      this.sources.splice(i, 1);
    }
  }

  add(error: PlacedError, source?: Source): void {
    if (this.quiet) return;
    if (this.errors.length < ERROR_LIMIT) {
      this.sources[this.errors.length] = source;
      this.errors.push(error);
    } else this.omitted.set(error.extensions.code, (this.omitted.get(error.extensions.code) ?? 0) + 1);
  }

  /** Remembers a null that came of a failure at another place: it is told where what that place took along stays.
   *  @param length  entries of the path that lead to the null */
  loseBeside(failure: Failure, length: number): void {
    if (!this.quiet) this.lostBeside.push({ failure, path: this.path.slice(0, length) });
  }

  /** Number of nulls that are remembered; see `stays` and `isLost`. */
  get remembered(): number {
    return this.lostBeside.length;
  }

  /** Tells the nulls inside of an object or list that stays.
   *  @param from   number remembered before it
   *  @param depth  entries of the path that lead to it */
  stays(from: number, depth: number): void {
    if (this.lostBeside.length === from) return;
    const waiting: LostBeside[] = [];
    for (const each of this.lostBeside.splice(from)) {
      if (each.path.length - each.failure.up < depth) waiting.push(each);
      else this.reportAt(each.failure, each.path);
    }
    this.lostBeside.push(...waiting);
  }

  /** Forgets the nulls inside of an object or list that is null itself. */
  isLost(from: number): void {
    this.lostBeside.length = from;
  }

  private locate(failure: Failure, length: number, asked: AskedAt): (string | number)[] {
    return locateFailure(failure, this.path.slice(0, length), asked);
  }

  private reportAt(failure: Failure, path: (string | number)[]): void {
    const place = placeOf(failure, path);
    const { original } = failure;
    let places = this.reported.get(original);
    if (!places) this.reported.set(original, (places = new Set()));
    if (places.has(place)) return;
    places.add(place);
    this.add(toPlacedError(failure, path), { original, place });
  }
}

const NONE_DISPUTED: readonly Dispute[] = [];

interface LostBeside {
  readonly failure: Failure;
  readonly path: (string | number)[];
}
interface Source {
  readonly original: Failure;
  readonly place: string;
}

const placeOf = ({ everywhere }: Failure, path: readonly (string | number)[]): string =>
  JSON.stringify(everywhere ? path : path.filter((key) => typeof key === 'string'));

export const toPlacedError = (failure: Failure, path?: readonly (string | number)[]): PlacedError => ({
  message: failure.message,
  ...(path ? { path } : {}),
  extensions: { code: failure.code, ...failure.details },
});
