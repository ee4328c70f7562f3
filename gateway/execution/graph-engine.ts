import type { KeyObject } from 'node:crypto';
import type { OperationPreparer } from '../http/operation-handler.js';
import type { Decider } from '../permission/decider.js';
import type { Engine } from './engine.js';

/** Everything that runs operations on one graph version: their preparation, decision and execution. */
export interface GraphEngine extends OperationPreparer {
  readonly execution: Engine;
  readonly decider: Decider;
  /** Keys of subgraphs whose contexts are signed with another than the hub's. */
  readonly ownKeys?: ReadonlyMap<string, KeyObject> | undefined;
}
