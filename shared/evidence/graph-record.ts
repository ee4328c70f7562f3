import type { ShareType } from '../kernel/index.js';

/** Evidence of a graph that came into force: which items there are, whose they are, and how they are shared. Access
 *  records name a graph by its version, so that each use can be told to the provider whose item it was (YN-33c), and an
 *  item that nobody uses can be named. Written by each gateway before the graph's first operation. */
export interface GraphRecord {
  readonly kind: 'graph';
  /** ISO 8601 instant. */
  readonly time: string;
  readonly version: string;
  readonly items: readonly GraphItems[];
  /** Present for a variant: a graph that one department alone asks while it tries its subgraph on a machine of its own. Its
   *  version begins with `VARIANT_PREFIX`. */
  readonly variant?: { readonly subgraph: string; readonly department: string; readonly person: string };
}

/** Beginning of the version of a variant, which never is the graph in force. */
export const VARIANT_PREFIX = 'dev-';

/** Items that one provider shares alike. */
export interface GraphItems {
  /** Department code of the provider. */
  readonly provider: string;
  /** Code of the catalogue resource, where the items belong to one. */
  readonly resource?: string;
  readonly shareType: ShareType;
  readonly coordinates: readonly string[];
}
