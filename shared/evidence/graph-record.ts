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
}

/** Items that one provider shares alike. */
export interface GraphItems {
  /** Department code of the provider. */
  readonly provider: string;
  /** Code of the catalogue resource, where the items belong to one. */
  readonly resource?: string;
  readonly shareType: ShareType;
  readonly coordinates: readonly string[];
}
