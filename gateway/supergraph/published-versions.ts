import { HubError } from '../../shared/kernel/index.js';
import type { PublishedSubgraph } from '../../shared/read-model/read-model.js';
import { isBeyondLimits } from './composer/limits.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { problemCodes } from './problem-codes.js';
import { listChanges, takeUp, tryTo, valueOf, type Attempt } from './take-up.js';

/** A published version, or the retirement of a subgraph, that cannot be followed beside the other subgraphs. */
export interface HeldVersion {
  readonly subgraph: string;
  /** The version that is published; absent for a retirement. */
  readonly id?: string;
  /** The version that is served meanwhile; absent where the subgraph is not served at all. */
  readonly served?: string;
  readonly codes: readonly string[];
}

/** The subgraphs that departments publish, beside those on the operator's list. One that cannot be served keeps no other
 *  out: its last good version is served, and it is reported. */
export class PublishedVersions {
  /** Versions that were served together. */
  private good: readonly PublishedSubgraph[] = [];
  private heldBack: readonly HeldVersion[] = [];
  /** Versions that cannot be composed within the limits of time and memory, by id. They are not tried again: each attempt would
   *  cost the whole limit, and keep others waiting. */
  private readonly costly = new Map<string, unknown>();

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
  async choose<T>(
    published: readonly PublishedSubgraph[],
    listed: ReadonlySet<string>,
    prepare: (versions: readonly LoadedSubgraph[]) => Promise<T>,
  ): Promise<T> {
    const base = this.good.filter(({ subgraph }) => !listed.has(subgraph));
    const all = published.filter(({ subgraph }) => !listed.has(subgraph));
    const barred = all.filter(({ id }) => this.costly.has(id));
    const wanted = all.flatMap((version) =>
      barred.includes(version)
        ? (base.find(({ subgraph }) => subgraph === version.subgraph) ?? version.previous ?? [])
        : version,
    );
    const errors = new Map(barred.map(({ subgraph, id }) => [subgraph, this.costly.get(id)]));
    const attempt: Attempt<T> = (versions) => tryTo(async () => prepare(versions.map((each) => this.locate(each))));

    const whole = await attempt(wanted);
    if ('value' in whole || wanted.length + base.length === 0) {
      const prepared = valueOf(whole);
      this.keep(wanted, barred, errors);
      return prepared;
    }
    const start = base.length > 0 ? await attempt(base) : whole;
    const [first, from] = 'value' in start ? [start.value, base] : [valueOf(await attempt([])), []];
    const taken = await takeUp({ prepared: first, versions: from }, listChanges(from, wanted), attempt, whole.error);
    for (const { subgraph, version, error } of taken.left) {
      errors.set(subgraph, error);
      if (version && isBeyondLimits(error)) this.costly.set(version.id, error);
    }
    const isServed = (name: string) => taken.versions.some(({ subgraph }) => subgraph === name);
    const fallback = taken.left.flatMap(({ subgraph, version }) =>
      version?.previous && !isServed(subgraph) ? [{ subgraph, version: version.previous }] : [],
    );
    const final = await takeUp(taken, fallback, attempt);
    this.keep(
      final.versions,
      [...barred, ...taken.left.map(({ subgraph, version }) => version ?? { subgraph })],
      errors,
    );
    return final.prepared;
  }

  private locate(version: PublishedSubgraph): LoadedSubgraph {
    const { subgraph: name, sdl } = version;
    const url = this.addressOf(version);
    if (url === undefined) throw new HubError('CONFIG_INVALID', `The host of ${name} is not listed.`, HOST);
    return { name, url, sdl };
  }

  private keep(
    good: readonly PublishedSubgraph[],
    held: readonly { readonly subgraph: string; readonly id?: string }[],
    errors: ReadonlyMap<string, unknown>,
  ): void {
    this.good = good;
    this.heldBack = held.map(({ subgraph, id }) => {
      const served = good.find((each) => each.subgraph === subgraph)?.id;
      const codes = problemCodes(errors.get(subgraph));
      return { subgraph, codes, ...(id !== undefined && { id }), ...(served !== undefined && { served }) };
    });
  }
}

/** Says what is held back, in words for the operator. */
export const describeHeld = ({ subgraph, id, served, codes }: HeldVersion): string =>
  `${subgraph}: ${id ?? 'its retirement'} cannot be served (${codes.join(', ')}); ${served === undefined ? 'it is not served' : `${served} is`}`;

const HOST = { errors: [{ code: 'HOST_NOT_LISTED' }] };
