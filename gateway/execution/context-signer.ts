import { randomBytes, type KeyObject } from 'node:crypto';
import type { Caller } from '../../shared/kernel/index.js';
import { bodyHash, fetchPart, requestPart, signParts, subgraphKey } from '../../shared/trust/signed-context.js';
import type { ReleaseLimits } from '../request/verdict.js';

/** Lifetime of a context, seconds: longer than any request, and short, since a subgraph remembers it until then. */
const LIFE_SECONDS = 60;

export interface ContextOf {
  readonly caller: Caller;
  readonly scenario: string | undefined;
  readonly requestId: string;
  readonly limits: ReleaseLimits;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Signs the context of every fetch with the key that the hub shares with that subgraph. @source share-rules section 4 */
export class ContextSigner {
  private readonly keys = new Map<string, KeyObject>();
  /** Begins every id of this process, so that no two gateways ever give the same. */
  private readonly prefix = randomBytes(9).toString('base64url');
  private signed = 0;

  /** @param secret  the hub's secret */
  constructor(private readonly secret: string) {}

  /** One request's contexts, for whichever subgraphs it comes to ask: one for each time that a fetch is sent. */
  forRequest({ caller, scenario, requestId, limits, now }: ContextOf): (subgraph: string, body: string) => string {
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
      const id = `${this.prefix}.${(this.signed++).toString(36)}`;
      const own = fetchPart({ audience: subgraph, bodyHash: bodyHash(body), id });
      return signParts((written ??= write()), own, this.keyOf(subgraph));
    };
  }

  private keyOf(subgraph: string): KeyObject {
    let key = this.keys.get(subgraph);
    if (!key) this.keys.set(subgraph, (key = subgraphKey(this.secret, subgraph)));
    return key;
  }
}
