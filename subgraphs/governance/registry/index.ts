export { registry } from './module.js';
export { type CheckVersion, checkVersions } from './check-versions.js';
export { readPublishedSchemas } from './read-published-schemas.js';
export { keyDeadlines } from './key-deadlines.js';
export { removeRetiredTables } from './remove-retired-tables.js';
export { promiseDeadlines } from './promise-deadlines.js';
export { findHostedTable } from './find-hosted-table.js';
