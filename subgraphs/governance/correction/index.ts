export { correction } from './module.js';
export { correctionDeadlines, correctionDueDates, findPendingCorrection } from './deadlines.js';
export { takeFiles } from './files/take-files.js';
export { followCorrections } from './follow/follow-corrections.js';
export { findPendingCheck } from './multi-source/find-pending-check.js';
export { syncComparableItems } from './multi-source/items/sync-comparable-items.js';
export { carryOutChecks } from './multi-source/run/carry-out-checks.js';
