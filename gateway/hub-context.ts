import type { KeyObject } from 'node:crypto';
import type { Caller } from '../shared/kernel/index.js';
import { signContext, subgraphKey } from '../shared/trust/signed-context.js';
import type { ReleaseLimits } from './permission/verdict.js';

/** How long a context is good for, seconds: longer than any fetch, shorter than anybody could use it again. */
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

  /** @param secret  the hub's secret */
  constructor(private readonly secret: string) {}

  /** One request's context, for whichever subgraphs it comes to ask. */
  forRequest({ caller, scenario, requestId, limits, now }: ContextOf): (subgraph: string, queryHash: string) => string {
    const common = {
      dep: caller.department,
      sys: caller.system,
      per: caller.person,
      rol: caller.roles,
      scn: scenario,
      rid: requestId,
      exp: Math.floor(now / 1000) + LIFE_SECONDS,
      ...limits,
    };
    return (subgraph, queryHash) => signContext({ aud: subgraph, qh: queryHash, ...common }, this.keyOf(subgraph));
  }

  private keyOf(subgraph: string): KeyObject {
    let key = this.keys.get(subgraph);
    if (!key) this.keys.set(subgraph, (key = subgraphKey(this.secret, subgraph)));
    return key;
  }
}
