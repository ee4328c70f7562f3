import { createSecretKey, type KeyObject } from 'node:crypto';
import { HubError } from '../kernel/index.js';
import { subgraphKey } from './signed-context.js';

/** A key that a subgraph and the hub share. */
export interface SharedKey {
  readonly key: KeyObject;
  /** Time from which it no longer holds, milliseconds since the epoch; absent for the newest. */
  readonly until?: number;
}
/** Gives the keys that a subgraph shares with the hub, newest first. */
export type SharedKeys = () => readonly SharedKey[];

/** A key by its number: 0 is the one that a subgraph begins with. */
export interface KeyVersion {
  readonly number: number;
  /** Time from which it no longer holds, milliseconds since the epoch; absent for the newest. */
  readonly until?: number;
}
/** Keys, newest first, of the subgraphs whose key was ever rotated. */
export type KeyVersions = ReadonlyMap<string, readonly KeyVersion[]>;

const FIRST: readonly KeyVersion[] = [{ number: 0 }];

/** The keys of every subgraph, which derive from the hub's secret. */
export class HubKeys {
  private readonly known = new Map<string, KeyObject>();

  /** @param secret  the hub's secret */
  constructor(private readonly secret: string) {}

  /** The keys of a subgraph that hold, newest first; there is always one.
   *  @param now  milliseconds since the epoch */
  held(subgraph: string, versions: KeyVersions | undefined, now: number): readonly (SharedKey & KeyVersion)[] {
    const held = (versions?.get(subgraph) ?? FIRST).filter(({ until }) => until === undefined || now < until);
    return held.map((version) => ({ ...version, key: this.keyOf(subgraph, version.number) }));
  }

  private keyOf(subgraph: string, number: number): KeyObject {
    const name = `${subgraph}/${number}`;
    let key = this.known.get(name);
    if (!key) this.known.set(name, (key = subgraphKey(this.secret, subgraph, number)));
    return key;
  }
}

/** Writes keys as `sharehub key` prints them: `<newest>` or, during an overlap, `<newest>,<older>@<its end>`. */
export const writeSubgraphKeys = (keys: readonly SharedKey[]): string =>
  keys
    .map(({ key, until }) => {
      const text = key.export().toString('base64url');
      return until === undefined ? text : `${text}@${new Date(until).toISOString()}`;
    })
    .join(',');

/** Reads the keys of a subgraph as `sharehub key` prints them: each 32 bytes in base64url, an older one with the time at
 *  which it ends by itself.
 *  @throws HubError CONFIG_INVALID for anything else; the text is not repeated */
export function readSubgraphKey(text: string | undefined): SharedKeys {
  const keys = (text?.trim() ?? '').split(',').map(readKey);
  return () => keys;
}

function readKey(text: string, place: number): SharedKey {
  const [key = '', end, rest] = text.trim().split('@');
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== key || rest !== undefined)
    throw malformed(text === '' ? 'missing' : 'not 32 bytes in base64url');
  if (place === 0 && end === undefined) return { key: createSecretKey(bytes) };
  const until = Date.parse(end ?? '');
  if (place === 0 || Number.isNaN(until)) throw malformed('followed by an older one without the time of its end');
  return { key: createSecretKey(bytes), until };
}

const malformed = (why: string) =>
  new HubError(
    'CONFIG_INVALID',
    `The subgraph's key is ${why}. The hub's operator prints it with \`sharehub key --subgraph <name>\`.`,
  );
