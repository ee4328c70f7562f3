import { randomBytes, type KeyObject } from 'node:crypto';
import type { Caller } from '../../shared/kernel/index.js';
import { bodyHash, fetchPart, requestPart, signParts } from '../../shared/trust/signed-context.js';
import { HubKeys, type KeyVersions } from '../../shared/trust/subgraph-keys.js';
import type { RequestProtections } from '../request/protections.js';
import type { ReleaseLimits } from '../request/verdict.js';

/** Lifetime of a context, seconds: longer than any request, and short, since a subgraph remembers it until then. */
const LIFE_SECONDS = 60;

export interface ContextOf {
  readonly caller: Caller;
  readonly scenario: string | undefined;
  readonly requestId: string;
  readonly limits: ReleaseLimits;
  /** Keys of subgraphs whose key was rotated. */
  readonly keys?: KeyVersions | undefined;
  /** Whose records are withheld from the caller. */
  readonly protections?: RequestProtections | undefined;
  /** Keys of subgraphs that share another one with the hub. */
  readonly ownKeys?: ReadonlyMap<string, KeyObject> | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
/** The contexts of one fetch, however often it is sent. */
export interface FetchContexts {
  /** Signs a context for one sending. */
  sign(): string;
  /** The subgraph refused the context: the next ones are signed with another key.
   *  @returns false where no other key holds */
  changeKey(): boolean;
}

/** Signs the context of every fetch with a key that the hub shares with that subgraph. While one key takes the place of
 *  another, it begins with the one that the subgraph accepted last. @source share-rules section 4 */
export class ContextSigner {
  private readonly keys: HubKeys;
  /** Numbers of the keys that subgraphs with several were last signed to with. */
  private readonly chosen = new Map<string, number>();
  /** Begins every id of this process, so that no two gateways ever give the same. */
  private readonly prefix = randomBytes(9).toString('base64url');
  private signed = 0;

  /** @param secret     the hub's secret
   *  @param onRefused  called when a subgraph refuses every key that holds */
  constructor(
    secret: string,
    private readonly onRefused: (subgraph: string) => void = () => undefined,
  ) {
    this.keys = new HubKeys(secret);
  }

  /** One request's contexts, for whichever subgraphs it comes to ask. */
  forRequest({
    caller,
    scenario,
    requestId,
    limits,
    keys,
    protections,
    ownKeys,
    now,
  }: ContextOf): (subgraph: string, body: string) => FetchContexts {
    let written: string | undefined;
    const write = () =>
      requestPart({
        department: caller.department,
        system: caller.system,
        person: caller.person,
        roles: caller.roles,
        scenario: scenario,
        requestId: requestId,
        expiresAt: Math.floor(now / 1000) + LIFE_SECONDS,
        ...limits,
      });
    return (subgraph, body) => {
      const ownKey = ownKeys?.get(subgraph);
      const held = ownKey ? [{ number: 0, key: ownKey }] : this.keys.held(subgraph, keys, now);
      const chosen = ownKey ? undefined : this.chosen.get(subgraph);
      let at =
        chosen === undefined
          ? 0
          : Math.max(
              held.findIndex(({ number }) => number === chosen),
              0,
            );
      let tried = 1;
      return {
        sign: () => {
          const id = `${this.prefix}.${(this.signed++).toString(36)}`;
          const list = protections?.of(subgraph)?.digest;
          const own = fetchPart({
            ...{ audience: subgraph, bodyHash: bodyHash(body), id },
            ...(list !== undefined && { protections: list }),
          });
          return signParts((written ??= write()), own, held[at]!.key);
        },
        changeKey: () => {
          if (tried === held.length) {
            if (!ownKey) this.onRefused(subgraph);
            return false;
          }
          tried++;
          at = (at + 1) % held.length;
          this.chosen.set(subgraph, held[at]!.number);
          return true;
        },
      };
    };
  }
}
