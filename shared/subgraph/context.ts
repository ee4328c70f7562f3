import type { EntityManager } from '@mikro-orm/postgresql';
import type { Language } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';
import type { Cursors } from './cursor-codec.js';
import type { ProtectedSubjects } from './protected-subjects.js';
import type { RowReader } from './row-reader.js';

/** The context of a resolver, injected with `@Ctx()`. */
export interface SubgraphContext {
  /** The hub's signed statement about this fetch: caller, scenario, row scopes, masks. */
  readonly fetch: FetchContext;
  /** Language of the caller, in which it is told of refusals. */
  readonly language: Language;
  /** Trace of the request, to be passed on to services that the provider calls. @source W3C Trace Context */
  readonly traceparent?: string | undefined;
  readonly rows: RowReader;
  /** Whose records are withheld from this caller. `rows` and `em` leave them out; SQL of one's own asks `identifiersWithheld`. */
  readonly protectedSubjects: ProtectedSubjects;
  /** Makes and reads cursors of lists, for this caller; resolvers use `sealList`. */
  readonly cursors: Cursors;
  /** For mutations. Reads go through `rows`. */
  readonly em: EntityManager;
  /** Value that the subgraph gave to its resolvers when it started. */
  readonly own?: unknown;
}
