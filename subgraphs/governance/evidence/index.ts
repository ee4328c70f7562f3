export { evidence } from './module.js';
export { AuditActions } from './act.js';
