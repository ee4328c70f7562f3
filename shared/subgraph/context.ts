import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../trust/signed-context.js';
import type { RowReader } from './row-reader.js';

/** What a resolver gets with `@Ctx()`. */
export interface SubgraphContext {
  /** What the hub signed for this fetch: caller, scenario, row scopes, masks. */
  readonly fetch: FetchContext;
  /** The trace it belongs to, to be handed on to whatever the provider asks itself. @source W3C Trace Context */
  readonly traceparent?: string | undefined;
  readonly rows: RowReader;
  /** For mutations. Reads go through `rows`. */
  readonly em: EntityManager;
  /** What the subgraph gave to its own resolvers when it was started. */
  readonly own?: unknown;
}
