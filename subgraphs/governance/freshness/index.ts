export { freshness } from './module.js';
export { findPendingException } from './find-pending-exception.js';
export { freshnessDeadlines } from './freshness-deadlines.js';
export { findCodesByFreshness } from './freshness.store.js';
export { recomputeFreshness } from './recompute-freshness.js';
