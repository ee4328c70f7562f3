import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../shared/kernel/index.js';
import { fetchPart, requestPart, signParts, subgraphKey } from '../../shared/trust/signed-context.js';
import type { ReleaseLimits } from '../request/verdict.js';

/** Lifetime of a context, seconds: longer than any fetch, and short, since a context is accepted again until it ends. */
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
  private readonly subgraphs = new Map<string, KnownSubgraph>();

  /** @param secret  the hub's secret */
  constructor(private readonly secret: string) {}

  /** One request's context, for whichever subgraphs it comes to ask. */
  forRequest({ caller, scenario, requestId, limits, now }: ContextOf): (subgraph: string, queryHash: string) => string {
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
    return (subgraph, queryHash) => {
      const { key, parts } = this.known(subgraph);
      let own = parts.get(queryHash);
      if (own === undefined) parts.set(queryHash, (own = fetchPart(subgraph, queryHash)));
      return signParts((written ??= write()), own, key);
    };
  }

  private known(subgraph: string): KnownSubgraph {
    let known = this.subgraphs.get(subgraph);
    if (!known) {
      known = { key: subgraphKey(this.secret, subgraph), parts: new LRUCache({ max: QUERIES }) };
      this.subgraphs.set(subgraph, known);
    }
    return known;
  }
}

/** A subgraph's key, and its fetches' parts of their contexts by the hash of their query. */
interface KnownSubgraph {
  readonly key: KeyObject;
  readonly parts: LRUCache<string, string>;
}

/** Queries of one subgraph whose part is kept; about as many as plans are. */
const QUERIES = 1_000;
