export { application } from './module.js';
export { type Process } from './review/process.rule.js';
export { type Track } from './review/review-state.rule.js';
export { viewerKeys } from './review/viewer.js';
