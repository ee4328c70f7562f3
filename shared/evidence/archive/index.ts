export { archiveFolder, listArchives } from './archive-folder.js';
export { archiveMonths } from './archive-months.js';
export { checkArchive } from './check-archive.js';
export { expireMonths } from './expire-months.js';
export type { OperatorOptions } from './operator.js';
export { restoreMonth } from './restore-month.js';
export { retentionOf, type Retention } from './retention.js';
