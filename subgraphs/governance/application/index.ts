export { application } from './module.js';
export { takeApplicationFiles } from './files/take-application-files.js';
export { type Demand, readDemands, readOwedEntries } from './review/read-demands.js';
export { readAuthorities } from './review/resolve-parties.js';
export { viewerKeys } from './review/viewers.js';
export { findPendingDepartments, reviewDeadlines, reviewDueDates } from './review/deadlines.js';
export { findOpenApplications } from './draft/find-open-applications.js';
export { endNamedViewers } from './draft/end-named-viewers.js';
