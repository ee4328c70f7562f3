export { findPendingQuality } from './find-pending-quality.js';
export { qualityDeadlines, qualityDueDates } from './ticket/ticket-deadlines.js';
export { quality } from './module.js';
export { syncQualityItems } from './items/sync-quality-items.js';
export { carryOutQuality } from './run/carry-out-quality.js';
