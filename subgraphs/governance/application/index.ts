export { application } from './module.js';
export { type Demand, readDemands, readOwedEntries } from './review/read-demands.js';
export { type ReviewProcess } from './review/review-process.js';
export { type ReviewState } from './review/review-state.rule.js';
export { viewerKeys } from './review/viewers.js';
