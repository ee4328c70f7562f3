export { evidence } from './module.js';
export { AuditActions } from './act.js';
export { findItems } from './find-items.js';
export { findNewestGraph } from './find-newest-graph.js';
export { findDisputedUses } from './find-disputed-uses.js';
export { findReceivedAnswers, findReceivers, hasReceived } from './find-receivers.js';
