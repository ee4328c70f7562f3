import { HubError } from '../../shared/kernel/index.js';
import type { PublishedSubgraph } from '../../shared/read-model/read-model.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { problemCodes } from './problem-codes.js';

/** A published version, or the retirement of a subgraph, that cannot be followed beside the other subgraphs. */
export interface HeldVersion {
  readonly subgraph: string;
  /** The version that is published; absent for a retirement. */
  readonly id?: string;
  /** The version that is served meanwhile; absent where the subgraph is not served at all. */
  readonly served?: string;
  readonly codes: readonly string[];
}
interface Change {
  readonly subgraph: string;
  readonly version?: PublishedSubgraph;
}

/** The subgraphs that departments publish, beside those on the operator's list. One that cannot be served keeps no other
 *  out: its last good version is served, and it is reported. */
export class PublishedVersions {
  /** Versions that were served together. */
  private good: readonly PublishedSubgraph[] = [];
  private heldBack: readonly HeldVersion[] = [];

  /** @param readAll  reads the versions in force, in the order of their publication
   *  @param addressOf  address at which a version runs; undefined where the operator lets none run */
  constructor(
    private readonly readAll: () => Promise<readonly PublishedSubgraph[]>,
    private readonly addressOf: (version: PublishedSubgraph) => string | undefined,
  ) {}

  read(): Promise<readonly PublishedSubgraph[]> {
    return this.readAll();
  }

  held(): readonly HeldVersion[] {
    return this.heldBack;
  }

  /** Prepares a graph of as many published versions as go together with the list.
   *  @param listed   names on the operator's list; it comes first
   *  @param prepare  prepares the graph of the list and these versions
   *  @throws as `prepare` does for the list alone */
  choose<T>(
    published: readonly PublishedSubgraph[],
    listed: ReadonlySet<string>,
    prepare: (versions: readonly LoadedSubgraph[]) => T,
  ): T {
    const wanted = published.filter(({ subgraph }) => !listed.has(subgraph));
    const base = this.good.filter(({ subgraph }) => !listed.has(subgraph));
    const attempt = (versions: readonly PublishedSubgraph[]): T => {
      return prepare(
        versions.map((version) => {
          const { subgraph: name, sdl } = version;
          const url = this.addressOf(version);
          if (url === undefined) throw new HubError('CONFIG_INVALID', `The host of ${name} is not listed.`, HOST);
          return { name, url, sdl };
        }),
      );
    };
    const whole = tryTo(() => attempt(wanted));
    if ('value' in whole || wanted.length + base.length === 0) {
      this.keep(wanted, []);
      return valueOf(whole);
    }
    const start = base.length > 0 ? tryTo(() => attempt(base)) : whole;
    return 'value' in start
      ? this.follow(start.value, base, wanted, attempt)
      : this.follow(valueOf(tryTo(() => attempt([]))), [], wanted, attempt);
  }

  /** Takes up one change after another as far as it goes; one may need another one that comes later. */
  private follow<T>(
    first: T,
    base: readonly PublishedSubgraph[],
    wanted: readonly PublishedSubgraph[],
    attempt: (versions: readonly PublishedSubgraph[]) => T,
  ): T {
    let [prepared, taken] = [first, base];
    const errors = new Map<string, unknown>();
    const takeUp = (changes: readonly Change[]): Change[] => {
      let left = [...changes];
      for (let before = -1; before !== left.length;) {
        before = left.length;
        left = left.filter(({ subgraph, version }) => {
          const next = [...taken.filter((each) => each.subgraph !== subgraph), ...(version ? [version] : [])];
          const tried = tryTo(() => attempt(next));
          if (!('value' in tried)) {
            if (!errors.has(subgraph)) errors.set(subgraph, tried.error);
            return true;
          }
          [prepared, taken] = [tried.value, next];
          return false;
        });
      }
      return left;
    };
    const left = takeUp([
      ...wanted
        .filter(({ id }) => !base.some((each) => each.id === id))
        .map((version) => ({ subgraph: version.subgraph, version })),
      ...base
        .filter((each) => !wanted.some(({ subgraph }) => subgraph === each.subgraph))
        .map(({ subgraph }) => ({ subgraph })),
    ]);
    const isServed = (name: string) => taken.some(({ subgraph }) => subgraph === name);
    takeUp(
      left.flatMap(({ subgraph, version }) =>
        version?.previous && !isServed(subgraph) ? [{ subgraph, version: version.previous }] : [],
      ),
    );
    this.keep(
      taken,
      left.map(({ subgraph, version }) => {
        const served = taken.find((each) => each.subgraph === subgraph)?.id;
        const codes = problemCodes(errors.get(subgraph));
        return { subgraph, codes, ...(version && { id: version.id }), ...(served !== undefined && { served }) };
      }),
    );
    return prepared;
  }

  private keep(good: readonly PublishedSubgraph[], held: readonly HeldVersion[]): void {
    this.good = good;
    this.heldBack = held;
  }
}

/** Says what is held back, in words for the operator. */
export const describeHeld = ({ subgraph, id, served, codes }: HeldVersion): string =>
  `${subgraph}: ${id ?? 'its retirement'} cannot be served (${codes.join(', ')}); ${served === undefined ? 'it is not served' : `${served} is`}`;

const HOST = { errors: [{ code: 'HOST_NOT_LISTED' }] };

type Tried<T> = { readonly value: T } | { readonly error: unknown };

function tryTo<T>(work: () => T): Tried<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

function valueOf<T>(tried: Tried<T>): T {
  if ('value' in tried) return tried.value;
  throw tried.error;
}
