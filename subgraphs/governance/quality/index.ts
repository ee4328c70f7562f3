export { quality } from './module.js';
export { syncQualityItems } from './items/sync-quality-items.js';
export { carryOutQuality } from './run/carry-out-quality.js';
