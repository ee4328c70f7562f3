import type { Engine } from './execution/engine.js';
import type { PreparingEngine } from './http/exchange.js';
import type { Decider } from './permission/decide.js';

/** What runs operations on one graph version: how they are executed and how they are decided. */
export interface HubEngine extends PreparingEngine {
  readonly execution: Engine;
  readonly decider: Decider;
}
