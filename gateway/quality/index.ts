/** The door of what has subgraphs judge their records for the worker. */
export { openQuality } from './open-quality.js';
