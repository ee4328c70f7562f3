/** The door of what compares two departments' items for the worker. */
export { openComparison } from './open-comparison.js';
