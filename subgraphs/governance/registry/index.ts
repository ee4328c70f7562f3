export { registry } from './module.js';
export { type CheckVersion, checkVersions } from './check-versions.js';
export { readPublishedSchemas } from './read-published-schemas.js';
export { findHostedTable } from './find-hosted-table.js';
