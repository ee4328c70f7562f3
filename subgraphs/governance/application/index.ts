export { application } from './module.js';
export { type Demand, readDemands, readOwedEntries } from './review/read-demands.js';
export { viewerKeys } from './review/viewers.js';
export { findPendingDepartments, reviewDeadlines, reviewDueDates } from './review/deadlines.js';
export { findOpenApplications } from './draft/find-open-applications.js';
export { endNamedViewers } from './draft/end-named-viewers.js';
