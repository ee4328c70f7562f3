import { stopKeys, type FindStopped } from '../plan/stop-keys.js';
import type { Release } from '../../shared/share/releases/release.js';

/** The key releases that must not be made under one state of governance. */
export interface KeysStopped {
  /** The same text for the same releases; empty when every key may be sent. */
  readonly name: string;
  /** Undefined when every key may be sent. */
  readonly find: FindStopped | undefined;
}

const NONE: KeysStopped = { name: '', find: undefined };

/** Finds which keys must not be sent. @source share-rules section 1, rule 10 */
export class StoppedKeys {
  private readonly releases: readonly Release[];
  private readonly known = new WeakMap<ReadonlySet<Release>, KeysStopped>();

  /** @param releases  everything that the graph releases, by receiving subgraph */
  constructor(releases: ReadonlyMap<string, readonly Release[]> | undefined) {
    this.releases = [...(releases?.values() ?? [])].flat().filter(({ use }) => use === 'KEY');
  }

  /** @param stopped  releases that must not be made; all may be when absent */
  of(stopped: ReadonlySet<Release> | undefined): KeysStopped {
    if (!stopped || stopped.size === 0) return NONE;
    const known = this.known.get(stopped);
    if (known) return known;
    const keys = this.releases.flatMap((release, index) => (stopped.has(release) ? [{ release, index }] : []));
    const find = stopKeys(keys.map(({ release }) => release));
    const found = find ? { name: `|keys:${keys.map(({ index }) => index).join()}`, find } : NONE;
    this.known.set(stopped, found);
    return found;
  }
}
