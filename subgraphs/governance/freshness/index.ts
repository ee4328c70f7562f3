export { freshness } from './module.js';
export { findPendingException } from './find-pending-exception.js';
export { freshnessDeadlines } from './freshness-deadlines.js';
export { recomputeFreshness } from './recompute-freshness.js';
