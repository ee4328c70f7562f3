export { application } from './module.js';
export { type ReviewProcess } from './review/review-process.js';
export { type ReviewState } from './review/review-state.rule.js';
export { viewerKeys } from './review/viewers.js';
